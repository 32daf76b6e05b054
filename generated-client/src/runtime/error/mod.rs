//! Why a call failed.

mod one_line;
mod retry_after;
mod transient;
mod transport;

use std::fmt::{self, Display};
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Response, StatusCode};
use serde_json::Value;

use self::one_line::OneLine;
use self::retry_after::retry_after;
use self::transient::{is_transient_failure, is_transient_status};
use super::json::{DecodeError, JsonValue, decode_json};
use super::{ErrorFields, OperationInfo};

pub use self::transport::{TransportError, TransportErrorKind};

/// Why a call failed.
///
/// What it shows holds neither the key, nor a query, nor any value of an answer beyond the API's own message.
pub struct Error(Box<Inner>);

struct Inner {
    operation: Option<&'static str>,
    /// Whether sending the request twice does what sending it once does.
    idempotent: bool,
    /// How often the request was sent.
    attempts: u32,
    status: Option<StatusCode>,
    operation_id: Option<String>,
    cause: Cause,
}

enum Cause {
    /// Nothing was sent, for what the caller gave cannot be.
    InvalidRequest(String),
    /// Nothing was sent in the time that the call had.
    DeadlineExceeded,
    Transport(TransportError),
    Redirect(&'static str),
    Rejected(ErrorResponse),
    Decode(DecodeError),
}

/// What an error answer says.
struct ErrorResponse {
    code: Option<String>,
    message: Option<String>,
    details: Option<Value>,
    retry_after: Option<Duration>,
    /// What came in the place of a message.
    body: String,
    /// The template of a URL that explains a code.
    docs_url: Option<&'static str>,
}

impl Error {
    /// The HTTP status, when the API answered.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The API's code for this kind of error.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.error_response()?.code.as_deref()
    }

    /// The API's own words.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.error_response()?.message.as_deref()
    }

    /// Whatever else the API told.
    #[must_use]
    pub fn details(&self) -> Option<&Value> {
        self.error_response()?.details.as_ref()
    }

    /// What the API calls the request, for its support.
    #[must_use]
    pub fn operation_id(&self) -> Option<&str> {
        self.0.operation_id.as_deref()
    }

    /// The page about the error's code.
    #[must_use]
    pub fn docs_url(&self) -> Option<String> {
        let code = self.code()?.to_lowercase();
        Some(self.error_response()?.docs_url?.replace("{code}", &code))
    }

    /// The operation that failed, as in `resource.verb`; `None` before any call.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// How often the call was attempted: 0 when nothing was sent, more than 1 when it was sent again.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the API asks to wait before the next call.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.error_response()?.retry_after
    }

    /// The thing does not exist (404).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.was_rejected_with(StatusCode::NOT_FOUND)
    }

    /// Too many requests came in too short a time (429).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.was_rejected_with(StatusCode::TOO_MANY_REQUESTS)
    }

    /// The API does not accept the key (401).
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.was_rejected_with(StatusCode::UNAUTHORIZED)
    }

    /// The request does not fit the state of things (409).
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.was_rejected_with(StatusCode::CONFLICT)
    }

    /// The answer took too long, or the call's deadline left no time to send.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.cause, Cause::DeadlineExceeded) || self.transport_kind() == Some(TransportErrorKind::Timeout)
    }

    /// No connection opened: nothing was sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.transport_kind() == Some(TransportErrorKind::Connect)
    }

    /// A successful answer could not be read.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self.0.cause, Cause::Decode(_))
    }

    /// The same call, made again later, may succeed, and making it twice does no harm.
    ///
    /// What a client's own attempts go by, too: see [`RetryPolicy`](super::RetryPolicy).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match &self.0.cause {
            Cause::DeadlineExceeded => true,
            Cause::Transport(error) => is_transient_failure(error.kind(), self.0.idempotent),
            Cause::Rejected(_) => self
                .0
                .status
                .is_some_and(|status| is_transient_status(status, self.0.idempotent)),
            Cause::InvalidRequest(_) | Cause::Redirect(_) | Cause::Decode(_) => false,
        }
    }

    fn error_response(&self) -> Option<&ErrorResponse> {
        match &self.0.cause {
            Cause::Rejected(error_response) => Some(error_response),
            Cause::InvalidRequest(_)
            | Cause::DeadlineExceeded
            | Cause::Transport(_)
            | Cause::Redirect(_)
            | Cause::Decode(_) => None,
        }
    }

    fn was_rejected_with(&self, status: StatusCode) -> bool {
        self.error_response().is_some() && self.0.status == Some(status)
    }

    fn transport_kind(&self) -> Option<TransportErrorKind> {
        match &self.0.cause {
            Cause::Transport(error) => Some(error.kind()),
            Cause::InvalidRequest(_)
            | Cause::DeadlineExceeded
            | Cause::Redirect(_)
            | Cause::Rejected(_)
            | Cause::Decode(_) => None,
        }
    }

    /// What failed, in words that hold nothing of the answer.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.0.cause {
            Cause::InvalidRequest(_) => "the request cannot be sent",
            Cause::DeadlineExceeded => "the deadline left no time",
            Cause::Transport(error) => error.kind().describe(),
            Cause::Redirect(_) => "the redirect was not followed",
            Cause::Rejected(_) => "the API refused",
            Cause::Decode(_) => "the answer cannot be read",
        }
    }
}

impl Error {
    pub(crate) fn invalid_request(problem: String) -> Self {
        Self::new(Cause::InvalidRequest(problem))
    }

    pub(crate) fn no_transport() -> Self {
        Self::invalid_request(
            "the client has no transport: give the builder one, or build the crate with one".to_owned(),
        )
    }

    pub(crate) fn deadline_exceeded() -> Self {
        Self::new(Cause::DeadlineExceeded)
    }

    pub(crate) fn transport(error: TransportError) -> Self {
        Self::new(Cause::Transport(error))
    }

    pub(crate) fn redirect(why: &'static str, answer: &Response<Bytes>, fields: &ErrorFields) -> Self {
        Self::new(Cause::Redirect(why)).after(answer.status(), answer.headers(), fields)
    }

    pub(crate) fn undecodable(
        error: DecodeError,
        status: StatusCode,
        headers: &HeaderMap,
        fields: &ErrorFields,
    ) -> Self {
        Self::new(Cause::Decode(error)).after(status, headers, fields)
    }

    pub(crate) fn rejected(answer: &Response<Bytes>, fields: &ErrorFields) -> Self {
        // Read as responses are: a second reader would make programs larger.
        let mut body = Value::Null;
        let json = decode_json(answer.body(), body.target()).is_ok().then_some(body);
        let at = |pointer: Option<&str>| json.as_ref()?.pointer(pointer?);
        let text = |pointer| match at(pointer)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            // Some APIs number their errors.
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let error_response = ErrorResponse {
            code: text(fields.code),
            message: text(fields.message),
            details: at(fields.details).filter(|details| !details.is_null()).cloned(),
            retry_after: retry_after(answer.headers()),
            body: describe_body(answer),
            docs_url: fields.docs_url,
        };
        let operation_id = text(fields.operation_id);
        let mut error = Self::new(Cause::Rejected(error_response)).after(answer.status(), answer.headers(), fields);
        error.0.operation_id = operation_id.or(error.0.operation_id);
        error
    }

    /// The same error, of this operation.
    pub(crate) fn of(mut self, operation: &OperationInfo) -> Self {
        self.0.operation = Some(operation.name);
        self.0.idempotent = operation.idempotent;
        self
    }

    /// The same error, after so many attempts.
    pub(crate) fn after_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    fn new(cause: Cause) -> Self {
        Self(Box::new(Inner {
            operation: None,
            idempotent: false,
            attempts: 0,
            status: None,
            operation_id: None,
            cause,
        }))
    }

    fn after(mut self, status: StatusCode, headers: &HeaderMap, fields: &ErrorFields) -> Self {
        let id = fields
            .operation_id_header
            .and_then(|name| headers.get(name)?.to_str().ok());
        self.0.operation_id = id.map(str::to_owned);
        self.0.status = Some(status);
        self
    }
}

/// What a body without a message is, never what it holds.
fn describe_body(answer: &Response<Bytes>) -> String {
    let kind = answer
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok()?.split(';').next());
    match (answer.body().len(), kind) {
        (0, _) => "without a body".to_owned(),
        (length, Some(kind)) => format!("with {length} bytes of {kind}"),
        (length, None) => format!("with {length} bytes of no declared type"),
    }
}

/// One line: which operation failed, after how many attempts where there were several, and why.
impl Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.operation, self.0.attempts) {
            (Some(operation), 0 | 1) => write!(formatter, "{operation} failed: ")?,
            (Some(operation), attempts) => write!(formatter, "{operation} failed after {attempts} attempts: ")?,
            (None, _) => {}
        }
        write!(formatter, "{}", Reason(&self.0))
    }
}

/// Why the call failed, without saying which.
struct Reason<'a>(&'a Inner);

impl Display for Reason<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = Status(self.0.status);
        match &self.0.cause {
            Cause::InvalidRequest(problem) => write!(formatter, "{}", OneLine(problem)),
            Cause::DeadlineExceeded => formatter.write_str("the call's deadline left no time to send it"),
            Cause::Transport(error) => describe_transport(error, formatter),
            Cause::Redirect(why) => write!(formatter, "{status}: the redirect was not followed: {why}"),
            Cause::Decode(error) => {
                write!(
                    formatter,
                    "{status}: cannot read the answer: {}",
                    OneLine(&error.to_string())
                )
            }
            Cause::Rejected(error_response) => {
                match &error_response.message {
                    Some(message) => write!(formatter, "{status}: {}", OneLine(message))?,
                    None => write!(formatter, "{status} {}", OneLine(&error_response.body))?,
                }
                let names = [error_response.code.as_deref(), self.0.operation_id.as_deref()];
                let names = names.into_iter().flatten().collect::<Vec<_>>().join(", ");
                if names.is_empty() {
                    Ok(())
                } else {
                    write!(formatter, " ({})", OneLine(&names))
                }
            }
        }
    }
}

/// The transport's words, with the root of their cause.
fn describe_transport(error: &TransportError, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(formatter, "{error}")?;
    let mut cause = std::error::Error::source(error);
    while let Some(deeper) = cause.and_then(std::error::Error::source) {
        cause = Some(deeper);
    }
    cause.map_or(Ok(()), |cause| write!(formatter, ": {}", OneLine(&cause.to_string())))
}

struct Status(Option<StatusCode>);

impl Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(status) => match status.canonical_reason() {
                Some(reason) => write!(formatter, "{} {reason}", status.as_u16()),
                None => write!(formatter, "{}", status.as_u16()),
            },
            None => formatter.write_str("no answer"),
        }
    }
}

/// Shows the causes too, and as little of the answer as `Display`.
impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Error")
            .field("operation", &self.0.operation)
            .field("attempts", &self.0.attempts)
            .field("status", &self.0.status)
            .field("reason", &format_args!("{}", Reason(&self.0)))
            .field("source", &std::error::Error::source(self))
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.cause {
            Cause::Transport(error) => Some(error),
            Cause::Decode(error) => Some(error),
            Cause::InvalidRequest(_) | Cause::DeadlineExceeded | Cause::Redirect(_) | Cause::Rejected(_) => None,
        }
    }
}
