//! What an API answers when it refuses, in its own shape.

use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE, HeaderName};
use http::{HeaderValue, Response, StatusCode};
use serde_json::{Map, Value};

use super::table::Rules;
use crate::generated::API;

/// Why a request is refused.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    message: String,
    allow: Option<String>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            allow: None,
        }
    }

    /// The request itself is wrong.
    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// The path takes other methods.
    pub(crate) fn method(allowed: impl IntoIterator<Item = &'static str>) -> Self {
        let allowed = allowed.into_iter().collect::<Vec<_>>().join(", ");
        Self {
            allow: Some(allowed.clone()),
            ..Self::new(
                StatusCode::METHOD_NOT_ALLOWED,
                format!("this path takes other methods: {allowed}"),
            )
        }
    }

    /// The answer, where the API says why.
    pub(crate) fn into_response(self, rules: &Rules, operation_id: &str) -> Response<Bytes> {
        let status = self.status.as_u16();
        let code = rules.codes.iter().find(|(of, _)| *of == status).map(|(_, code)| *code);
        let parts = [
            (API.errors.code, code.map(Value::from)),
            (rules.status, Some(status.into())),
            (API.errors.message, Some(self.message.into())),
            (API.errors.operation_id, Some(operation_id.into())),
        ];
        let mut body = Map::new();
        for (pointer, value) in parts {
            if let (Some(pointer), Some(value)) = (pointer, value) {
                insert(&mut body, pointer, value);
            }
        }
        let mut response = json(self.status, &Value::Object(body));
        if let Some(allow) = self.allow.and_then(|allow| HeaderValue::try_from(allow).ok()) {
            response.headers_mut().insert(ALLOW, allow);
        }
        name_request(&mut response, operation_id);
        response
    }
}

/// An answer with a body.
pub(crate) fn json(status: StatusCode, body: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

/// Names the request in an answer, where the API does.
pub(crate) fn name_request(response: &mut Response<Bytes>, operation_id: &str) {
    let name = API
        .errors
        .operation_id_header
        .and_then(|name| HeaderName::try_from(name).ok());
    if let (Some(name), Ok(value)) = (name, HeaderValue::try_from(operation_id)) {
        response.headers_mut().insert(name, value);
    }
}

/// Puts a value where a JSON pointer leads to.
fn insert(body: &mut Map<String, Value>, pointer: &str, value: Value) {
    match pointer.trim_start_matches('/').split_once('/') {
        None => {
            body.insert(pointer.trim_start_matches('/').to_owned(), value);
        }
        Some((key, rest)) => {
            let inner = body.entry(key).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_lead_into_objects() {
        let mut body = Map::new();
        insert(&mut body, "/a", 1.into());
        insert(&mut body, "/b/c", 2.into());
        insert(&mut body, "/b/d/e", 3.into());
        assert_eq!(Value::Object(body).to_string(), r#"{"a":1,"b":{"c":2,"d":{"e":3}}}"#);
    }
}
