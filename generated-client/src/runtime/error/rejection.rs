//! The body of an error response.

use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::Value;

use super::kept_response::{IncompleteBody, content_type};
use super::retry_after::{reset_header, retry_after_header};
use crate::runtime::ErrorFields;
use crate::runtime::json::{JsonValue, decode_json, find_value};

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
        let at = |location| value_at(response.body(), location?);
        let text = |location| match at(location)? {
            Value::String(text) if !text.is_empty() => Some(text),
            // Some APIs use numeric error codes.
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let rejection = Self {
            code: text(fields.code),
            message: text(fields.message),
            details: at(fields.details).filter(|details| !details.is_null()),
            retry_after: retry_after(response, fields),
            description: describe(response),
            docs_url: fields.docs_url,
        };
        (rejection, text(fields.request_id))
    }
}

/// Reads the value at a location, even if another value of the body cannot be decoded.
fn value_at(body: &[u8], location: &'static str) -> Option<Value> {
    // Uses the decoder of all responses, because a second one would make programs larger.
    let mut value = Value::Null;
    decode_json(&body[find_value(body, location)?], value.target()).ok()?;
    Some(value)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_each_value_on_its_own() {
        let fields = ErrorFields {
            code: Some("/errors/0/code"),
            message: Some("/msg"),
            details: Some("/details"),
            request_id: Some("/id"),
            ..ErrorFields::NONE
        };
        let read = |body: Vec<u8>| {
            let (rejection, id) = Rejection::read(&Response::new(body.into()), &fields);
            let details = rejection.details.map(|details| details.to_string());
            [rejection.code, rejection.message, details, id]
        };
        let rest = r#""msg": "m", "errors": [{"code": 7}]"#;
        let expected = |details: Option<&str>, id: Option<&str>| {
            [Some("7"), Some("m"), details, id].map(|text| text.map(str::to_owned))
        };
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        for (body, details, id) in [
            (
                r#""details": {"a": 1}, "id": "r""#.to_owned(),
                Some(r#"{"a":1}"#),
                Some("r"),
            ),
            (format!(r#""details": {deep}, "id": "r""#), None, Some("r")),
            (r#""details": "\ud800", "id": 1e999999"#.to_owned(), None, None),
            (r#""details": null, "id": """#.to_owned(), None, None),
        ] {
            let body = format!("{{{body}, {rest}}}").into_bytes();
            assert_eq!(read(body), expected(details, id));
        }
        let body = [b"{\"details\": \"\xff\", ", rest.as_bytes(), b"}"].concat();
        assert_eq!(read(body), expected(None, None));
        assert_eq!(read(b"<html>".to_vec()), [None, None, None, None]);
    }
}
