//! Converts OpenAPI documents from the command line.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const DOCUMENT: &str = r##"openapi: 3.1.0
info: { title: Ponds, version: "1" }
servers: [{ url: "https://ponds.example.com" }]
paths:
  /ponds/{id}:
    get:
      description: Returns a pond.
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { "200": { description: A pond, content: { application/json: { schema: { $ref: "#/components/schemas/Pond" } } } } }
  /photos:
    post:
      requestBody: { content: { multipart/form-data: {} } }
      responses: { "204": { description: Added } }
components:
  schemas:
    Pond: { type: object, properties: { id: { type: string }, depth: { type: number } } }
"##;

/// Returns a temporary folder with a document in `ponds.yaml`.
fn folder(document: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("ponds.yaml"), document).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_generator"));
    command.args(arguments).current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn document_becomes_a_schema_and_a_report() {
    let folder = folder(DOCUMENT);
    let output = run(folder.path(), &["import", "ponds.yaml", "--out", "schema"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report = text(&output.stdout);
    assert!(
        report.contains("POST /photos: a request body of `multipart/form-data`"),
        "{report}"
    );
    assert!(
        report.contains("2 operations: 1 exact, 0 with a weaker type, 1 left out"),
        "{report}"
    );
    let api = fs::read_to_string(folder.path().join("schema/api.yaml")).unwrap();
    assert!(
        api.contains("crate: my_client\nbase_url: https://ponds.example.com\n"),
        "{api}"
    );
    let ponds = fs::read_to_string(folder.path().join("schema/resources/ponds.yaml")).unwrap();
    assert!(
        ponds.contains("get: { http: \"GET /ponds/{id}\", returns: Pond, doc: \"Returns a pond.\" }"),
        "{ponds}"
    );
}

#[test]
fn document_becomes_a_crate() {
    let folder = folder(DOCUMENT);
    let output = run(
        folder.path(),
        &["new", "pond", "--name", "pond-client", "--from", "ponds.yaml"],
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("1 left out"));
    let read = |name: &str| fs::read_to_string(folder.path().join("pond").join(name)).unwrap();
    assert!(read("schema/api.yaml").contains("crate: pond_client\n"));
    assert!(read("src/lib.rs").contains("client.ponds().get("));
    // The crate is up to date.
    let output = run(folder.path(), &["--crate", "pond", "--check"]);
    assert!(output.status.success(), "{}", text(&output.stdout));
}

#[test]
fn existing_schema_is_not_overwritten() {
    let folder = folder(DOCUMENT);
    let file = folder.path().join("schema/api.yaml");
    fs::create_dir(folder.path().join("schema")).unwrap();
    fs::write(&file, "mine").unwrap();
    let output = run(folder.path(), &["import", "ponds.yaml", "--out", "schema"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("is not empty"),
        "{}",
        text(&output.stderr)
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn documents_that_are_no_use_are_errors() {
    for (document, problem) in [
        (
            "openapi: 3.1.0\npaths: {}\n",
            "has no operation that a schema can contain",
        ),
        ("swagger: \"1.2\"\n", "Swagger 1.2, which is not supported"),
        ("[1, 2]\n", "is not an OpenAPI document"),
        ("openapi: [\n", "ponds.yaml:2:1"),
    ] {
        let folder = folder(document);
        let output = run(folder.path(), &["import", "ponds.yaml", "--out", "schema"]);
        let error = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert!(error.contains(problem) && error.contains("ponds.yaml"), "{error}");
        assert!(!folder.path().join("schema/api.yaml").exists());
    }
}

/// Returns a document with this many operations, each of another resource.
fn large_document(operations: usize) -> String {
    let start = DOCUMENT.split_once("paths:\n").unwrap().0;
    let response = "{ \"204\": { description: Done } }";
    let paths = (0..operations).map(|index| format!("  /pond{index}: {{ post: {{ responses: {response} }} }}\n"));
    format!("{start}paths:\n{}", paths.collect::<String>())
}

#[test]
fn resources_of_a_large_api_have_features() {
    for (operations, has_features) in [(300, false), (301, true)] {
        let folder = folder(&large_document(operations));
        let output = run(folder.path(), &["import", "ponds.yaml", "--out", "schema"]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let api = fs::read_to_string(folder.path().join("schema/api.yaml")).unwrap();
        assert_eq!(api.contains("resource_features: true\n"), has_features, "{api}");
        let report = text(&output.stdout);
        assert_eq!(report.contains("over 300 operations"), has_features, "{report}");
    }
}
