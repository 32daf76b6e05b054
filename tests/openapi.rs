//! Tests OpenAPI documents. Compares the document of the API with a table of its operations and types.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use generator::source::Source;
use serde_json::{Value, json};
use serde_yaml::Mapping;

use crate::schemas::{fixture, read, root};

fn document(sources: &[Source]) -> Value {
    let text = generator::openapi(sources).unwrap_or_else(|errors| panic!("{errors}"));
    serde_json::from_str(&text).expect("the document should be JSON")
}

fn api_document() -> Value {
    document(&generator::source::load(&root().join("schema")).unwrap())
}

fn fixture_document(name: &str) -> Value {
    document(&fixture(&root().join("tests/fixtures/valid").join(name)))
}

/// Returns the documented keys of pages and properties of types.
fn table() -> Value {
    serde_json::from_str(&read(Path::new(&root().join("tests/data/api.json")))).unwrap()
}

fn operations(document: &Value) -> BTreeMap<String, &Value> {
    let paths = document["paths"].as_object().unwrap();
    let calls = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter().filter(|(key, _)| *key != "parameters");
        methods.map(move |(method, operation)| (format!("{} {path}", method.to_uppercase()), operation))
    });
    calls.collect()
}

fn strings(values: &Value) -> BTreeSet<String> {
    values
        .as_array()
        .unwrap()
        .iter()
        .map(|value| value.as_str().unwrap().to_owned())
        .collect()
}

fn properties(schema: &Value) -> BTreeSet<String> {
    schema["properties"]
        .as_object()
        .map(|properties| properties.keys().cloned().collect())
        .unwrap_or_default()
}

#[test]
fn describes_exactly_the_operations_of_the_api() {
    let document = api_document();
    let described = operations(&document).into_iter();
    let described: BTreeSet<_> = described
        .map(|(call, operation)| format!("{} {call}", operation["operationId"].as_str().unwrap()))
        .collect();
    let documented = read(&root().join("tests/data/operations.txt"));
    let documented: BTreeSet<_> = documented.lines().map(str::to_owned).collect();
    assert_eq!(described.len(), 252);
    assert_eq!(described, documented);
}

#[test]
fn types_have_the_documented_properties() {
    let document = api_document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    // The API writes acronyms in capitals, unlike Rust.
    let by_name: BTreeMap<_, _> = schemas
        .iter()
        .map(|(name, schema)| (name.to_lowercase(), schema))
        .collect();
    let table = table();
    let documented = table["types"].as_object().unwrap();
    for (name, expected) in documented {
        let schema = by_name
            .get(&name.to_lowercase())
            .unwrap_or_else(|| panic!("missing schema of `{name}`"));
        assert_eq!(properties(schema), strings(expected), "{name}");
    }
    let known: BTreeSet<_> = documented.keys().map(|name| name.to_lowercase()).collect();
    let pages: BTreeSet<_> = page_names(&document).map(str::to_lowercase).collect();
    let others = by_name
        .iter()
        .filter(|(name, schema)| !known.contains(*name) && !pages.contains(*name) && schema.get("anyOf").is_none());
    assert_eq!(others.map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["error"]);
}

/// Returns the names of page schemas.
fn page_names(document: &Value) -> impl Iterator<Item = &str> {
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let is_page = |schema: &Value| {
        schema["description"]
            .as_str()
            .is_some_and(|doc| doc.starts_with("A page of "))
    };
    let pages = schemas.iter().filter(move |(_, schema)| is_page(schema));
    pages.map(|(name, _)| name.as_str())
}

/// Resolves a reference such as `#/components/schemas/Thing`.
fn resolve<'a>(document: &'a Value, schema: &Value) -> &'a Value {
    let reference = schema["$ref"]
        .as_str()
        .unwrap_or_else(|| panic!("expected a reference, found {schema}"));
    document.pointer(reference.trim_start_matches('#')).unwrap()
}

/// Returns the schema of an operation's successful response.
fn success<'a>(operation: &'a Value, status: &str) -> &'a Value {
    &operation["responses"][status]["content"]["application/json"]["schema"]
}

#[test]
fn pages_contain_items_under_the_documented_key() {
    let document = api_document();
    let operations = operations(&document);
    let table = table();
    let pages = table["pages"].as_object().unwrap();
    for (call, key) in pages {
        let page = resolve(&document, success(operations[call], "200"));
        let key = key.as_str().unwrap();
        let item = &page["properties"][key]["items"];
        assert_eq!(resolve(&document, item)["type"], "object", "{call}: {page}");
        let has_next = page["properties"].get("next_page_uri").is_some();
        assert_eq!(has_next, key != "sources", "{call}");
    }
}

#[test]
fn pages_are_named_after_their_items() {
    let document = api_document();
    let names: BTreeSet<_> = page_names(&document).collect();
    assert_eq!(names.len(), 36);
    assert!(
        names.contains("ApiKeyPage") && names.contains("HttpsEdgePage"),
        "{names:?}"
    );
    let list = operations(&document)["GET /api_keys"];
    assert_eq!(
        *success(list, "200"),
        json!({ "$ref": "#/components/schemas/ApiKeyPage" })
    );

    let fixture = fixture_document("pages.yaml");
    let operations = operations(&fixture);
    let page = |call: &str| success(operations[call], "200")["$ref"].clone();
    assert_eq!(page("GET /reports"), "#/components/schemas/RefPage");
    assert_eq!(page("GET /drafts"), "#/components/schemas/ReportsDraftsPage");
    let drafts = &fixture["components"]["schemas"]["ReportsDraftsPage"]["properties"];
    assert_eq!(drafts["draft_list"]["items"]["$ref"], "#/components/schemas/Ref");
}

/// Parses a document or a schema file as YAML and keeps the order of keys. JSON is a subset of YAML.
fn in_order(text: &str) -> Mapping {
    serde_yaml::from_str(text).unwrap()
}

/// Returns the entries of a nested mapping, or no entries if it's missing.
fn entries<'a>(mapping: &'a Mapping, path: &[&str]) -> impl Iterator<Item = (&'a str, &'a Mapping)> {
    let found = path
        .iter()
        .try_fold(mapping, |mapping, key| mapping.get(*key)?.as_mapping());
    let entries = found.into_iter().flatten();
    entries.map(|(key, value)| (key.as_str().unwrap(), value.as_mapping().unwrap()))
}

/// Returns the files of the schema: `api.yaml`, then the resources sorted by name.
fn schema_files() -> Vec<Mapping> {
    let sources = generator::source::load(&root().join("schema")).unwrap();
    let mut files: Vec<_> = sources.iter().map(|source| in_order(&source.text)).collect();
    files.sort_by_key(|file| file.get("resource").map(|name| name.as_str().unwrap().to_owned()));
    files
}

#[test]
fn paths_and_methods_keep_the_order_of_the_schema() {
    let text = generator::openapi(&generator::source::load(&root().join("schema")).unwrap()).unwrap();
    let document = in_order(&text);
    let described = entries(&document, &["paths"]).flat_map(|(path, item)| {
        let methods = item.keys().filter(|key| *key != "parameters");
        methods.map(move |method| format!("{} {path}", method.as_str().unwrap().to_uppercase()))
    });
    let files = schema_files();
    let operations = files.iter().flat_map(|file| entries(file, &["operations"]));
    let calls: Vec<_> = operations
        .map(|(_, operation)| operation["http"].as_str().unwrap())
        .collect();
    let path = |call: &str| call.split_once(' ').unwrap().1.to_owned();
    // Operations with the same path are grouped at the position of the first one.
    let mut expected = calls.clone();
    expected.sort_by_key(|call| calls.iter().position(|first| path(first) == path(call)));
    assert_eq!(described.collect::<Vec<_>>(), expected);
}

#[test]
fn types_and_fields_keep_the_order_of_the_schema() {
    let text = generator::openapi(&generator::source::load(&root().join("schema")).unwrap()).unwrap();
    let document = in_order(&text);
    let files = schema_files();
    let types: Vec<_> = files.iter().flat_map(|file| entries(file, &["types"])).collect();
    let names: BTreeSet<_> = types.iter().map(|(name, _)| *name).collect();
    let schemas: Vec<_> = entries(&document, &["components", "schemas"]).collect();
    let described = schemas
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| names.contains(name));
    assert_eq!(
        described.collect::<Vec<_>>(),
        types.iter().map(|(name, _)| *name).collect::<Vec<_>>()
    );
    for (name, ty) in types {
        let fields = entries(ty, &["fields"]).filter(|(_, field)| field.get("read") != Some(&false.into()));
        let schema = schemas.iter().find(|(schema, _)| *schema == name).unwrap().1;
        let described: Vec<_> = match ty.get("fields") {
            Some(_) => entries(schema, &["properties"]).map(|(name, _)| name).collect(),
            None => Vec::new(),
        };
        assert_eq!(described, fields.map(|(name, _)| name).collect::<Vec<_>>(), "{name}");
    }
}

#[test]
fn operations_and_schemas_have_descriptions_and_references_resolve() {
    let document = api_document();
    for (call, operation) in operations(&document) {
        assert!(
            operation["description"].as_str().is_some_and(|text| text.len() > 10),
            "{call}"
        );
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        assert!(
            schema["description"].as_str().is_some_and(|text| text.len() > 10),
            "{name}"
        );
    }
    check_references(&document, &document);
}

fn check_references(document: &Value, value: &Value) {
    match value {
        Value::Object(entries) => {
            if let Some(Value::String(reference)) = entries.get("$ref") {
                let pointer = reference.trim_start_matches('#');
                assert!(document.pointer(pointer).is_some(), "unresolved reference {reference}");
            }
            entries.values().for_each(|value| check_references(document, value));
        }
        Value::Array(items) => items.iter().for_each(|value| check_references(document, value)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn request_schemas_contain_required_fields_limits_and_defaults() {
    let schemas = fixture_document("create.yaml")["components"]["schemas"].clone();
    let create = &schemas["RuleCreate"];
    assert_eq!(create["required"], json!(["cidr", "names"]));
    assert_eq!(create["properties"]["cidr"]["examples"], json!(["10.0.0.0/8"]));
    let note = json!({
        "type": "string",
        "description": "An optional string. At most 255 bytes.",
        "maxLength": 255,
        "default": "none",
    });
    assert_eq!(create["properties"]["note"], note);
    assert!(!properties(create).contains("owner"), "`owner` should be read-only");
    assert!(
        !properties(&schemas["Rule"]).contains("owner_id"),
        "`owner_id` should be write-only"
    );
}

#[test]
fn nullable_fields_allow_null() {
    let schemas = fixture_document("api_fake.yaml")["components"]["schemas"].clone();
    assert_eq!(
        schemas["Owner"]["properties"]["things"]["type"],
        json!(["array", "null"])
    );
    assert_eq!(
        schemas["Thing"]["properties"]["tags"]["type"],
        json!(["object", "null"])
    );
    assert_eq!(schemas["ThingCreate"]["properties"]["tags"]["type"], "object");
    let schemas = fixture_document("update.yaml")["components"]["schemas"].clone();
    let either = json!([{ "$ref": "#/components/schemas/Policy" }, { "type": "null" }]);
    assert_eq!(schemas["Rule"]["properties"]["policy"]["anyOf"], either);
    assert_eq!(schemas["RuleUpdate"]["properties"]["policy"]["anyOf"], either);
    assert_eq!(schemas["RuleUpdate"]["properties"]["note"]["type"], "string");
}

#[test]
fn describes_bodies_statuses_errors_and_parameters() {
    let document = fixture_document("query_sets.yaml");
    let names = |call: &str| {
        let document = operations(&document)[call]["parameters"].clone();
        document
            .as_array()
            .unwrap()
            .iter()
            .map(|parameter| parameter["name"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names("GET /things"), ["limit", "filter"]);
    let created = fixture_document("create.yaml");
    let create = operations(&created)["POST /rules"];
    assert_eq!(
        create["requestBody"]["content"]["application/json"]["schema"]["$ref"],
        "#/components/schemas/RuleCreate"
    );
    assert_eq!(success(create, "201")["$ref"], "#/components/schemas/Rule");
    assert!(create["responses"]["default"]["content"].is_object());
    let empty = fixture_document("body_empty.yaml");
    let stop = operations(&empty)["POST /agents/{id}/stop"];
    assert_eq!(
        stop["requestBody"]["content"]["application/json"]["schema"]["maxProperties"],
        0
    );
    assert_eq!(stop["parameters"][0]["in"], "path");
    assert!(stop["responses"]["204"]["content"].is_null());
}

#[test]
fn parameters_have_examples() {
    let document = fixture_document("parameter_examples.yaml");
    let parameters = operations(&document)["GET /hotels/{hotel}/rooms"]["parameters"]
        .as_array()
        .unwrap();
    let examples = parameters
        .iter()
        .map(|parameter| (parameter["name"].as_str().unwrap(), &parameter["example"]));
    let expected = [
        ("hotel", Value::Null),
        ("beds", json!(2)),
        ("view", json!(["sea", "garden"])),
        ("floor", json!("3")),
        ("smoking", Value::Null),
        ("Accept-Language", json!("de-CH")),
    ];
    assert!(examples.eq(expected.iter().map(|(name, example)| (*name, example))));
}

#[test]
fn describes_paths_and_fixed_queries() {
    let document = fixture_document("paths.yaml");
    let operations = operations(&document);
    let parameters = |call: &str| operations[call]["parameters"].clone();
    let calls: Vec<_> = operations.keys().map(String::as_str).collect();
    assert_eq!(
        calls,
        [
            "GET /",
            "GET /compare/{a}...{b}",
            "GET /trees/",
            "GET /trees/?height=tall&x",
            "GET /trees/{tree}.json",
            "GET /trees/{tree}/leaves/{path}",
            "GET /v1.{minor}/age/!$&'()*+,;=:@%2F",
            "POST /trees/{tree}:cut",
            "PUT /trees/{tree}/leaves/{path}",
        ]
    );
    let rest = "The rest of the path. Its slashes are not percent-encoded.";
    assert_eq!(parameters("GET /trees/{tree}/leaves/{path}")[1]["description"], rest);
    assert_eq!(
        parameters("PUT /trees/{tree}/leaves/{path}")[2],
        json!({ "name": "force", "in": "query", "required": true, "schema": { "const": "a b" } })
    );
    // The query in the path distinguishes the operations.
    assert_eq!(parameters("GET /trees/?height=tall&x").as_array().unwrap().len(), 1);

    let document = fixture_document("head.yaml");
    let path = &document["paths"]["/rooms/{id}"];
    assert_eq!(path["head"]["responses"]["200"], json!({ "description": "Success." }));
    assert_eq!(
        path["head"]["responses"]["default"],
        json!({ "description": "The request failed." })
    );
    assert!(path["get"]["responses"]["default"]["content"].is_object());
    assert_eq!(
        document["paths"]["/rooms"]["head"]["parameters"][0]["schema"]["const"],
        "1"
    );
}

#[test]
fn describes_authentication_and_errors() {
    let bearer = fixture_document("api_everything.yaml");
    assert_eq!(
        bearer["components"]["securitySchemes"]["key"],
        json!({ "type": "http", "scheme": "bearer" })
    );
    assert_eq!(
        bearer["components"]["parameters"]["x-version"]["schema"],
        json!({ "const": "2" })
    );
    assert_eq!(
        bearer["paths"]["/things/{id}"]["parameters"].as_array().unwrap().len(),
        2
    );
    let code = &bearer["components"]["schemas"]["error"]["properties"]["error"]["properties"]["code"];
    assert_eq!(*code, json!({ "type": "string" }));
    let header = fixture_document("api_cursor.yaml");
    let expected = json!({ "type": "apiKey", "in": "header", "name": "X-Api-Key" });
    assert_eq!(header["components"]["securitySchemes"]["key"], expected);
    let list = operations(&header)["GET /books"]["parameters"].clone();
    assert_eq!(
        list.as_array().unwrap().iter().map(|p| &p["name"]).collect::<Vec<_>>(),
        ["count", "after"]
    );
}

#[test]
fn describes_errors_with_known_codes() {
    let document = fixture_document("api_fake.yaml");
    let responses = &operations(&document)["GET /owners/{id}"]["responses"];
    let statuses: Vec<_> = responses.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(statuses, ["200", "404", "default"]);
    assert!(
        responses["404"]["description"]
            .as_str()
            .unwrap()
            .contains("`E_MISSING`")
    );
    let error = &document["components"]["schemas"]["error"];
    assert_eq!(error["properties"]["status"], json!({ "type": "integer" }));
}

#[test]
fn describes_secrets_deprecations_enums_and_unions() {
    let secret = fixture_document("secret.yaml");
    assert_eq!(
        secret["components"]["schemas"]["KeyCreate"]["properties"]["password"]["format"],
        "password"
    );
    let deprecated = fixture_document("deprecated.yaml");
    assert_eq!(operations(&deprecated)["GET /lamps/{id}"]["deprecated"], true);
    assert_eq!(
        deprecated["components"]["schemas"]["LampCreate"]["properties"]["watts"]["deprecated"],
        true
    );
    let values = fixture_document("values.yaml");
    let action = values["components"]["schemas"]["Action"]["anyOf"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(
        action[0],
        json!({ "const": "allow", "description": "Allows the request." })
    );
    assert_eq!(
        action.last().unwrap()["type"],
        "string",
        "an enum should allow unknown values"
    );
    let union = fixture_document("one_of.yaml");
    assert_eq!(properties(&union["components"]["schemas"]["Target"]).len(), 3);
}

#[test]
fn describes_every_form_of_authentication() {
    for (name, scheme) in [
        ("api_everything.yaml", json!({ "type": "http", "scheme": "bearer" })),
        ("api_auth_basic.yaml", json!({ "type": "http", "scheme": "basic" })),
        (
            "api_cursor.yaml",
            json!({ "type": "apiKey", "in": "header", "name": "X-Api-Key" }),
        ),
        (
            "api_auth_header_prefix.yaml",
            json!({
                "type": "apiKey", "in": "header", "name": "Authorization",
                "description": "The API key after the prefix `Token `.",
            }),
        ),
        (
            "api_auth_query.yaml",
            json!({ "type": "apiKey", "in": "query", "name": "api_key" }),
        ),
    ] {
        let document = fixture_document(name);
        assert_eq!(document["security"], json!([{ "key": [] }]), "{name}");
        assert_eq!(
            document["components"]["securitySchemes"],
            json!({ "key": scheme }),
            "{name}"
        );
    }
    let none = fixture_document("api_auth_none.yaml");
    assert!(none.get("security").is_none() && none["components"].get("securitySchemes").is_none());
}

#[test]
fn operations_without_auth_have_no_security_requirement() {
    let document = fixture_document("api_auth_query.yaml");
    let operations = operations(&document);
    assert_eq!(operations["GET /status"]["security"], json!([]));
    assert!(operations["GET /things/{id}"].get("security").is_none());
}

#[test]
fn the_whole_document_of_a_small_api() {
    let sources = fixture(&root().join("tests/fixtures/valid/api_everything.yaml"));
    insta::assert_snapshot!(generator::openapi(&sources).unwrap());
}

#[test]
fn describes_the_values_of_enums() {
    let document = fixture_document("values_with_names.yaml");
    let sort = &document["components"]["schemas"]["Sort"]["anyOf"];
    assert_eq!(sort[0], json!({ "const": "created" }));
    assert_eq!(
        sort[1],
        json!({ "const": "-created", "description": "Newest first. Deprecated: use `updated`.", "deprecated": true })
    );
    assert_eq!(
        sort[2],
        json!({ "const": "updated", "description": "Changed most recently first." })
    );
}

#[test]
fn describes_the_values_of_integer_enums() {
    let document = fixture_document("integers.yaml");
    let level = &document["components"]["schemas"]["Level"]["anyOf"];
    assert_eq!(
        level[0],
        json!({ "const": 0, "description": "Deprecated: use `low`.", "deprecated": true })
    );
    assert_eq!(level[2], json!({ "const": -1 }));
    assert_eq!(level[3]["type"], "integer", "an enum should allow unknown values");
    let default = &document["components"]["schemas"]["AlarmCreate"]["properties"]["level"]["default"];
    assert_eq!(*default, json!(2));
}

#[test]
fn describes_deprecated_types_and_parameters() {
    let document = fixture_document("deprecated.yaml");
    let schemas = &document["components"]["schemas"];
    for (name, description) in [
        ("Lamp", "A lamp. Deprecated: use `Candle`."),
        ("LampUpdate", "left unchanged. Deprecated: use `Candle`."),
        ("LampColor", "A color. Deprecated: use `lumens`."),
        ("LampLevel", "A level. Deprecated: use `lumens`."),
        ("LampSocket", "Exactly one key is set. Deprecated: use `LampColor`."),
    ] {
        assert_eq!(schemas[name]["deprecated"], true, "{name}");
        let found = schemas[name]["description"].as_str().unwrap();
        assert!(found.ends_with(description), "{found}");
    }
    let operations = operations(&document);
    let parameters = operations["GET /lamps"]["parameters"].as_array().unwrap();
    assert!(parameters.iter().all(|parameter| parameter["deprecated"] == true));
    let descriptions: Vec<_> = parameters
        .iter()
        .map(|parameter| parameter["description"].as_str().unwrap())
        .collect();
    assert_eq!(descriptions[2], "Color of the lamps. Deprecated: The color is ignored.");
    assert_eq!(descriptions[3], "Brightness of the lamps. Deprecated: use `lumens`.");
}
