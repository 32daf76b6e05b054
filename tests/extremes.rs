//! Tests that a schema with many fields, values and parameters gives a crate that links and runs.
//!
//! Checking a crate does not evaluate all of its constants. Only building a program does.

use std::fmt::Write;

use generator::source::Source;

use crate::crates::Workspace;
use crate::schemas::{read, root};

/// The number of required fields, and of optional fields.
const FIELDS: usize = 130;
const VALUES: usize = 300;
const VARIANTS: usize = 70;
const PARAMETERS: usize = 40;
const DEPTH: usize = 7;

/// Joins `count` texts, in which `#` is replaced with the number.
fn repeat(count: usize, separator: &str, text: &str) -> String {
    let texts: Vec<_> = (0..count)
        .map(|number| text.replace('#', &number.to_string()))
        .collect();
    texts.join(separator)
}

fn resource() -> String {
    let path = repeat(PARAMETERS, "/", "{p#}");
    let query = repeat(PARAMETERS, ", ", "q#: { type: string, doc: \"Query parameter #.\" }");
    let long = format!("long_{}", "name_".repeat(40));
    let mut text = format!(
        "resource: things\ndoc: \"Things.\"\noperations:\n  \
         create: {{ http: \"POST /things\", returns: Thing, doc: \"Creates a thing.\" }}\n  \
         get: {{ http: \"GET /things/{{id}}\", returns: Thing, doc: \"Returns a thing.\" }}\n  \
         run: {{ http: \"GET /run/{path}\", query: {{ {query} }}, returns: Thing, doc: \"Runs.\" }}\n\
         types:\n  Thing:\n    doc: \"A thing.\"\n    fields:\n"
    );
    let fields = [
        "id: { type: string, doc: \"ID of the thing.\" }".to_owned(),
        repeat(
            FIELDS,
            "\n      ",
            "r#: { type: string, create: required, doc: \"Required field #.\" }",
        ),
        repeat(
            FIELDS,
            "\n      ",
            "o#: { type: optional<int64>, create: optional, doc: \"Optional field #.\" }",
        ),
        format!("{long}x: {{ type: string, doc: \"A long name.\" }}"),
        format!(
            "deep: {{ type: {}Kind{}, doc: \"Nested lists.\" }}",
            "list<".repeat(DEPTH),
            ">".repeat(DEPTH)
        ),
        "choice: { type: Choice, create: optional, doc: \"A choice.\" }".to_owned(),
    ];
    for field in fields {
        writeln!(text, "      {field}").unwrap();
    }
    let values = repeat(VALUES, ", ", "value-#: \"Value #.\"");
    let variants = repeat(VARIANTS, ", ", "v#: string");
    writeln!(text, "  Kind: {{ doc: \"A kind.\", values: {{ {values} }} }}").unwrap();
    writeln!(text, "  Choice: {{ doc: \"A choice.\", one_of: {{ {variants} }} }}").unwrap();
    text
}

#[test]
fn crate_with_many_definitions_links_and_runs() {
    let source = |name: &str, text: String| Source {
        path: format!("schema/{name}"),
        name: name.to_owned(),
        text,
    };
    let schema = [
        source("api.yaml", read(&root().join("tests/fixtures/api.yaml"))),
        source("resources/things.yaml", resource()),
    ];
    let mut workspace = Workspace::new("extremes");
    workspace.add("extremes", &schema);
    let arguments = repeat(FIELDS, ", ", "\"r#\"");
    let parameters = repeat(PARAMETERS, ", ", "\"p#\"");
    let program = read(&root().join("tests/fixtures/programs/extremes.rs"))
        .replace("/* REQUIRED */", &arguments)
        .replace("/* PARAMETERS */", &parameters);
    workspace.add_file("extremes", "examples/program.rs", &program);
    let output = workspace.cargo(&["run", "--example", "program", "--features", "fake"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8_lossy(&output.stdout);
    let path = repeat(PARAMETERS, "/", "p#");
    let expected = format!("{FIELDS} Value299 V69 /run/{path} [(\"q39\", \"q\")]");
    assert_eq!(printed.trim(), expected);
}
