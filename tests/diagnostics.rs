//! Tests the error messages of the schema language. Each invalid fixture breaks one rule.

use generator::diagnostics::Style;

use crate::schemas::{fixture, named_files};

#[test]
fn broken_rules_are_explained() {
    insta::glob!("fixtures/invalid/*.yaml", |path| {
        let sources = fixture(path);
        let errors = generator::generate(&sources).expect_err("an invalid fixture should be rejected");
        insta::assert_snapshot!(errors.render(&sources, Style::Plain));
    });
}

#[test]
fn openapi_reports_the_same_errors() {
    insta::glob!("fixtures/invalid/*.yaml", |path| {
        let sources = fixture(path);
        let errors = generator::generate(&sources).expect_err("an invalid fixture should be rejected");
        let openapi_errors = generator::openapi(&sources).expect_err("an invalid fixture should be rejected");
        assert_eq!(
            openapi_errors.render(&sources, Style::Plain),
            errors.render(&sources, Style::Plain)
        );
    });
}

#[test]
fn rejects_schema_without_api_yaml() {
    let errors = generator::generate(&[]).expect_err("an empty schema should be rejected");
    assert_eq!(
        errors.render(&[], Style::Plain),
        "error: the schema is missing `api.yaml`"
    );
}

/// The keys whose values are mappings, each with a list in their place and the fix in its error.
const LISTS: [(&str, &str, &str); 12] = [
    (
        "codes",
        "api.yaml\nerrors:\n  codes:\n    - 404",
        r#"write `codes: { "404": not_found }`"#,
    ),
    (
        "fields",
        "resources/a.yaml\ntypes:\n  A:\n    fields:\n      - name",
        r#"write `fields: { NAME: { type: string, doc: "…" } }`"#,
    ),
    (
        "fixed",
        "resources/a.yaml\noperations:\n  run:\n    fixed:\n      - name: kind",
        r#"write `fixed: { KEY: "value" }`"#,
    ),
    (
        "headers of the API",
        "api.yaml\nheaders:\n  - X-Version",
        r#"write `headers: { NAME: "value" }`"#,
    ),
    (
        "headers of an operation",
        "resources/a.yaml\noperations:\n  run:\n    headers:\n      - If-Match",
        r#"write `headers: { NAME: { type: string, doc: "…" } }`"#,
    ),
    (
        "integers",
        "resources/a.yaml\ntypes:\n  A:\n    integers:\n      - 1",
        r#"write `integers: { 1: { as: NAME, doc: "…" } }`"#,
    ),
    (
        "one_of",
        "resources/a.yaml\ntypes:\n  A:\n    one_of:\n      - B",
        "write `one_of: { KEY: Type }`",
    ),
    (
        "operations",
        "resources/a.yaml\noperations:\n  - name: run",
        r#"write `operations: { NAME: { http: "GET /things", returns: Thing, doc: "…" } }`"#,
    ),
    (
        "params",
        "resources/a.yaml\noperations:\n  run:\n    params:\n      - id",
        "write `params: { NAME: uint64 }`",
    ),
    (
        "query_sets",
        "api.yaml\nquery_sets:\n  - paging",
        r#"write `query_sets: { NAME: { limit: { type: uint32, doc: "…" } } }`"#,
    ),
    (
        "types",
        "resources/a.yaml\ntypes:\n  - A",
        r#"write `types: { Thing: { doc: "…", fields: { … } } }`"#,
    ),
    (
        "values",
        "resources/a.yaml\ntypes:\n  A:\n    values:\n      - small",
        r#"write `values: { VALUE: "Its documentation." }`"#,
    ),
];

#[test]
fn lists_in_place_of_mappings_are_explained() {
    for (key, file, help) in LISTS {
        let sources = named_files(&format!("==> {file}\n"));
        let errors = generator::generate(&sources).expect_err("a list should be rejected");
        let message = errors.render(&sources, Style::Plain);
        assert!(
            message.starts_with("error: expected a mapping, found a list\n"),
            "{key}: {message}"
        );
        assert!(message.ends_with(&format!("  = help: {help}")), "{key}: {message}");
    }
}
