//! Responses before decoding.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};
use tracing::Span;

use crate::runtime::json::DecodeError;
use crate::runtime::{Api, OperationInfo};

/// The input of decoding.
#[derive(Clone, Copy, Debug)]
pub struct RawResponse<'a> {
    /// The operation that was called.
    pub info: &'a OperationInfo,
    /// The query of the request, percent-encoded.
    pub query: &'a str,
    /// The HTTP status.
    pub status: StatusCode,
    /// The response headers.
    pub headers: &'a HeaderMap,
    /// The whole body.
    pub body: &'a [u8],
    /// The query parameter of the API key, which page tokens must not contain.
    pub key_parameter: Option<&'static str>,
}

impl RawResponse<'_> {
    /// Returns the error for a status that the operation does not return.
    #[cold]
    pub(crate) fn unexpected_status(&self) -> DecodeError {
        DecodeError::at(String::new(), &format!("unexpected status {}", self.status))
    }
}

/// A successful response, with information about its request.
pub struct ReceivedResponse {
    pub(crate) api: &'static Api,
    pub(crate) info: &'static OperationInfo,
    /// The query of the request, percent-encoded.
    pub(crate) query: String,
    pub(crate) response: Response<Bytes>,
    /// The number of attempts.
    pub(crate) attempts: u32,
    /// The tracing span of the call.
    pub(crate) span: Span,
}

impl ReceivedResponse {
    pub(crate) fn raw(&self) -> RawResponse<'_> {
        RawResponse {
            info: self.info,
            query: &self.query,
            status: self.response.status(),
            headers: self.response.headers(),
            body: self.response.body(),
            key_parameter: self.api.auth.query_parameter().filter(|_| self.info.authenticated),
        }
    }

    /// Returns the response without its value.
    pub(crate) fn without_value(&self) -> super::Response<()> {
        super::Response {
            request_id: self.api.errors.request_id_in(self.response.headers()),
            status: self.response.status(),
            headers: self.response.headers().clone(),
            body: self.response.body().clone(),
            value: (),
        }
    }
}

/// Prints nothing of the response, because it may be secret.
impl fmt::Debug for ReceivedResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ReceivedResponse")
    }
}
