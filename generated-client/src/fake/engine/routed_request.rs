//! A request for an operation of the API.

use serde_json::{Map, Value};

use crate::fake::rejection::Rejection;
use crate::fake::table::Route;
use crate::runtime::Timestamp;

/// A request whose path and method belong to an operation, and which may call it.
pub(crate) struct RoutedRequest<'a> {
    pub(crate) route: &'static Route,
    /// The values of the path's parameters, in order.
    pub(crate) parameters: &'a [String],
    /// The decoded pairs of the query.
    pub(crate) query: &'a [(String, String)],
    pub(crate) body: &'a [u8],
    pub(crate) now: Timestamp,
}

impl RoutedRequest<'_> {
    /// The body, which must be a JSON object.
    pub(super) fn object(&self) -> Result<Map<String, Value>, Rejection> {
        match serde_json::from_slice(self.body) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) => Err(Rejection::bad_request("the body must be a JSON object")),
            Err(error) => Err(Rejection::bad_request(format!("the body is no valid JSON: {error}"))),
        }
    }

    /// The body, which must be a JSON object or empty.
    pub(super) fn object_or_empty(&self) -> Result<Map<String, Value>, Rejection> {
        if self.body.is_empty() {
            Ok(Map::new())
        } else {
            self.object()
        }
    }
}
