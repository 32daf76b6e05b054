//! The body of a response that rejects a request.

use std::time::Duration;

use bytes::Bytes;
use http::Response;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::retry_after::retry_after;
use crate::runtime::ErrorFields;
use crate::runtime::json::{JsonValue, decode_json};

/// The API's own words about an error.
pub(crate) struct Rejection {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) details: Option<Value>,
    pub(crate) retry_after: Option<Duration>,
    /// Describes the body, for a response without a message.
    pub(crate) description: String,
    /// The template of a URL that explains a code.
    pub(crate) docs_url: Option<&'static str>,
}

impl Rejection {
    /// Reads a response, and with it the ID of the request if the body has one.
    pub(crate) fn read(response: &Response<Bytes>, fields: &ErrorFields) -> (Self, Option<String>) {
        // Read as all responses are: a second reader would make programs larger.
        let mut body = Value::Null;
        let json = decode_json(response.body(), body.target()).is_ok().then_some(body);
        let at = |pointer: Option<&str>| json.as_ref()?.pointer(pointer?);
        let text = |pointer| match at(pointer)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            // Some APIs number their errors.
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let rejection = Self {
            code: text(fields.code),
            message: text(fields.message),
            details: at(fields.details).filter(|details| !details.is_null()).cloned(),
            retry_after: retry_after(response.headers()),
            description: describe(response),
            docs_url: fields.docs_url,
        };
        (rejection, text(fields.request_id))
    }
}

/// Describes a body without repeating anything of it.
fn describe(response: &Response<Bytes>) -> String {
    let content_type = response.headers().get(CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok()?.split(';').next());
    match (response.body().len(), content_type) {
        (0, _) => "without a body".to_owned(),
        (length, Some(content_type)) => format!("with {length} bytes of {content_type}"),
        (length, None) => format!("with {length} bytes of no declared type"),
    }
}
