//! What can go wrong with a call, on demand.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};

use super::outcome::Outcome;
use super::rejection::Rejection;
use crate::runtime::Operation;

/// Something that goes wrong with a call: see [`Fake::fault`](super::Fake::fault).
#[derive(Clone, Debug)]
#[must_use = "a fault does nothing until a fake has it"]
pub struct Fault {
    effect: Effect,
    operation: Option<&'static str>,
    times: u32,
    headers: HeaderMap,
}

/// What goes wrong.
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

    /// The response has this status, and the body of an error where it is one. Nothing else happens.
    ///
    /// # Panics
    ///
    /// Panics if the status is not between 100 and 999.
    #[track_caller]
    pub fn status(status: u16) -> Self {
        let Ok(status) = StatusCode::from_u16(status) else {
            panic!("invalid HTTP status {status}: expected 100 to 999");
        };
        Self::new(Effect::Status(status))
    }

    /// The response comes late by this much: too late, where the attempt's time-out is shorter. What was asked for is
    /// done. Where the fake's time stands still, it passes and nobody waits; so it does over a socket.
    pub fn delay(delay: Duration) -> Self {
        Self::new(Effect::Delay(delay))
    }

    /// The connection breaks in the middle of the response. What was asked for is done.
    pub fn truncated_body() -> Self {
        Self::new(Effect::TruncatedBody)
    }

    /// The response is a success whose body is not JSON. What was asked for is done.
    pub fn invalid_json() -> Self {
        Self::new(Effect::InvalidJson)
    }

    /// The connection is closed without a response. Nothing is done.
    pub fn connection_closed() -> Self {
        Self::new(Effect::ConnectionClosed)
    }

    /// No connection opens. Nothing is done. (A socket that listens opens one, and closes it.)
    pub fn connection_refused() -> Self {
        Self::new(Effect::ConnectionRefused)
    }

    /// Goes wrong with so many calls. With one, unless set.
    pub fn times(mut self, calls: u32) -> Self {
        self.times = calls;
        self
    }

    /// Goes wrong with calls of one operation alone, such as `operations::ListApiKeys`.
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

    /// Injects the fault into a call, which it may keep from being made.
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
                *response.body_mut() = Bytes::from_static(b"<html>not what you asked for");
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
        return reject(Rejection::new(status, "this call was made to fail"));
    }
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response
}

/// The faults that are still to be injected, in order.
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

    /// The fault of a call of this operation: the first that was added for it.
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
