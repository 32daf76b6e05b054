//! Faults that are injected into requests.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};

use super::outcome::Outcome;
use super::rejection::Rejection;
use crate::runtime::Operation;

/// A fault to inject into requests with [`Fake::fault`](super::Fake::fault).
///
/// By default, a fault affects the next request to any operation. [`times`](Self::times), [`after`](Self::after) and
/// [`on`](Self::on) change that. Two faults affect two requests, in the order in which they were added.
#[derive(Clone, Debug)]
#[must_use = "a fault does nothing until it is passed to `Fake::fault`"]
pub struct Fault {
    effect: Effect,
    operation: Option<&'static str>,
    /// The number of requests to let pass.
    after: u32,
    times: u32,
    code: Option<String>,
    message: Option<String>,
    headers: HeaderMap,
}

/// The effect of a fault on a request.
#[derive(Clone, Debug)]
enum Effect {
    Status(StatusCode),
    Delay(Duration),
    TruncatedBody,
    InvalidJson,
    ConnectionClosed,
    ConnectionRefused,
}

impl Fault {
    fn new(effect: Effect) -> Self {
        Self {
            effect,
            operation: None,
            after: 0,
            times: 1,
            code: None,
            message: None,
            headers: HeaderMap::new(),
        }
    }

    /// Responds with this status instead of processing the request.
    ///
    /// A 4xx or 5xx response contains an error in the format of the API. [`code`](Self::code) and
    /// [`message`](Self::message) set its content. Other responses have no body.
    ///
    /// # Panics
    ///
    /// Panics if the status is not between 200 and 999. A 1xx response is not a final response.
    #[track_caller]
    pub fn status(status: impl TryInto<StatusCode>) -> Self {
        match status.try_into() {
            Ok(status) if !status.is_informational() => Self::new(Effect::Status(status)),
            Ok(_) | Err(_) => panic!("invalid HTTP status: expected 200 to 999"),
        }
    }

    /// Processes the request, and delays the response. The attempt times out if its timeout is shorter.
    ///
    /// With a simulated clock, the delay only advances the clock, even over a socket.
    pub fn delay(delay: Duration) -> Self {
        Self::new(Effect::Delay(delay))
    }

    /// Processes the request, and interrupts the connection in the middle of the response.
    pub fn truncated_body() -> Self {
        Self::new(Effect::TruncatedBody)
    }

    /// Processes the request, and responds with 200 and a body that is not JSON.
    pub fn invalid_json() -> Self {
        Self::new(Effect::InvalidJson)
    }

    /// Closes the connection without processing the request or responding.
    pub fn connection_closed() -> Self {
        Self::new(Effect::ConnectionClosed)
    }

    /// Refuses the connection, without processing the request.
    ///
    /// A server on a socket closes the connection instead.
    pub fn connection_refused() -> Self {
        Self::new(Effect::ConnectionRefused)
    }

    /// Sets the number of requests that the fault affects. Defaults to 1.
    pub fn times(mut self, requests: u32) -> Self {
        self.times = requests;
        self
    }

    /// Lets this number of requests pass before the fault takes effect, for example to make the second page of a list fail.
    /// Defaults to 0.
    ///
    /// Only requests that the fault applies to are counted, including those affected by another fault. A retry is a request of
    /// its own.
    pub fn after(mut self, requests: u32) -> Self {
        self.after = requests;
        self
    }

    /// Sets the error code in a response to a [`status`](Self::status) fault with a 4xx or 5xx status. Has no effect on other
    /// faults, or if the API has no error codes.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Sets the error message in a response to a [`status`](Self::status) fault with a 4xx or 5xx status. Has no effect on
    /// other faults. Defaults to `injected fault`.
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Limits the fault to one operation, such as `operations::ListApiKeys`.
    pub fn on<O: Operation>(mut self) -> Self {
        self.operation = Some(O::INFO.name);
        self
    }

    /// Adds a header to the response, such as `retry-after`.
    ///
    /// # Panics
    ///
    /// Panics if the name or the value is not valid in a header.
    #[track_caller]
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let (name, value) = (name.as_ref(), value.as_ref());
        let Ok(header) = HeaderName::try_from(name) else {
            panic!("invalid header name {name:?}");
        };
        let Ok(value) = HeaderValue::try_from(value) else {
            panic!("invalid value {value:?} of the header `{name}`");
        };
        self.headers.insert(header, value);
        self
    }

    /// Injects the fault. Calls `respond` only if the effect lets the request be processed.
    pub(super) fn inject(
        &self,
        respond: impl FnOnce() -> Response<Bytes>,
        reject: impl FnOnce(Rejection) -> Response<Bytes>,
    ) -> Outcome {
        let outcome = match self.effect {
            Effect::Status(status) => Outcome::Response(self.with_status(status, reject)),
            Effect::Delay(delay) => Outcome::Delayed(respond(), delay),
            Effect::TruncatedBody => Outcome::Truncated(respond()),
            Effect::InvalidJson => {
                let mut response = respond();
                *response.status_mut() = StatusCode::OK;
                *response.body_mut() = Bytes::from_static(b"<html>not JSON");
                Outcome::Response(response)
            }
            Effect::ConnectionClosed => Outcome::ConnectionClosed,
            Effect::ConnectionRefused => Outcome::ConnectionRefused,
        };
        outcome.with_headers(&self.headers)
    }

    fn with_status(&self, status: StatusCode, reject: impl FnOnce(Rejection) -> Response<Bytes>) -> Response<Bytes> {
        if status.is_client_error() || status.is_server_error() {
            let message = self.message.as_deref().unwrap_or("injected fault");
            return reject(Rejection::new(status, message).with_code(self.code.clone()));
        }
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = status;
        response
    }

    fn applies_to(&self, operation: Option<&str>) -> bool {
        self.operation.is_none() || self.operation == operation
    }
}

/// The pending faults, in order.
#[derive(Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub(super) fn add(&mut self, fault: Fault) {
        if fault.times > 0 {
            self.0.push(fault);
        }
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Returns the number of pending faults.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// Takes the first pending fault that affects a request to an operation.
    pub(super) fn take(&mut self, operation: Option<&str>) -> Option<Fault> {
        let mut first = None;
        for (index, fault) in self.0.iter_mut().enumerate() {
            if !fault.applies_to(operation) {
                continue;
            }
            if fault.after > 0 {
                fault.after -= 1;
            } else if first.is_none() {
                first = Some(index);
            }
        }
        let index = first?;
        self.0[index].times -= 1;
        if self.0[index].times == 0 {
            return Some(self.0.remove(index));
        }
        Some(self.0[index].clone())
    }
}
