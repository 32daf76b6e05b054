//! The schema of error responses.

use super::json::{Object, object};
use super::located::Located;
use crate::api::model::{Api, Failed};

/// The name of the schema. It starts with a lower-case letter, so no type of an API can have it.
pub const NAME: &str = "error";

/// Returns the schema of an error response body, as far as the locations of its values describe it.
pub fn schema(api: &Api) -> Object {
    let errors = &api.errors;
    let pointers = [
        (&errors.code, "string"),
        (&errors.message, "string"),
        (&errors.request_id, "string"),
        (&errors.status, "integer"),
        (&errors.details, "object"),
    ];
    let mut body = Located::default();
    for (pointer, ty) in pointers {
        if let Some(pointer) = pointer {
            body.insert(pointer, object! { "type": ty });
        }
    }
    match &api.failed {
        None | Some(Failed::Present(_)) => {}
        Some(Failed::Boolean(location, value)) => body.insert(location, object! { "const": *value }),
        Some(Failed::Integer(location, value)) => body.insert(location, object! { "const": *value }),
        Some(Failed::Text(location, value)) => body.insert(location, object! { "const": value }),
    }
    body.extend(object! { "type": "object", "description": "The body of an error response." })
}
