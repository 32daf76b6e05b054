//! Loads the documents in `tests/fixtures/openapi/loading`.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::Document;
use super::read::parse;
use crate::openapi::import::finding::Loss;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/fixtures/openapi/loading")
        .join(name)
}

fn load(name: &str) -> Document {
    Document::load(&fixture(name)).unwrap()
}

/// Returns the message for a document, without the path of its folder.
fn error_of(document: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("api.yaml");
    let mut file = tempfile::NamedTempFile::new_in(&folder).unwrap();
    file.write_all(document.as_bytes()).unwrap();
    file.persist(&path).unwrap();
    let message = Document::load(&path).unwrap_err().to_string();
    message.replace(&format!("{}/", folder.path().display()), "")
}

/// Asserts that the value of a reference is this YAML, with the same order of keys.
#[track_caller]
fn check(document: &Document, reference: &str, yaml: &str) {
    let found = document
        .lookup(reference)
        .unwrap_or_else(|| panic!("{reference} has no value"));
    let expected = parse(yaml).unwrap();
    let text = |json| serde_json::to_string(json).unwrap();
    assert_eq!(text(found), text(&expected), "{reference}");
}

#[test]
fn looks_up_references() {
    let document = load("nullable.yaml");
    check(&document, "#/info/title", "Garden");
    check(
        &document,
        "#/components/schemas/Pot/properties/size",
        "{ type: integer }",
    );
    check(
        &document,
        "#/components%2Fschemas/Plant/properties/height/examples/0",
        "1.5",
    );
    for missing in [
        "#",
        "#/",
        "#info",
        "info",
        "#/paths/~1a",
        "#/components/schemas/Pot/properties/size/x",
    ] {
        assert_eq!(document.lookup(missing), None, "{missing}");
    }
}

#[test]
fn converts_schemas_of_openapi_3_0() {
    let document = load("nullable.yaml");
    assert_eq!(document.root.text("openapi"), Some("3.0.3"));
    let plant = "
        type: object
        examples: [{ nullable: true }]
        properties:
          nullable: { type: [string, 'null'] }
          height: { type: number, exclusiveMinimum: 0, examples: [1.5] }
          pot:
            description: The pot.
            anyOf:
              - allOf: [{ $ref: '#/components/schemas/Pot' }]
              - type: 'null'
          size: { $ref: '#/components/schemas/Plant/properties/pot/allOf/0/properties/size' }";
    check(&document, "#/components/schemas/Plant", plant);
    let extra = "{ default: { nullable: true }, x-data: { nullable: true } }";
    check(&document, "#/components/schemas/Pot/properties/extra", extra);
}

#[test]
fn looks_up_references_through_wrappers_and_references() {
    let reference = "#/components/schemas/Plant/properties/pot/allOf/0/properties/size";
    check(&load("nullable.yaml"), reference, "{ type: integer }");
}

#[test]
fn converts_the_sections_of_swagger_2() {
    let document = load("swagger_2.yaml");
    let keys: Vec<_> = document.root.iter().map(|(key, _)| key).collect();
    assert_eq!(
        keys,
        [
            "openapi",
            "info",
            "x-owner",
            "paths",
            "x-files",
            "servers",
            "components"
        ]
    );
    assert_eq!(document.root.text("openapi"), Some("2.0"));
    let servers = "[{ url: https://library.example/v1 }, { url: http://library.example/v1 }]";
    check(&document, "#/servers", servers);
    let components = "
        schemas:
          Book:
            type: object
            discriminator: { propertyName: kind }
            properties:
              kind: { type: string }
              title: { type: [string, 'null'], examples: [A] }
              next: { $ref: '#/components/schemas/Book/properties/title' }
        parameters:
          Trace: { name: Trace, in: header, schema: { type: string } }
        responses:
          NotFound: { description: None., content: { application/json: { schema: { type: string } } } }
        securitySchemes:
          user: { type: http, description: A user., scheme: basic }
          key: { type: apiKey, in: header, name: Key }
          login:
            type: oauth2
            flows: { authorizationCode: { authorizationUrl: /a, tokenUrl: /b, scopes: { read: Reads. } } }";
    check(&document, "#/components", components);
}

#[test]
fn converts_parameters_and_responses_of_swagger_2() {
    let document = load("swagger_2.yaml");
    let parameters = "
        - { name: ids, in: query, description: IDs., style: form, explode: false,
            schema: { type: array, items: { type: string } } }
        - { name: tag, in: query, style: form, explode: true, schema: { type: array, items: { type: string } } }
        - { name: words, in: query, style: spaceDelimited, explode: false,
            schema: { type: array, items: { type: string } } }
        - { name: authors, in: query, style: pipeDelimited, explode: false,
            schema: { type: array, items: { type: string } } }
        - { name: tabs, in: query, style: pipeDelimited, explode: false,
            schema: { type: array, items: { type: string } } }
        - { name: limit, in: query, x-unit: books,
            schema: { type: [integer, 'null'], format: int32, default: 10 } }";
    check(&document, "#/paths/~1books/get/parameters", parameters);
    let responses = "
        200:
          description: Books.
          headers:
            Total: { description: The number of books., schema: { type: integer } }
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Book' } }
              example: [{ $ref: no reference }]
            text/plain:
              schema: { type: array, items: { $ref: '#/components/schemas/Book' } }
              example: A book
        404: { $ref: '#/components/responses/NotFound' }";
    check(&document, "#/paths/~1books/get/responses", responses);
    let file = "{ application/octet-stream: { schema: { type: string, format: binary } } }";
    check(
        &document,
        "#/paths/~1books~1{id}~1cover/get/responses/200/content",
        file,
    );
    let [finding] = document.findings.as_slice() else {
        panic!("{:?}", document.findings);
    };
    assert_eq!(finding.place, "GET /books: parameters/4");
}

#[test]
fn converts_bodies_of_swagger_2() {
    let document = load("swagger_2.yaml");
    let post = "
        responses:
          201: { description: Created., content: { text/csv: { schema: { $ref: '#/components/schemas/Book' } } } }
          204: { description: Nothing. }
        requestBody:
          description: The book.
          required: true
          x-hint: paper
          content: { application/xml: { schema: { $ref: '#/components/schemas/Book' } } }";
    check(&document, "#/paths/~1books/post", post);
    let books = "{ schema: { type: array, items: { $ref: '#/components/schemas/Book' } } }";
    let shared = format!("{{ application/json: {books}, application/vnd.library+json: {books} }}");
    check(&document, "#/paths/~1books~1import/put/requestBody/content", &shared);
    assert_eq!(document.lookup("#/paths/~1books~1import/parameters"), None);
}

#[test]
fn copies_referenced_schemas_of_bodies_of_swagger_2() {
    let document = load("swagger_2.yaml");
    let schema = "#/paths/~1books~1import/patch/requestBody/content/application~1json/schema";
    let copy = "#/x-files/paths__1books_post_parameters_0_schema";
    check(&document, schema, &format!("{{ $ref: '{copy}' }}"));
    check(&document, copy, "{ $ref: '#/components/schemas/Book' }");
}

#[test]
fn converts_forms_of_swagger_2() {
    let document = load("swagger_2.yaml");
    let body = |method: &str| format!("#/paths/~1books~1{{id}}~1cover/{method}/requestBody");
    let with_file = "
        content:
          multipart/form-data:
            schema:
              type: object
              properties: { image: { type: string, description: The image., format: binary } }
              required: [image]
        required: true";
    check(&document, &body("post"), with_file);
    let color = "properties: { color: { type: string } }";
    let multipart = format!("{{ multipart/form-data: {{ schema: {{ type: object, {color} }} }} }}");
    check(&document, &format!("{}/content", body("patch")), &multipart);
    let url_encoded = "
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              properties: { color: { type: string }, sizes: { type: array, items: { type: integer } } }
            encoding: { sizes: { style: form, explode: true } }";
    check(&document, &body("put"), url_encoded);
    let parameters = "[{ name: id, in: path, required: true, schema: { type: string } }]";
    check(&document, "#/paths/~1books~1{id}~1cover/post/parameters", parameters);
}

#[test]
fn adds_other_files_to_the_document() {
    let document = load("files/api.yaml");
    assert_eq!(document.findings, []);
    let files = document
        .root
        .get("x-files")
        .and_then(|files| files.as_object())
        .unwrap();
    let names: Vec<_> = files.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["paths", "index", "Animal", "responses", "kinds"]);
    let paths =
        "{ /animals: { $ref: '#/x-files/paths/animals' }, '/animals/{id}': { $ref: '#/x-files/paths/animals~1{id}' } }";
    check(&document, "#/paths", paths);
    let animals = "
        get:
          parameters: [{ $ref: '#/x-files/paths/limit' }]
          responses:
            default: { $ref: '#/x-files/responses/default' }";
    check(&document, "#/x-files/paths/animals", animals);
    let animal = "
        type: object
        properties:
          name: { type: [string, 'null'] }
          mother: { $ref: '#/x-files/Animal' }
          kind: { $ref: '#/x-files/kinds/Kind' }
          cage: { $ref: '#/components/schemas/Cage' }
        discriminator: { propertyName: kind, mapping: { cat: '#/x-files/kinds/Cat', dog: Dog } }";
    check(&document, "#/x-files/Animal", animal);
    let cat = "{ allOf: [{ $ref: '#/x-files/Animal' }, { $ref: '#/x-files/kinds/Kind' }] }";
    check(&document, "#/x-files/kinds/Cat", cat);
}

#[test]
fn converts_other_files_of_swagger_2() {
    let document = load("swagger_2_files/api.yaml");
    let item = "
        post:
          responses:
            200: { description: A., content: { text/plain: { schema: { type: [string, 'null'] } } } }
          requestBody:
            content: { application/json: { schema: { $ref: '#/components/schemas/A' } } }
        get: { responses: { 200: { $ref: '#/x-files/paths/ok' } } }";
    check(&document, "#/x-files/paths/a", item);
    let ok = "{ description: B., content: { text/plain: { schema: { $ref: '#/components/schemas/A' } } } }";
    check(&document, "#/x-files/paths/ok", ok);
}

#[test]
fn tells_references_from_data_and_properties() {
    let cage = "
        type: object
        properties:
          $ref: { type: string }
          animal: { $ref: '#/x-files/Animal', description: The animal. }
          twin: { $ref: '#/x-files/Animal' }
          name: { $ref: '#/x-files/Animal/properties/name' }
          nested: { $ref: '#/x-files/Animal/properties/cage' }
        default: { $ref: missing.yaml }
        enum: [{ $ref: missing.yaml }]
        const: { $ref: missing.yaml }
        examples: [{ $ref: missing.yaml }]
        x-data: { $ref: missing.yaml }";
    check(&load("files/api.yaml"), "#/components/schemas/Cage", cage);
}

#[test]
fn expands_references_in_place_of_maps() {
    let document = load("files/api.yaml");
    check(
        &document,
        "#/components/schemas/Animal",
        "{ $ref: '#/x-files/index/Animal' }",
    );
    check(&document, "#/x-files/index/Animal", "{ $ref: '#/x-files/Animal' }");
}

#[test]
fn reports_remote_references_and_identifiers() {
    let document = load("remote.yaml");
    let findings = document.findings.iter();
    let findings: Vec<_> = findings.map(|finding| (finding.place.as_str(), finding.loss)).collect();
    let expected = [
        ("GET /a: parameters/0", Loss::LeftOut),
        ("GET /a: responses/200/content/application/json/schema", Loss::Weaker),
        ("components/schemas/A", Loss::Weaker),
        ("components/schemas/B", Loss::Weaker),
    ];
    assert_eq!(findings, expected);
    check(&document, "#/paths/~1a/get/parameters", "[{}]");
    check(
        &document,
        "#/paths/~1a/get/responses/200/content/application~1json/schema",
        "{ description: Any. }",
    );
}

#[test]
fn reports_missing_files_and_targets() {
    let message = error_of(
        "openapi: 3.0.0
paths:
  /a: { get: { parameters: [{ $ref: missing.yaml }] } }
components:
  schemas:
    A: { $ref: '#/components/schemas/B' }
    C: { items: { $ref: 'api.yaml#/x' } }
",
    );
    // The rest of the line comes from the operating system.
    let message = message.replace(
        "`missing.yaml`: No such file or directory (os error 2)",
        "`missing.yaml`: …",
    );
    let lines: Vec<_> = message.lines().collect();
    let expected = [
        "`api.yaml`: cannot resolve the reference `missing.yaml` at GET /a: parameters/0: `missing.yaml`: …",
        "`api.yaml`: cannot resolve the reference `#/components/schemas/B` at components/schemas/A: `api.yaml` has no \
         such value",
        "`api.yaml`: cannot resolve the reference `api.yaml#/x` at components/schemas/C/items: `api.yaml` has no such \
         value",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn reports_cyclic_references() {
    let message = error_of("openapi: 3.0.0\ncomponents: { schemas: { A: { $ref: '#/components/schemas/A/x' } } }\n");
    assert!(message.ends_with("`api.yaml` has no such value"), "{message}");
}

#[test]
fn reports_documents_of_other_versions() {
    let fix = "pass a document of OpenAPI 3.0, OpenAPI 3.1 or Swagger 2.0";
    let none = "is not an OpenAPI document, because it has no key `openapi` or `swagger` with a version";
    for (document, problem) in [
        (
            "openapi: 4.0.0",
            "is a document of OpenAPI 4.0.0, which is not supported",
        ),
        ("openapi: 30", "is a document of OpenAPI 30, which is not supported"),
        ("swagger: '1.2'", "is a document of Swagger 1.2, which is not supported"),
        ("", none),
        ("[1]", none),
        ("swagger: [2]", none),
    ] {
        assert_eq!(error_of(document), format!("`api.yaml` {problem}: {fix}"), "{document}");
    }
}

#[test]
fn reports_the_position_of_syntax_errors() {
    let message = error_of("\u{feff}{\n  \"openapi\": \"3.0.0\",\n  \"paths\": {,}\n}");
    let expected = "cannot parse `api.yaml:3:13`: key must be a string: correct the file at this position";
    assert_eq!(message, expected);
}
