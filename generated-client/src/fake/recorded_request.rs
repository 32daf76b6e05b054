//! What a fake was asked.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

/// A request that a fake received, and what came of it.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The operation that it called, as in `resource.verb`; none where there is no such operation.
    pub operation: Option<&'static str>,
    /// The HTTP method.
    pub method: Method,
    /// The path below the base URL, as it was sent: encoded, with a slash in front.
    pub path: String,
    /// The query's pairs, decoded.
    pub query: Vec<(String, String)>,
    /// The headers. `Debug` shows neither the key nor what else is sensitive.
    pub headers: HeaderMap,
    /// The body; empty where there was none.
    pub body: Bytes,
    /// The status of the response; none where no response was sent.
    pub status: Option<StatusCode>,
}

impl RecordedRequest {
    /// The body as JSON; null where it is empty or no JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The first value of a query parameter.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.iter();
        pairs.find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Shows the body's length alone: it may hold secrets.
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
