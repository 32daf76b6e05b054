//! The body of an error response.

use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::Value;

use super::kept_response::{IncompleteBody, content_type};
use super::retry_after::{reset_header, retry_after_header};
use crate::runtime::ErrorFields;
use crate::runtime::json::{JsonValue, decode_json};

/// The API's description of an error.
pub(crate) struct Rejection {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) details: Option<Value>,
    pub(crate) retry_after: Option<Duration>,
    /// A description of the body, used if the API returned no message.
    pub(crate) description: String,
    /// The URL template of the documentation of error codes.
    pub(crate) docs_url: Option<&'static str>,
}

impl Rejection {
    /// Reads an error response. Also returns the ID of the request, if the body contains it.
    pub(crate) fn read(response: &Response<Bytes>, fields: &ErrorFields) -> (Self, Option<String>) {
        // Uses the decoder of all responses, because a second one would make programs larger.
        let mut body = Value::Null;
        let json = decode_json(response.body(), body.target()).is_ok().then_some(body);
        let at = |pointer: Option<&str>| json.as_ref()?.pointer(pointer?);
        let text = |pointer| match at(pointer)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            // Some APIs use numeric error codes.
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let rejection = Self {
            code: text(fields.code),
            message: text(fields.message),
            details: at(fields.details).filter(|details| !details.is_null()).cloned(),
            retry_after: retry_after(response, fields),
            description: describe(response),
            docs_url: fields.docs_url,
        };
        (rejection, text(fields.request_id))
    }
}

/// Returns how long to wait before the next request.
fn retry_after(response: &Response<Bytes>, fields: &ErrorFields) -> Option<Duration> {
    let headers = response.headers();
    let reset = fields
        .rate_limit_reset
        .filter(|_| response.status() == StatusCode::TOO_MANY_REQUESTS);
    retry_after_header(headers).or_else(|| reset_header(headers, reset?))
}

/// Describes the body without repeating any of its content.
fn describe(response: &Response<Bytes>) -> String {
    let (length, content_type) = (response.body().len(), content_type(response));
    match (response.extensions().get(), length) {
        (Some(IncompleteBody(kind)), length) => {
            let problem = kind.describe();
            format!("with an incomplete body of {length} bytes ({content_type}): {problem}")
        }
        (None, 0) => "without a body".to_owned(),
        (None, length) => format!("with a body of {length} bytes ({content_type})"),
    }
}
