//! A recorded request.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

/// A request that a fake received, with the status of the response.
///
/// Returned by [`Fake::requests`](super::Fake::requests).
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The name of the operation, such as `api_keys.list`; `None` if no operation has this method and path.
    pub operation: Option<&'static str>,
    /// The HTTP method.
    pub method: Method,
    /// The percent-encoded path below the base URL, with a leading slash.
    pub path: String,
    /// The decoded query parameters.
    pub query: Vec<(String, String)>,
    /// The headers. `Debug` redacts the API key and other sensitive values.
    pub headers: HeaderMap,
    /// The body; empty if there was none.
    pub body: Bytes,
    /// The status of the response; `None` if no response was sent.
    pub status: Option<StatusCode>,
}

impl RecordedRequest {
    /// Returns the body as JSON, or null if it is not valid JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Returns the first value of a query parameter.
    #[must_use]
    pub fn query_value(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.iter();
        pairs.find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Replaces the body with its length, because it may contain secrets.
impl fmt::Debug for RecordedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RecordedRequest")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("status", &self.status)
            .finish()
    }
}
