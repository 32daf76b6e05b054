//! Tests the error messages of the schema language. Each invalid fixture breaks one rule.

use generator::diagnostics::Style;

use crate::schemas::fixture;

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
