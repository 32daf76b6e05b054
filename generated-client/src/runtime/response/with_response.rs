//! A response beside its value.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// A successful response with its status, headers and body, and the decoded value.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Response<T> {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as received, with fields that `value` does not know.
    pub body: Bytes,
    /// What the body was read as.
    pub value: T,
}

/// Shows the body's length alone: it may hold secrets.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("value", &self.value)
            .finish()
    }
}
