//! What can go wrong with a call, on demand.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};

use super::refusal::Refusal;
use crate::runtime::Operation;

/// Something that goes wrong with a call: see [`Fake::fault`](super::Fake::fault).
///
/// ```
/// use std::time::Duration;
///
/// use generated_client::fake::{Fake, Fault};
/// use generated_client::operations::ListApiKeys;
///
/// let fake = Fake::new();
/// fake.fault(Fault::status(503).times(2)); // the next two calls
/// fake.fault(Fault::delay(Duration::from_secs(60)).on::<ListApiKeys>()); // then the next of this operation
/// ```
#[derive(Clone, Debug)]
#[must_use = "a fault does nothing until a fake has it"]
pub struct Fault {
    pub(crate) effect: Effect,
    operation: Option<&'static str>,
    times: u32,
    headers: HeaderMap,
}

/// What goes wrong.
#[derive(Clone, Debug)]
pub(crate) enum Effect {
    Status(StatusCode),
    Delay(Duration),
    CutOff,
    Garbage,
    Closed,
    Refused,
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

    /// The answer has this status, and the body of an error where it is one. Nothing else happens.
    ///
    /// What is no status is taken for 500.
    pub fn status(status: u16) -> Self {
        Self::new(Effect::Status(
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        ))
    }

    /// The answer comes late by this much: too late, where the attempt's time-out is shorter. What was asked for is
    /// done. Where the fake's time stands still, it passes and nobody waits; so it does over a socket.
    pub fn delay(delay: Duration) -> Self {
        Self::new(Effect::Delay(delay))
    }

    /// The connection breaks in the middle of the answer. What was asked for is done.
    pub fn cut_off() -> Self {
        Self::new(Effect::CutOff)
    }

    /// The answer is a success whose body is not JSON. What was asked for is done.
    pub fn garbage() -> Self {
        Self::new(Effect::Garbage)
    }

    /// The connection is closed without an answer. Nothing is done.
    pub fn closed() -> Self {
        Self::new(Effect::Closed)
    }

    /// No connection opens. Nothing is done. (A socket that listens opens one, and closes it.)
    pub fn refused() -> Self {
        Self::new(Effect::Refused)
    }

    /// Goes wrong with so many calls. With one, unless set.
    pub fn times(mut self, calls: u32) -> Self {
        self.times = calls;
        self
    }

    /// Goes wrong with calls of one operation alone, such as `operations::ListApiKeys`.
    pub fn on<O: Operation>(mut self) -> Self {
        self.operation = Some(O::SPEC.name);
        self
    }

    /// Adds a header to the answer, such as `retry-after`.
    ///
    /// What no header can be is left out.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let name = HeaderName::try_from(name.as_ref());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::try_from(value.as_ref())) {
            self.headers.insert(name, value);
        }
        self
    }

    /// What the fault makes of an answer that would have been well.
    pub(crate) fn spoil(
        &self,
        answer: impl FnOnce() -> Response<Bytes>,
        refuse: impl FnOnce(Refusal) -> Response<Bytes>,
    ) -> Outcome {
        let outcome = match self.effect {
            Effect::Status(status) => Outcome::Answer(Self::with_status(status, refuse)),
            Effect::Delay(delay) => Outcome::Late(answer(), delay),
            Effect::CutOff => Outcome::CutOff(answer()),
            Effect::Garbage => {
                let mut response = answer();
                *response.status_mut() = StatusCode::OK;
                *response.body_mut() = Bytes::from_static(b"<html>not what you asked for");
                Outcome::Answer(response)
            }
            Effect::Closed => Outcome::Closed,
            Effect::Refused => Outcome::Refused,
        };
        outcome.with_headers(&self.headers)
    }

    fn with_status(status: StatusCode, refuse: impl FnOnce(Refusal) -> Response<Bytes>) -> Response<Bytes> {
        if status.is_client_error() || status.is_server_error() {
            return refuse(Refusal::new(status, "this call was made to fail"));
        }
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = status;
        response
    }
}

/// What comes of a call.
#[derive(Debug)]
pub(crate) enum Outcome {
    Answer(Response<Bytes>),
    /// The answer, after this time.
    Late(Response<Bytes>, Duration),
    /// The beginning of this answer.
    CutOff(Response<Bytes>),
    /// No answer.
    Closed,
    /// No connection.
    Refused,
}

impl Outcome {
    /// The answer, whether or not all of it comes.
    pub(crate) fn response(&self) -> Option<&Response<Bytes>> {
        match self {
            Self::Answer(response) | Self::Late(response, _) | Self::CutOff(response) => Some(response),
            Self::Closed | Self::Refused => None,
        }
    }

    fn with_headers(mut self, headers: &HeaderMap) -> Self {
        match &mut self {
            Self::Answer(response) | Self::Late(response, _) | Self::CutOff(response) => {
                response.headers_mut().extend(headers.clone());
            }
            Self::Closed | Self::Refused => {}
        }
        self
    }
}

/// The faults that have not gone wrong yet.
#[derive(Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        if fault.times > 0 {
            self.0.push(fault);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault that goes wrong with a call of this operation: the first that was added for it.
    pub(crate) fn take(&mut self, operation: Option<&str>) -> Option<Fault> {
        let meant = |fault: &Fault| fault.operation.is_none() || fault.operation == operation;
        let index = self.0.iter().position(meant)?;
        self.0[index].times -= 1;
        if self.0[index].times == 0 {
            return Some(self.0.remove(index));
        }
        Some(self.0[index].clone())
    }
}
