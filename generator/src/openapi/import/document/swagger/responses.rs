//! Converts responses.

use super::context::or_json;
use crate::openapi::json::{Json, Object, object};

/// Converts the schema and the examples of a response to its content.
pub fn convert_response(response: &mut Object, produces: &[String]) {
    let schema = response.remove("schema");
    let examples = response.remove("examples");
    if schema.is_none() && examples.is_none() {
        return;
    }
    let mut content = Object::default();
    if let Some(schema) = &schema {
        let is_file = schema.get("type").and_then(Json::as_str) == Some("file");
        let media_types = if is_file {
            vec!["application/octet-stream"]
        } else {
            or_json(produces)
        };
        for media_type in media_types {
            content.set(media_type, object! { "schema": schema.clone() });
        }
    }
    let examples = examples.as_ref().and_then(Json::as_object);
    for (media_type, example) in examples.into_iter().flat_map(Object::iter) {
        let schema = schema.iter().map(|schema| ("schema", schema.clone()));
        let value = content.get_or_insert(media_type, schema.collect::<Object>());
        if let Some(value) = value.as_object_mut() {
            value.set("example", example.clone());
        }
    }
    response.set("content", content);
}
