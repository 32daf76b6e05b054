//! Faults that are injected into requests.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};

use super::outcome::Outcome;
use super::rejection::Rejection;
use crate::runtime::Operation;

/// A fault to inject into requests with [`Fake::fault`](super::Fake::fault).
///
/// By default, a fault affects one request to any operation. [`times`](Self::times) and [`on`](Self::on) change that.
#[derive(Clone, Debug)]
#[must_use = "a fault does nothing until it is passed to `Fake::fault`"]
pub struct Fault {
    effect: Effect,
    operation: Option<&'static str>,
    times: u32,
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
            times: 1,
            headers: HeaderMap::new(),
        }
    }

    /// Responds with this status instead of processing the request.
    ///
    /// A 4xx or 5xx response contains an error in the format of the API. Other responses have no body.
    ///
    /// # Panics
    ///
    /// Panics if the status is a number that is not between 100 and 999.
    #[track_caller]
    pub fn status(status: impl TryInto<StatusCode>) -> Self {
        let Ok(status) = status.try_into() else {
            panic!("invalid HTTP status: expected 100 to 999");
        };
        Self::new(Effect::Status(status))
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
    pub fn times(mut self, calls: u32) -> Self {
        self.times = calls;
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
            Effect::Status(status) => Outcome::Response(with_status(status, reject)),
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
}

fn with_status(status: StatusCode, reject: impl FnOnce(Rejection) -> Response<Bytes>) -> Response<Bytes> {
    if status.is_client_error() || status.is_server_error() {
        return reject(Rejection::new(status, "injected fault"));
    }
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response
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

    /// Takes the first pending fault that applies to an operation.
    pub(super) fn take(&mut self, operation: Option<&str>) -> Option<Fault> {
        let applies = |fault: &Fault| fault.operation.is_none() || fault.operation == operation;
        let index = self.0.iter().position(applies)?;
        self.0[index].times -= 1;
        if self.0[index].times == 0 {
            return Some(self.0.remove(index));
        }
        Some(self.0[index].clone())
    }
}
