//! A recorded request.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

use crate::runtime::Timestamp;

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
    /// The decoded query parameters. `Debug` redacts an API key.
    pub query: Vec<(String, String)>,
    /// The headers. `Debug` redacts the credentials and other sensitive values.
    pub headers: HeaderMap,
    /// The body; empty if there was none.
    pub body: Bytes,
    /// The status of the response; `None` if no response was sent.
    pub status: Option<StatusCode>,
    /// The time when the request was received, by the clock of the fake, in whole seconds.
    pub time: Timestamp,
    /// The query parameter with the API key, which `Debug` redacts.
    pub(super) key_parameter: Option<&'static str>,
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

    /// Returns the value of a query parameter as `Debug` prints it.
    fn shown<'a>(&self, name: &str, value: &'a str) -> &'a str {
        if self.key_parameter == Some(name) {
            "[redacted]"
        } else {
            value
        }
    }
}

/// Replaces the body with its length, because it may contain secrets.
impl fmt::Debug for RecordedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: Vec<_> = self
            .query
            .iter()
            .map(|(name, value)| (name, self.shown(name, value)))
            .collect();
        formatter
            .debug_struct("RecordedRequest")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &query)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("status", &self.status)
            .field("time", &self.time)
            .finish_non_exhaustive()
    }
}
