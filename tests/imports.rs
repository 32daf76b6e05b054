//! Tests the conversion of OpenAPI documents to schemas.

use std::path::{Path, PathBuf};

use generator::{Import, Loss};

use crate::schemas::{root, stem};

/// The length of a line in a schema, in characters.
const WIDTH: usize = 120;

fn import(path: &Path) -> Import {
    generator::import(path, "acme").unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the documents, each with one construct.
fn documents() -> Vec<PathBuf> {
    let folder = root().join("tests/fixtures/openapi");
    let entries = folder.read_dir().expect("the folder of documents should be readable");
    let paths = entries.map(|entry| entry.expect("the folder of documents should be readable").path());
    let mut documents: Vec<_> = paths.filter(|path| path.is_file()).collect();
    documents.sort();
    documents
}

#[test]
fn documents_become_schemas() {
    for path in documents() {
        let Import { schema, report } = import(&path);
        let files: Vec<_> = schema
            .iter()
            .map(|file| format!("==> {}\n{}", file.name, file.text))
            .collect();
        let name = format!("imports__{}", stem(&path));
        insta::with_settings!({ prepend_module_to_snapshot => false, description => "" }, {
            insta::assert_snapshot!(name, format!("{}==> report\n{report}", files.concat()));
        });
    }
}

#[test]
fn imported_schemas_pass_the_checks() {
    for path in documents() {
        let sources = import(&path).schema;
        if let Err(errors) = generator::generate(&sources) {
            let style = generator::diagnostics::Style::Plain;
            panic!("{}\n{}", path.display(), errors.render(&sources, style));
        }
    }
}

#[test]
fn imports_of_a_document_are_equal() {
    let path = root().join("tests/fixtures/openapi/examples.yaml");
    let texts = || -> Vec<String> { import(&path).schema.into_iter().map(|file| file.text).collect() };
    let first = texts();
    for _ in 0..10 {
        assert_eq!(texts(), first);
    }
}

#[test]
fn lines_of_imported_schemas_fit() {
    for path in documents() {
        for file in import(&path).schema {
            let is_too_long = |line: &&str| line.chars().count() > WIDTH;
            let too_long: Vec<_> = file.text.lines().filter(is_too_long).collect();
            assert!(too_long.is_empty(), "{}, {}: {too_long:#?}", path.display(), file.name);
        }
    }
}

#[test]
fn report_names_every_operation_that_is_left_out() {
    let report = import(&root().join("tests/fixtures/openapi/left_out.yaml")).report;
    let left_out = report.findings.iter().filter(|finding| finding.loss == Loss::LeftOut);
    let places: Vec<_> = left_out.map(|finding| finding.place.as_str()).collect();
    assert_eq!(
        places,
        [
            "POST /form",
            "POST /upload",
            "GET /text",
            "GET /moved",
            "GET /socket",
            "GET /{a}{b}",
            "/itself",
            "GET /odd: parameters",
            "OPTIONS /kept"
        ]
    );
    // A path and a parameter are not operations.
    assert_eq!((report.exact, report.weaker, report.left_out), (1, 2, places.len() - 2));
}
