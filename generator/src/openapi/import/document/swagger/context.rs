//! Data that all parts of the conversion share.

use std::collections::HashMap;

use crate::openapi::import::finding::Finding;
use crate::openapi::json::{Json, Object};

/// The sections of a Swagger 2 document, and their names in `components`.
pub const SECTIONS: [(&str, &str); 4] = [
    ("definitions", "schemas"),
    ("parameters", "parameters"),
    ("responses", "responses"),
    ("securityDefinitions", "securitySchemes"),
];

/// Returns the media types in a list.
pub fn media_types(list: Option<&Json>) -> Vec<String> {
    let list = list.map(Json::items).unwrap_or_default();
    list.iter().filter_map(Json::as_str).map(str::to_owned).collect()
}

/// Returns these media types, or JSON if there are none.
pub fn or_json(media_types: &[String]) -> Vec<&str> {
    match media_types {
        [] => vec!["application/json"],
        types => types.iter().map(String::as_str).collect(),
    }
}

/// A conversion, with the settings of the document.
pub struct Swagger {
    pub consumes: Vec<String>,
    pub produces: Vec<String>,
    /// The referenced parameters that are part of a body, by reference.
    pub bodies: HashMap<String, Object>,
    pub findings: Vec<Finding>,
}
