//! Error responses in the format of the API.

use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE, HeaderName};
use http::{HeaderValue, Response, StatusCode};
use serde_json::{Map, Value};

use super::pointer::insert_at;
use super::table::Index;
use crate::runtime::{Api, Failed};

/// The maximum number of characters of a message.
const MAX_MESSAGE: usize = 1000;

/// The status and message of a rejected request.
#[derive(Clone, Debug)]
pub(crate) struct Rejection {
    /// The status; `None` for the one of invalid requests.
    status: Option<StatusCode>,
    message: String,
    /// The error code, unless it follows from the status.
    code: Option<String>,
    allow: Option<String>,
}

impl Rejection {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status: Some(status),
            message: shorten(message.into()),
            code: None,
            allow: None,
        }
    }

    /// The request is well-formed, but its body or query is invalid.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self {
            status: None,
            ..Self::bad_request(message)
        }
    }

    /// Sets the error code if it is `Some`.
    pub(crate) fn with_code(mut self, code: Option<String>) -> Self {
        self.code = code.or(self.code);
        self
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// A 409: another object has this key.
    pub(crate) fn conflict(key: &str) -> Self {
        Self::new(StatusCode::CONFLICT, format!("`{key}` already exists"))
    }

    /// A 405 with the methods that the path supports.
    pub(crate) fn method_not_allowed(allowed: impl IntoIterator<Item = &'static str>) -> Self {
        let allowed = allowed.into_iter().collect::<Vec<_>>().join(", ");
        Self {
            allow: Some(allowed.clone()),
            ..Self::new(
                StatusCode::METHOD_NOT_ALLOWED,
                format!("method not allowed: this path supports {allowed}"),
            )
        }
    }

    /// Returns the error response to the request with this ID.
    pub(crate) fn into_response(self, index: &Index, request_id: &str) -> Response<Bytes> {
        let (errors, rules) = (&index.api.errors, &index.rules);
        let invalid = || StatusCode::from_u16(rules.invalid).unwrap_or(StatusCode::BAD_REQUEST);
        let code = self.status.unwrap_or_else(invalid);
        let status = code.as_u16();
        let usual = || {
            rules
                .codes
                .iter()
                .find(|(of, _)| *of == status)
                .map(|(_, code)| (*code).into())
        };
        let parts = [
            (errors.code, self.code.map(Value::from).or_else(usual)),
            (rules.status, Some(status.into())),
            (errors.message, Some(self.message.into())),
            (errors.request_id, Some(request_id.into())),
        ];
        let mut body = Map::new();
        if let Some(failed) = errors.failed {
            insert_failure(&mut body, failed);
        }
        for (pointer, value) in parts {
            if let (Some(pointer), Some(value)) = (pointer, value) {
                insert_at(&mut body, pointer, value);
            }
        }
        let mut response = json(code, &Value::Object(body));
        if let Some(allow) = self.allow.and_then(|allow| HeaderValue::try_from(allow).ok()) {
            response.headers_mut().insert(ALLOW, allow);
        }
        insert_request_id(&mut response, index.api, request_id);
        response
    }
}

/// Inserts the value that marks a response as an error.
fn insert_failure(body: &mut Map<String, Value>, failed: Failed) {
    match failed {
        // The other values of the error follow.
        Failed::Present(location) => insert_at(body, location, Value::Object(Map::new())),
        Failed::Boolean(location, value) => insert_at(body, location, value.into()),
        Failed::Integer(location, value) => insert_at(body, location, value.into()),
        Failed::Text(location, value) => insert_at(body, location, value.into()),
    }
}

/// Returns a response with a JSON body.
pub(crate) fn json(status: StatusCode, body: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

/// Adds the header with the request ID, if the API has one.
pub(crate) fn insert_request_id(response: &mut Response<Bytes>, api: &Api, request_id: &str) {
    let name = api
        .errors
        .request_id_header
        .and_then(|name| HeaderName::try_from(name).ok());
    if let (Some(name), Ok(value)) = (name, HeaderValue::try_from(request_id)) {
        response.headers_mut().insert(name, value);
    }
}

/// Shortens a message that repeats a long part of the request.
fn shorten(mut message: String) -> String {
    if let Some((end, _)) = message.char_indices().nth(MAX_MESSAGE) {
        message.truncate(end);
        message.push('…');
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_long_messages() {
        let long = Rejection::bad_request("ä".repeat(MAX_MESSAGE + 1)).message;
        assert_eq!(long, "ä".repeat(MAX_MESSAGE) + "…");
        let short = "ä".repeat(MAX_MESSAGE);
        assert_eq!(Rejection::bad_request(short.clone()).message, short);
    }
}
