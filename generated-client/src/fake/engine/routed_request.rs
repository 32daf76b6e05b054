//! A request to an operation of the API.

use serde_json::{Map, Value};

use crate::fake::rejection::Rejection;
use crate::fake::table::Route;
use crate::runtime::Timestamp;

/// A request that passed the checks and has an operation.
pub(crate) struct RoutedRequest<'a> {
    pub(crate) route: &'static Route,
    /// The values of the path parameters, in order.
    pub(crate) parameters: &'a [String],
    /// The decoded query parameters.
    pub(crate) query: &'a [(String, String)],
    pub(crate) body: &'a [u8],
    pub(crate) now: Timestamp,
}

impl RoutedRequest<'_> {
    /// Returns the first value of a query parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let pair = self.query.iter().find(|(key, _)| key == name)?;
        Some(&pair.1)
    }

    /// Parses the body, which must be a JSON object; an empty body is an empty object. Returns it without the key and the constants of
    /// the operation.
    pub(super) fn object(&self) -> Result<Map<String, Value>, Rejection> {
        let info = self.route.info;
        // RFC 8259 allows a parser to ignore a byte order mark.
        let body = self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(self.body);
        if body.is_empty() {
            return Ok(Map::new());
        }
        let mut body = serde_json::from_slice(body)
            .map_err(|error| Rejection::bad_request(format!("the body is not valid JSON: {error}")))?;
        if let Some(key) = info.request_key {
            let missing = || Rejection::invalid(format!("the body must be an object with the key `{key}`"));
            body = match body {
                Value::Object(mut wrapper) => wrapper.remove(key).ok_or_else(missing)?,
                _ => return Err(missing()),
            };
        }
        let Value::Object(mut object) = body else {
            return Err(Rejection::invalid("the body must be a JSON object"));
        };
        for (key, _) in info.fixed {
            object.remove(*key);
        }
        Ok(object)
    }
}
