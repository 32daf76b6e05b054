//! Tests that any value of any type survives decoding and encoding.
//!
//! The OpenAPI document of an API describes the values. A program with the generated code decodes and encodes them.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use generator::source::{self, Source};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::Value;

use crate::crates::Workspace;
use crate::schemas::root;
use crate::support::values::{self, Schemas};

/// The packages with the code of each API, and the folders of their schemas.
const APIS: [(&str, &str); 3] = [
    ("properties_of_the_client", "schema"),
    ("properties_of_a_cloud", "tests/fixtures/cloud_api"),
    ("properties_of_a_store", "tests/fixtures/storage_api"),
];

/// The number of values of each type.
const VALUES: u32 = 64;

#[test]
fn any_value_of_any_type_survives_decoding_and_encoding() {
    let mut workspace = Workspace::new("properties");
    let apis = APIS.map(|(package, folder)| {
        let schema = source::load(&root().join(folder)).unwrap();
        workspace.add(package, &schema);
        let document: Value = serde_json::from_str(&generator::openapi(&schema).unwrap()).unwrap();
        let names = models(&schema, &document);
        workspace.add_file(package, "examples/echo.rs", &program(&schema, &names));
        (package, document, names)
    });
    let built = workspace.cargo(&["build", "--examples"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    for (package, document, names) in apis {
        let echo = RefCell::new(Echo::start(workspace.command(&[
            "run",
            "--package",
            package,
            "--example",
            "echo",
        ])));
        let schemas = Schemas::new(&document);
        for name in &names {
            let result = runner().run(&schemas.values(name), |value| {
                check(&mut echo.borrow_mut(), name, &value)
            });
            result.unwrap_or_else(|error| panic!("{package}: {name}: {error}"));
        }
        let unions = names
            .iter()
            .filter_map(|name| Some((name, schemas.values_of_no_member(name)?)));
        let mut count = 0;
        for (name, values) in unions {
            let result = runner().run(&values, |value| check_any(&mut echo.borrow_mut(), name, &value));
            result.unwrap_or_else(|error| panic!("{package}: {name}: {error}"));
            count += 1;
        }
        assert!(
            count > 0 || package == "properties_of_the_client",
            "{package} has no unions"
        );
    }
}

/// Returns a runner whose values are the same in each run.
fn runner() -> TestRunner {
    let config = Config {
        cases: VALUES,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

fn check(echo: &mut Echo, name: &str, value: &Value) -> Result<(), TestCaseError> {
    let written = echo.call(name, value).map_err(TestCaseError::fail)?;
    if values::without_empty(&written) == values::without_empty(value) {
        Ok(())
    } else {
        Err(TestCaseError::fail(format!("{value} became {written}")))
    }
}

/// Checks that a union keeps any JSON value, unless it is a member with an error inside.
fn check_any(echo: &mut Echo, name: &str, value: &Value) -> Result<(), TestCaseError> {
    match echo.call(name, value) {
        Err(error) if !error.starts_with("rejected at `") => Err(TestCaseError::fail(error)),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Returns the names of the structs and enums that the document describes.
fn models(schema: &[Source], document: &Value) -> Vec<String> {
    let output = generator::generate(schema).unwrap();
    let is_defined = |name: &str| {
        let definitions = ["struct", "enum"].map(|kind| format!("pub {kind} {name} {{"));
        let mut files = output.files.iter();
        files.any(|file| definitions.iter().any(|definition| file.text.contains(definition)))
    };
    let described = document["components"]["schemas"].as_object().unwrap().keys();
    let names: Vec<_> = described.filter(|name| is_defined(name)).cloned().collect();
    assert!(names.len() > 3, "found only {names:?}");
    names
}

/// Returns a program that reads lines with a type and a value, and writes the value after decoding and encoding it, with the
/// word `unknown` if it is of no known member.
fn program(schema: &[Source], names: &[String]) -> String {
    let library = crate::crates::crate_name(schema);
    let arms = names.iter().fold(String::new(), |mut arms, name| {
        writeln!(arms, "        {name:?} => survive::<{library}::models::{name}>(value),").unwrap();
        arms
    });
    format!(
        r#"use std::fmt::Debug;

use serde_core::Serialize;
use serde_core::de::DeserializeOwned;

fn survive<T: Debug + PartialEq + Serialize + DeserializeOwned>(text: &str) -> Result<String, String> {{
    let value: T = serde_json::from_str(text).map_err(|error| format!("rejected {{error}}"))?;
    let written = serde_json::to_string(&value).map_err(|error| error.to_string())?;
    let again: T = serde_json::from_str(&written).map_err(|error| format!("{{error}} in {{written}}"))?;
    if again != value {{
        return Err(format!("{{value:?}} became {{again:?}}"));
    }}
    let kind = if format!("{{value:?}}").starts_with("Unknown(") {{ "unknown" }} else {{ "known" }};
    Ok(format!("{{kind}} {{written}}"))
}}

fn check(name: &str, value: &str) -> Result<String, String> {{
    match name {{
{arms}        other => Err(format!("unknown type {{other}}")),
    }}
}}

fn main() {{
    for line in std::io::stdin().lines() {{
        let line = line.expect("a line");
        let (name, value) = line.split_once(' ').expect("a type and a value");
        match check(name, value) {{
            Ok(written) => println!("{{written}}"),
            Err(error) => println!("error {{}}", error.replace('\n', " ")),
        }}
    }}
}}
"#
    )
}

/// The running program.
struct Echo {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Echo {
    fn start(mut command: Command) -> Self {
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        Self {
            input: process.stdin.take().unwrap(),
            output: BufReader::new(process.stdout.take().unwrap()),
            process,
        }
    }

    /// Returns the value after decoding and encoding it as a type, or the error. An unknown value must be kept verbatim.
    fn call(&mut self, name: &str, value: &Value) -> Result<Value, String> {
        writeln!(self.input, "{name} {value}").unwrap();
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        match line.trim_end().split_once(' ') {
            Some(("known", written)) => Ok(serde_json::from_str(written).unwrap()),
            Some(("unknown", written)) => {
                let written: Value = serde_json::from_str(written).unwrap();
                let is_kept = written == *value;
                is_kept.then_some(written).ok_or_else(|| format!("{value} is not kept"))
            }
            Some((_, error)) => Err(format!("{error}, given {value}")),
            None => panic!("the program ended, given {name} {value}"),
        }
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        self.process.kill().and_then(|()| self.process.wait()).unwrap();
    }
}
