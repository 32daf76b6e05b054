//! Responses with their decoded value.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// A successful response: its status, headers and body, and the decoded value.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Response<T> {
    /// The HTTP status.
    pub status: StatusCode,
    /// The response headers.
    pub headers: HeaderMap,
    /// The body as received, including fields that `value` does not have.
    pub body: Bytes,
    /// The decoded value.
    pub value: T,
    pub(super) request_id: Option<String>,
}

impl Response<()> {
    /// Adds the decoded value.
    pub(super) fn with_value<T>(self, value: T) -> Response<T> {
        let Self {
            status,
            headers,
            body,
            request_id,
            value: (),
        } = self;
        Response {
            status,
            headers,
            body,
            value,
            request_id,
        }
    }
}

impl<T> Response<T> {
    /// Returns the ID that the API assigned to the request, for example to include it in a support request. Returns `None` if
    /// the API does not send it in a header.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }
}

/// Prints the length of the body instead of its content, which may be secret.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("value", &self.value)
            .field("request_id", &self.request_id)
            .finish()
    }
}
