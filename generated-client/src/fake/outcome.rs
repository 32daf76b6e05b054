//! What a client sees of a call.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Response};

/// What a client sees of a call.
#[derive(Debug)]
pub(crate) enum Outcome {
    Response(Response<Bytes>),
    /// The response, after this time.
    Delayed(Response<Bytes>, Duration),
    /// The first part of this response.
    Truncated(Response<Bytes>),
    /// No response.
    ConnectionClosed,
    /// No connection.
    ConnectionRefused,
}

impl Outcome {
    /// The response, even if the client sees only a part of it.
    pub(crate) fn response(&self) -> Option<&Response<Bytes>> {
        match self {
            Self::Response(response) | Self::Delayed(response, _) | Self::Truncated(response) => Some(response),
            Self::ConnectionClosed | Self::ConnectionRefused => None,
        }
    }

    /// Adds headers to the response, if there is one.
    pub(crate) fn with_headers(mut self, headers: &HeaderMap) -> Self {
        match &mut self {
            Self::Response(response) | Self::Delayed(response, _) | Self::Truncated(response) => {
                response.headers_mut().extend(headers.clone());
            }
            Self::ConnectionClosed | Self::ConnectionRefused => {}
        }
        self
    }
}
