//! Errors.

mod display;
mod failed;
mod kept_response;
mod one_line;
mod rejection;
mod retry_after;
mod transient;
mod transport;

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};
use serde_json::Value;

use self::kept_response::KeptResponse;
use self::rejection::Rejection;
use self::transient::{is_transient_failure, is_transient_status};
use super::json::DecodeError;
use super::request::next_parameter;
use super::{ErrorFields, OperationInfo};

pub(crate) use self::kept_response::IncompleteBody;
pub use self::transport::{TransportError, TransportErrorKind};

/// An error from a call, or from building a client.
///
/// A call fails if the request is invalid, if no response is received, if the API rejects the request, or if the
/// response cannot be decoded.
///
/// `Display` writes one line: the operation, the number of attempts if there were several, and the reason including
/// its root cause, such as an error of the operating system. [`source`](std::error::Error::source) therefore returns
/// `None`. Use [`transport_error`](Self::transport_error) and [`decode_error`](Self::decode_error) to inspect the
/// cause.
///
/// `Display` and `Debug` print neither the credentials nor the query. Of the response, they print only the status, the
/// content type and size of the body, the API's error code, message and request ID, and the path to a value that cannot
/// be decoded. Use [`headers`](Self::headers) and [`body`](Self::body) to inspect the response.
///
/// Cloning is cheap: clones share the response and the cause.
#[derive(Clone)]
pub struct Error(Box<Inner>);

// The large parts are shared, so that the code that drops them is compiled once, and not for each type of a result.
#[derive(Clone)]
struct Inner {
    operation: Option<&'static str>,
    /// `true` if sending the request twice has the same effect as sending it once.
    idempotent: bool,
    /// The number of attempts.
    attempts: u32,
    /// `true` if the deadline of the call had passed when it failed.
    is_past_deadline: bool,
    response: Option<Arc<KeptResponse>>,
    request_id: Option<String>,
    cause: Arc<Cause>,
}

enum Cause {
    /// The request or the client is invalid. Nothing was sent.
    InvalidRequest(String),
    /// The deadline left no time to send the request.
    DeadlineExceeded,
    /// The rate limit of the client delays the request by this time, past the deadline.
    RateLimitDelay(Duration),
    Transport(TransportError),
    Redirect(&'static str),
    Rejected(Rejection),
    Decode(DecodeError),
}

impl Error {
    /// Returns the HTTP status of the response.
    ///
    /// Returns `None` if no response was received, or if the response is successful but its body could not be received.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.response.as_ref().map(|response| response.status)
    }

    /// Returns the response headers, if there is a [status](Self::status).
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.response.as_ref().map(|response| &response.headers)
    }

    /// Returns the response body, or the part of it that was received. Bodies are truncated to 64 KiB.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.0.response.as_ref().map(|response| &response.body)
    }

    /// Returns the API's error code.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.rejection()?.code.as_deref()
    }

    /// Returns the API's error message.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.rejection()?.message.as_deref()
    }

    /// Returns the API's details about the error, as JSON.
    #[must_use]
    pub fn details(&self) -> Option<&Value> {
        self.rejection()?.details.as_ref()
    }

    /// Returns the ID that the API assigned to the request, for example to include it in a support request. It is read from
    /// the body of the response, or else from a response header, as the API defines it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Returns the URL of the documentation of the error code, if the API documents its error codes.
    #[must_use]
    pub fn docs_url(&self) -> Option<String> {
        let rejection = self.rejection()?;
        let code = rejection.code.as_ref()?.to_lowercase();
        let mut rest = rejection.docs_url?;
        let mut url = String::new();
        while let Some(place) = next_parameter(rest) {
            url.push_str(place.before);
            url.push_str(&code);
            rest = place.after;
        }
        url.push_str(rest);
        Some(url)
    }

    /// Returns the name of the failed operation, such as `api_keys.get`, or `None` if no call was made.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// Returns the number of attempts: 0 if none was made, and more than 1 if the call was retried.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns how long to wait before the next call, according to the `Retry-After` header of the response. For the status 429, the
    /// API may send the time when its rate limit resets in another header, which is read too.
    ///
    /// If nothing was sent because the rate limit of the client would delay the request past the deadline, returns that delay.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match &*self.0.cause {
            Cause::Rejected(rejection) => rejection.retry_after,
            Cause::RateLimitDelay(wait) => Some(*wait),
            Cause::InvalidRequest(_)
            | Cause::DeadlineExceeded
            | Cause::Transport(_)
            | Cause::Redirect(_)
            | Cause::Decode(_) => None,
        }
    }

    /// Returns `true` if the API responded with 404 Not Found. A base URL with a wrong path has the same effect.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.was_rejected_with(StatusCode::NOT_FOUND)
    }

    /// Returns `true` if the API responded with 429 Too Many Requests.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.was_rejected_with(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Returns `true` if the API responded with 401 Unauthorized, because it does not accept the credentials.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.was_rejected_with(StatusCode::UNAUTHORIZED)
    }

    /// Returns `true` if the API responded with 403 Forbidden, because the API key does not permit the operation.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.was_rejected_with(StatusCode::FORBIDDEN)
    }

    /// Returns `true` if the API responded with 400 Bad Request or 422 Unprocessable Content, because it considers the
    /// request invalid. [`message`](Self::message) tells why.
    #[must_use]
    pub fn is_bad_request(&self) -> bool {
        self.was_rejected_with(StatusCode::BAD_REQUEST) || self.was_rejected_with(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Returns `true` if the API responded with 409 Conflict.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.was_rejected_with(StatusCode::CONFLICT)
    }

    /// Returns `true` if the last attempt timed out, or if the deadline left no time to send the request.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(*self.0.cause, Cause::DeadlineExceeded | Cause::RateLimitDelay(_))
            || self.transport_kind().is_some_and(TransportErrorKind::is_timeout)
    }

    /// Returns `true` if the request or a setting of the client is invalid, so that nothing was sent. Returns `false` if the
    /// API rejected the request: see [`is_bad_request`](Self::is_bad_request).
    #[must_use]
    pub fn is_invalid_request(&self) -> bool {
        matches!(*self.0.cause, Cause::InvalidRequest(_))
    }

    /// Returns `true` if the last attempt could not connect to the server, also because of TLS or a proxy.
    /// [`transport_error`](Self::transport_error) tells these apart.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.transport_kind().is_some_and(TransportErrorKind::is_connect)
    }

    /// Returns `true` if a successful response could not be decoded.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.decode_error().is_some()
    }

    /// Returns `true` if the failure is transient and the call can safely be repeated.
    ///
    /// Clients use the same rule for retries: see [`RetryPolicy`](super::RetryPolicy).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.is_retryable_if(self.0.idempotent)
    }

    /// Returns `true` if the failure is transient and a request can safely be repeated that is idempotent or not.
    pub(crate) fn is_retryable_if(&self, idempotent: bool) -> bool {
        match &*self.0.cause {
            Cause::DeadlineExceeded | Cause::RateLimitDelay(_) => true,
            Cause::Transport(error) => is_transient_failure(error.kind(), idempotent),
            Cause::Rejected(_) => {
                let status = self.status();
                status.is_some_and(|status| is_transient_status(status, idempotent))
            }
            Cause::InvalidRequest(_) | Cause::Redirect(_) | Cause::Decode(_) => false,
        }
    }

    /// Returns the transport error, if no response was received or the body of a successful response is incomplete. Its sources are
    /// available through [`source`](std::error::Error::source).
    #[must_use]
    pub fn transport_error(&self) -> Option<&TransportError> {
        match &*self.0.cause {
            Cause::Transport(error) => Some(error),
            Cause::InvalidRequest(_)
            | Cause::DeadlineExceeded
            | Cause::RateLimitDelay(_)
            | Cause::Redirect(_)
            | Cause::Rejected(_)
            | Cause::Decode(_) => None,
        }
    }

    /// Returns the decoding error, if a successful response could not be decoded.
    #[must_use]
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &*self.0.cause {
            Cause::Decode(error) => Some(error),
            Cause::InvalidRequest(_)
            | Cause::DeadlineExceeded
            | Cause::RateLimitDelay(_)
            | Cause::Transport(_)
            | Cause::Redirect(_)
            | Cause::Rejected(_) => None,
        }
    }

    fn rejection(&self) -> Option<&Rejection> {
        match &*self.0.cause {
            Cause::Rejected(rejection) => Some(rejection),
            Cause::InvalidRequest(_)
            | Cause::DeadlineExceeded
            | Cause::RateLimitDelay(_)
            | Cause::Transport(_)
            | Cause::Redirect(_)
            | Cause::Decode(_) => None,
        }
    }

    fn was_rejected_with(&self, status: StatusCode) -> bool {
        self.rejection().is_some() && self.status() == Some(status)
    }

    fn transport_kind(&self) -> Option<TransportErrorKind> {
        self.transport_error().map(TransportError::kind)
    }

    /// Returns the value of OpenTelemetry's attribute `error.type`: the status of a rejection, or the kind of failure.
    pub(crate) fn kind(&self) -> Cow<'static, str> {
        Cow::Borrowed(match &*self.0.cause {
            Cause::InvalidRequest(_) => "invalid_request",
            Cause::DeadlineExceeded | Cause::RateLimitDelay(_) => "deadline_exceeded",
            Cause::Transport(error) => error.kind().name(),
            Cause::Redirect(_) => "redirect",
            Cause::Decode(_) => "decode",
            Cause::Rejected(_) => {
                return self
                    .status()
                    .map_or(Cow::Borrowed("rejected"), |status| status.as_str().to_owned().into());
            }
        })
    }
}

impl Error {
    pub(crate) fn invalid_request(problem: String) -> Self {
        Self::new(Cause::InvalidRequest(problem))
    }

    /// Returns an error that lists the problems of settings.
    pub(crate) fn invalid_settings(problems: &[String]) -> Self {
        // `join` is compiled for slices already.
        let problems: Vec<_> = problems.iter().map(String::as_str).collect();
        Self::invalid_request(problems.join("; "))
    }

    #[cfg(not(feature = "async"))]
    pub(crate) fn no_transport() -> Self {
        Self::invalid_request("missing transport: set one on the builder, or enable the feature `async`".to_owned())
    }

    pub(crate) fn deadline_exceeded() -> Self {
        Self::new(Cause::DeadlineExceeded)
    }

    pub(crate) fn rate_limit_delay(wait: Duration) -> Self {
        Self::new(Cause::RateLimitDelay(wait))
    }

    pub(crate) fn transport(error: TransportError) -> Self {
        Self::new(Cause::Transport(error))
    }

    pub(crate) fn redirect(why: &'static str, response: &Response<Bytes>, fields: &ErrorFields) -> Self {
        Self::new(Cause::Redirect(why)).with_response(response, fields)
    }

    pub(crate) fn decode(error: DecodeError, response: &Response<Bytes>, fields: &ErrorFields) -> Self {
        Self::new(Cause::Decode(error)).with_response(response, fields)
    }

    pub(crate) fn rejected(response: &Response<Bytes>, fields: &ErrorFields) -> Self {
        let (rejection, request_id) = Rejection::read(response, fields);
        let mut error = Self::new(Cause::Rejected(rejection)).with_response(response, fields);
        error.0.request_id = request_id.or(error.0.request_id);
        error
    }

    /// Sets the failed operation.
    pub(crate) fn with_operation(mut self, operation: &OperationInfo) -> Self {
        self.0.operation = Some(operation.name);
        self.0.idempotent = operation.idempotent;
        self
    }

    /// Sets the number of attempts.
    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Sets whether the deadline of the call has passed.
    pub(crate) fn with_past_deadline(mut self, is_past_deadline: bool) -> Self {
        self.0.is_past_deadline = is_past_deadline;
        self
    }

    fn new(cause: Cause) -> Self {
        Self(Box::new(Inner {
            operation: None,
            idempotent: false,
            attempts: 0,
            is_past_deadline: false,
            response: None,
            request_id: None,
            cause: Arc::new(cause),
        }))
    }

    fn with_response(mut self, response: &Response<Bytes>, fields: &ErrorFields) -> Self {
        self.0.request_id = fields.request_id_in(response.headers());
        self.0.response = Some(Arc::new(KeptResponse::new(response)));
        self
    }
}
