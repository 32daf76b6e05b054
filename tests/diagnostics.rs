//! What each rule of the schema language says where it is broken.

use generator::diagnostics::Style;

use crate::schemas::fixture;

#[test]
fn broken_rules_are_explained() {
    insta::glob!("fixtures/invalid/*.yaml", |path| {
        let sources = fixture(path);
        let errors = generator::generate(&sources).expect_err("an invalid fixture breaks a rule");
        insta::assert_snapshot!(errors.render(&sources, Style::Plain));
    });
}

#[test]
fn openapi_reports_the_same_errors() {
    insta::glob!("fixtures/invalid/*.yaml", |path| {
        let sources = fixture(path);
        let errors = generator::generate(&sources).expect_err("an invalid fixture breaks a rule");
        let of_document = generator::openapi(&sources).expect_err("an invalid fixture breaks a rule");
        assert_eq!(
            of_document.render(&sources, Style::Plain),
            errors.render(&sources, Style::Plain)
        );
    });
}

#[test]
fn a_schema_without_api_yaml_is_refused() {
    let errors = generator::generate(&[]).expect_err("an API needs its file");
    assert_eq!(errors.render(&[], Style::Plain), "error: the schema has no `api.yaml`");
}
