//! The outcome of a request.

use std::time::Duration;

use bytes::Bytes;
use http::header::DATE;
use http::{HeaderMap, HeaderValue, Response};

/// The outcome of a request, as the client sees it.
#[derive(Debug)]
pub(crate) enum Outcome {
    Response(Response<Bytes>),
    /// The response, after a delay.
    Delayed(Response<Bytes>, Duration),
    /// The first part of the response.
    Truncated(Response<Bytes>),
    /// No response.
    ConnectionClosed,
    /// No connection.
    ConnectionRefused,
}

impl Outcome {
    /// Returns the response, even if the client sees only a part of it.
    pub(crate) fn response(&self) -> Option<&Response<Bytes>> {
        match self {
            Self::Response(response) | Self::Delayed(response, _) | Self::Truncated(response) => Some(response),
            Self::ConnectionClosed | Self::ConnectionRefused => None,
        }
    }

    /// Returns the response for changes, even if the client sees only a part of it.
    pub(crate) fn response_mut(&mut self) -> Option<&mut Response<Bytes>> {
        match self {
            Self::Response(response) | Self::Delayed(response, _) | Self::Truncated(response) => Some(response),
            Self::ConnectionClosed | Self::ConnectionRefused => None,
        }
    }

    /// Adds headers to the response, if there is one.
    pub(crate) fn with_headers(mut self, headers: &HeaderMap) -> Self {
        if let Some(response) = self.response_mut() {
            response.headers_mut().extend(headers.clone());
        }
        self
    }

    /// Adds the `date` header to the response, unless it has one.
    pub(crate) fn with_date(mut self, date: HeaderValue) -> Self {
        if let Some(response) = self.response_mut() {
            response.headers_mut().entry(DATE).or_insert(date);
        }
        self
    }
}
