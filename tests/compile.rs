//! Tests that the code generated for valid fixtures compiles without warnings.

use crate::crates::Workspace;
use crate::schemas::{fixture, root, stem, valid_fixtures};

#[test]
fn generated_code_of_fixtures_compiles() {
    let mut workspace = Workspace::new("fixtures");
    for path in valid_fixtures() {
        workspace.add(&stem(&path), &fixture(&path));
    }
    // An API without types, pages and query parameters uses the least of the runtime.
    let minimal = root().join("tests/fixtures/valid/api_minimal.yaml");
    workspace.add_new(&"minimal".parse().unwrap(), &fixture(&minimal));
    for arguments in [
        &["check", "--features", "fake"][..],
        &["check", "--package", "minimal", "--no-default-features"],
    ] {
        let output = workspace.cargo(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn parts_of_a_crate_compile_without_the_other_resources() {
    let mut workspace = Workspace::new("resource_features");
    let path = root().join("tests/fixtures/valid/api_resource_features.yaml");
    workspace.add_new(&"pets".parse().unwrap(), &fixture(&path));
    let program = "fn main() {}\npub fn call(client: &pets::Client) {\n    let _ = (client.cats(), client.dogs(), client.r#match());\n}\n";
    workspace.add_file("pets", "examples/calls.rs", program);
    let check = |features: &str, target: &[&str]| {
        let arguments = ["check", "--no-default-features", "--features", features];
        let output = workspace.cargo(&[&arguments[..], target].concat());
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    for features in ["fake", "cats", "dogs,blocking", "match,fake", "all-resources,fake"] {
        let (compiles, errors) = check(features, &[]);
        assert!(compiles, "{features}: {errors}");
    }
    let (compiles, errors) = check("all-resources", &["--example", "calls"]);
    assert!(compiles, "{errors}");
    let (_, errors) = check("cats", &["--example", "calls"]);
    let is_missing = |method: &str| errors.contains(&format!("no method named `{method}`"));
    assert_eq!(
        ["cats", "dogs", "r#match"].map(is_missing),
        [false, true, true],
        "{errors}"
    );
}

/// Fixtures whose examples cover every kind of argument.
const WITH_EXAMPLES: [&str; 16] = [
    "any_of",
    "api_envelopes",
    "body",
    "create",
    "deprecated",
    "examples",
    "hostile_docs",
    "integers",
    "names_of_associated_types",
    "names_of_modules",
    "nested",
    "requests",
    "returns_by_status",
    "scalar_forms",
    "tagged",
    "values",
];

#[test]
fn generated_documentation_of_fixtures_builds_and_its_examples_compile() {
    let mut workspace = Workspace::new("examples");
    for path in valid_fixtures()
        .iter()
        .filter(|path| WITH_EXAMPLES.contains(&stem(path).as_str()))
    {
        workspace.add(&stem(path), &fixture(path));
    }
    let output = workspace.cargo(&["test", "--doc"]);
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
    assert_eq!(text.matches("test result: ok. ").count(), WITH_EXAMPLES.len(), "{text}");
    let output = workspace.cargo(&["doc", "--no-deps", "--package", "hostile_docs"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
