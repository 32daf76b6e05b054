//! Converts schemas of Swagger 2 and OpenAPI 3.0 to those of OpenAPI 3.1.

use super::positions::{Kind, Place, Visitor};
use crate::openapi::json::{Json, Object, object};

/// Keys that describe a value without restricting it.
const ANNOTATIONS: [&str; 9] = [
    "title",
    "description",
    "deprecated",
    "readOnly",
    "writeOnly",
    "default",
    "examples",
    "externalDocs",
    "xml",
];

/// Converts all schemas of a document.
pub struct Schemas;

impl Visitor for Schemas {
    fn visit(&mut self, kind: Kind, object: &mut Object, _: &Place) {
        if kind == Kind::Schema {
            convert(object);
        }
    }
}

/// Converts a schema without the schemas in it. A schema of OpenAPI 3.1 stays the same, except for keys of earlier
/// versions that it contains.
pub fn convert(schema: &mut Object) {
    convert_bounds(schema);
    convert_example(schema);
    convert_file(schema);
    convert_discriminator(schema);
    convert_nullable(schema);
}

/// Converts `exclusiveMinimum: true` with `minimum: 1` to `exclusiveMinimum: 1`.
fn convert_bounds(schema: &mut Object) {
    for (exclusive, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let Some(is_exclusive) = schema.get(exclusive).and_then(Json::as_bool) else {
            continue;
        };
        schema.remove(exclusive);
        if is_exclusive && let Some(bound) = schema.get(inclusive).cloned() {
            schema.replace(inclusive, exclusive, bound);
        }
    }
}

/// Converts `example: a` to `examples: [a]`.
fn convert_example(schema: &mut Object) {
    let Some(example) = schema.get("example").cloned() else {
        return;
    };
    if schema.contains("examples") {
        schema.remove("example");
    } else {
        schema.replace("example", "examples", Json::Array(vec![example]));
    }
}

/// Converts `type: file` of Swagger 2.
fn convert_file(schema: &mut Object) {
    if schema.text("type") == Some("file") {
        schema.set("type", "string");
        schema.set("format", "binary");
    }
}

/// Converts the name of a property, the discriminator of Swagger 2.
fn convert_discriminator(schema: &mut Object) {
    if let Some(name) = schema.text("discriminator").map(str::to_owned) {
        schema.set("discriminator", object! { "propertyName": name });
    }
}

/// Converts `nullable: true` to a type that includes `null`.
fn convert_nullable(schema: &mut Object) {
    let keys = ["nullable", "x-nullable"];
    let mut values = keys
        .map(|key| schema.get(key).and_then(Json::as_bool))
        .into_iter()
        .flatten();
    let Some(first) = values.next() else {
        return;
    };
    let is_nullable = first || values.any(|value| value);
    schema.split_off(|key| keys.contains(&key));
    if !is_nullable || schema.iter().all(|(key, _)| is_annotation(key)) {
        return;
    }
    let is_combined = ["$ref", "allOf", "oneOf", "anyOf"]
        .iter()
        .any(|key| schema.contains(key));
    match schema.get_mut("type") {
        Some(types) if !is_combined => add_null(types),
        _ => wrap(schema),
    }
}

/// Returns `true` for a key that accepts any value.
fn is_annotation(key: &str) -> bool {
    ANNOTATIONS.contains(&key) || key.starts_with("x-")
}

fn add_null(types: &mut Json) {
    let null = Json::from("null");
    match types {
        Json::String(name) if name != "null" => *types = Json::Array(vec![name.as_str().into(), null]),
        Json::Array(names) if !names.contains(&null) => names.push(null),
        _ => {}
    }
}

/// Converts a schema to `anyOf` of the schema and `null`. The description of the value stays outside.
fn wrap(schema: &mut Object) {
    let inner = schema.split_off(|key| key == "title" || !is_annotation(key));
    let null = object! { "type": "null" };
    schema.set("anyOf", [inner, null]);
}

/// Returns the first schema of a schema that [`wrap`] made.
pub fn wrapped(schema: &Json) -> Option<&Json> {
    let [inner, null] = schema.get("anyOf")?.items() else {
        return None;
    };
    (null.get("type")?.as_str() == Some("null")).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(yaml: &str) -> String {
        let json: Json = serde_yaml::from_str(yaml).unwrap();
        let mut schema = json.as_object().unwrap().clone();
        convert(&mut schema);
        let once = schema.clone();
        convert(&mut schema);
        assert_eq!(schema, once, "a second conversion changed the schema");
        serde_json::to_string(&schema).unwrap()
    }

    #[track_caller]
    fn check(yaml: &str, json: &str) {
        assert_eq!(converted(yaml), json, "{yaml}");
    }

    #[test]
    fn adds_null_to_types() {
        check(
            "{type: string, nullable: true, format: x}",
            r#"{"type":["string","null"],"format":"x"}"#,
        );
        check("{x-nullable: true, type: string}", r#"{"type":["string","null"]}"#);
        check(
            "{type: [string, 'null'], nullable: true}",
            r#"{"type":["string","null"]}"#,
        );
        check("{type: string, nullable: false}", r#"{"type":"string"}"#);
        check(
            "{type: string, nullable: true, enum: [a]}",
            r#"{"type":["string","null"],"enum":["a"]}"#,
        );
    }

    #[test]
    fn wraps_nullable_schemas_without_a_type() {
        check(
            "{description: A., nullable: true, allOf: [{$ref: '#/a'}]}",
            r##"{"description":"A.","anyOf":[{"allOf":[{"$ref":"#/a"}]},{"type":"null"}]}"##,
        );
        check(
            "{$ref: '#/a', nullable: true}",
            r##"{"anyOf":[{"$ref":"#/a"},{"type":"null"}]}"##,
        );
        check(
            "{type: object, oneOf: [{$ref: '#/a'}], nullable: true}",
            r##"{"anyOf":[{"type":"object","oneOf":[{"$ref":"#/a"}]},{"type":"null"}]}"##,
        );
        check(
            "{nullable: true, enum: [a]}",
            r#"{"anyOf":[{"enum":["a"]},{"type":"null"}]}"#,
        );
    }

    #[test]
    fn leaves_schemas_that_accept_any_value() {
        check("{nullable: true, description: A.}", r#"{"description":"A."}"#);
    }

    #[test]
    fn converts_exclusive_bounds() {
        check("{minimum: 1, exclusiveMinimum: true}", r#"{"exclusiveMinimum":1}"#);
        check("{maximum: 1.5, exclusiveMaximum: false}", r#"{"maximum":1.5}"#);
        check("{exclusiveMaximum: 3}", r#"{"exclusiveMaximum":3}"#);
    }

    #[test]
    fn converts_examples_at_their_position() {
        check(
            "{type: a, example: {nullable: true}, format: b}",
            r#"{"type":"a","examples":[{"nullable":true}],"format":"b"}"#,
        );
        check("{example: 1, examples: [2]}", r#"{"examples":[2]}"#);
    }

    #[test]
    fn converts_files_and_discriminators() {
        check("{type: file}", r#"{"type":"string","format":"binary"}"#);
        check("{discriminator: kind}", r#"{"discriminator":{"propertyName":"kind"}}"#);
    }
}
