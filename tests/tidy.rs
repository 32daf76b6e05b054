//! The rules of the house that no compiler checks.

use crate::schemas::{read, root};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The modules of the generator; each may use only those above it.
const ORDER: [&str; 9] = [
    "source",
    "syntax",
    "diagnostics",
    "names",
    "api",
    "openapi",
    "rust",
    "output",
    "lib",
];

/// Words that only these modules may contain, and why.
const RESERVED: [(&str, &[&str], &str); 6] = [
    (
        "quote!",
        &["rust/docs.rs", "rust/emit/"],
        "code is made where it is emitted",
    ),
    ("Ident::new", &["names.rs"], "identifiers are made in one place"),
    ("format_ident!", &[], "identifiers are made in one place"),
    ("serde_yaml::", &["syntax/"], "YAML is read in one place"),
    ("prettyplease::", &["rust/print.rs"], "Rust is printed in one place"),
    (
        "fs::",
        &["source.rs", "output.rs"],
        "every step between reading and writing is a pure function",
    ),
];

/// The Rust files below a folder of the project, by their paths from it.
fn sources(folder: &str) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(&root().join(folder), "", &mut files);
    assert!(!files.is_empty(), "{folder} has sources");
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.insert(name, read(&path));
        }
    }
}

/// The top-level module that a file of the generator belongs to.
fn module(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or_default()
}

/// The code of a file without its comments and unit tests.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    numbered
        .take_while(|(_, line)| *line != "#[cfg(test)]")
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[test]
fn modules_of_the_generator_depend_one_way() {
    let rank = |name: &str| ORDER.iter().position(|module| *module == name);
    let mut broken = Vec::new();
    for (file, text) in sources("generator/src") {
        let own = module(&file).to_owned();
        if own == "main" {
            continue;
        }
        let own_rank = rank(&own).unwrap_or_else(|| panic!("{file}: give the module a place in the order"));
        for (line, code) in code(&text) {
            // A module of the top is named by its path from `crate`, one a line, so that what follows sees it.
            let hides = code.contains("crate::{") || code.contains("super::super::");
            if hides || (!file.contains('/') && code.contains("super::")) {
                broken.push(format!("{file}:{line}: name what is used as `crate::module::…`"));
            }
            for path in code.split("crate::").skip(1) {
                let used = path
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next()
                    .unwrap_or_default();
                let above = rank(used).is_none_or(|used| used < own_rank);
                let of_crate = !["runtime", "generated", "fake"].contains(&used);
                let emits =
                    !file.starts_with("rust/emit/") || path.starts_with("rust::ir") || path.starts_with("rust::docs");
                // Places in YAML are found from within diagnostics.
                let located = own == "syntax" && used == "diagnostics";
                if of_crate && !(emits && (used == own || above || located)) {
                    broken.push(format!("{file}:{line}: `{own}` may not use `{used}`"));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn each_kind_of_work_has_its_room() {
    let mut broken = Vec::new();
    for (file, text) in sources("generator/src") {
        for (line, code) in code(&text) {
            for (word, rooms, reason) in RESERVED {
                if code.contains(word) && !rooms.iter().any(|room| file.starts_with(room)) {
                    broken.push(format!("{file}:{line}: `{word}` does not belong here: {reason}"));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn nothing_but_the_schema_knows_the_api() {
    let schema = generator::source::load(&root().join("schema")).unwrap();
    let names = schema
        .iter()
        .filter_map(|file| file.name.strip_prefix("resources/")?.strip_suffix(".yaml"));
    // A name of one word may be a word of any code, and `api_keys` is the example that comments give.
    let names: Vec<_> = names.filter(|name| name.contains('_') && *name != "api_keys").collect();
    for folder in [
        "generator/src",
        "generated-client/src/runtime",
        "generated-client/src/fake",
        "generated-client/src/bin",
    ] {
        for (file, text) in sources(folder) {
            let resource = names.iter().find(|name| text.contains(**name));
            assert!(resource.is_none(), "{folder}/{file} names the resource {resource:?}");
            let found = text.to_lowercase().find("ngrok");
            assert!(
                found.is_none(),
                "{folder}/{file} names the API: what is special to it belongs into the schema"
            );
        }
    }
}

#[test]
fn the_runtime_does_not_name_its_crate() {
    for (file, text) in sources("generated-client/src/runtime") {
        assert!(
            !text.contains("generated_client"),
            "runtime/{file} names the crate, which a consumer may rename"
        );
    }
}

#[test]
fn functions_are_short() {
    let mut long = Vec::new();
    for folder in [
        "generator/src",
        "generator/tests",
        "generated-client/src/runtime",
        "generated-client/src/fake",
        "generated-client/src/bin",
        "generated-client/examples",
        "tests",
    ] {
        for (file, text) in sources(folder) {
            long.extend(
                long_functions(&text).map(|(name, lines)| format!("{folder}/{file}: `{name}` has {lines} lines")),
            );
        }
    }
    assert!(
        long.is_empty(),
        "a function is one job, and fits on a screen:\n{}",
        long.join("\n")
    );
}

/// The functions of more than 60 lines.
fn long_functions(text: &str) -> impl Iterator<Item = (String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let starts = lines.clone().into_iter().enumerate().filter(|(_, line)| {
        let line = line.trim_start();
        let line = ["pub ", "pub(crate) ", "pub(super) "]
            .iter()
            .find_map(|visibility| line.strip_prefix(visibility))
            .unwrap_or(line);
        line.starts_with("fn ") || line.starts_with("async fn ") || line.starts_with("const fn ")
    });
    let ends = starts.filter_map(move |(start, line)| {
        let indent = line.len() - line.trim_start().len();
        let end = format!("{}}}", " ".repeat(indent));
        let length = lines[start..].iter().position(|line| *line == end)?;
        Some((line.trim().to_owned(), length + 1))
    });
    ends.filter(|(_, length)| *length > 60)
}

#[test]
fn long_functions_are_found() {
    let body = "    line();\n".repeat(60);
    for long in ["pub fn long() {", "pub(super) async fn long() {", "const fn long() {"] {
        let text = format!("fn short() {{\n}}\n\n{long}\n{body}}}\n");
        assert_eq!(long_functions(&text).collect::<Vec<_>>(), [(long.to_owned(), 62)]);
    }
}
