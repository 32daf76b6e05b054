//! Converts parameters and headers, whose types are beside their names.

use super::context::Swagger;
use crate::openapi::import::document::positions::Place;
use crate::openapi::import::finding::{Finding, Loss};
use crate::openapi::json::{Json, Object, object};

/// The keys of a parameter that belong to its schema.
const SCHEMA_KEYS: [&str; 18] = [
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "x-nullable",
    "nullable",
];

/// Returns `true` for parameters that are part of a body.
pub fn is_body(parameter: &Object) -> bool {
    matches!(parameter.text("in"), Some("body" | "formData"))
}

/// Converts a parameter of a path, a query or a header.
pub fn convert_parameter(swagger: &mut Swagger, parameter: &mut Object, place: &Place) {
    if is_body(parameter) || !parameter.contains("type") {
        return;
    }
    let is_query = parameter.text("in") == Some("query");
    let (schema, format) = take_schema(parameter);
    if format.as_deref() == Some("tsv") {
        swagger.findings.push(Finding {
            place: place.to_string(),
            loss: Loss::Weaker,
            text: "the items are separated by `|` instead of tabs".to_owned(),
        });
    }
    if schema.text("type") == Some("array") {
        parameter.set_all(style(format.as_deref(), is_query));
    }
    parameter.set("schema", schema);
}

/// Converts a header of a response.
pub fn convert_header(header: &mut Object) {
    if header.contains("type") {
        let (schema, _) = take_schema(header);
        header.set("schema", schema);
    }
}

/// Returns the schema and the encoding of a form parameter.
pub fn form_property(parameter: &Object) -> (Object, Option<Object>) {
    let mut parameter = parameter.clone();
    for key in ["name", "in", "required", "allowEmptyValue"] {
        parameter.remove(key);
    }
    let (mut schema, format) = take_schema(&mut parameter);
    let encoding = (schema.text("type") == Some("array")).then(|| style(format.as_deref(), true));
    schema.set_all(parameter);
    (schema, encoding)
}

/// Removes the schema and the collection format of a parameter.
fn take_schema(parameter: &mut Object) -> (Object, Option<String>) {
    let format = parameter.remove("collectionFormat");
    let format = format.as_ref().and_then(Json::as_str).map(str::to_owned);
    (parameter.split_off(|key| SCHEMA_KEYS.contains(&key)), format)
}

/// Converts a collection format. Arrays without one are separated by commas.
fn style(format: Option<&str>, is_query: bool) -> Object {
    let (style, explode) = match format {
        Some("multi") => ("form", true),
        Some("ssv") => ("spaceDelimited", false),
        Some("tsv" | "pipes") => ("pipeDelimited", false),
        _ if is_query => ("form", false),
        _ => ("simple", false),
    };
    object! { "style": style, "explode": explode }
}
