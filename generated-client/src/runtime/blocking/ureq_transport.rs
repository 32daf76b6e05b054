//! The blocking client's own transport.

use std::io;

use bytes::Bytes;
use http::{Request, Response};
use ureq::Agent;

use super::Transport;
use crate::runtime::{Attempt, TransportError, TransportErrorKind};

/// Sends requests with ureq: connections are kept, and proxies taken from the environment.
///
/// TLS is rustls, trusting Mozilla's certificate authorities.
#[derive(Clone, Debug)]
pub struct Ureq {
    agent: Agent,
}

impl Ureq {
    /// A transport with connections of its own.
    #[must_use]
    pub fn new() -> Self {
        Self {
            agent: Agent::new_with_defaults(),
        }
    }
}

impl Default for Ureq {
    fn default() -> Self {
        Self::new()
    }
}

/// An agent set up as the program likes: its TLS, its proxy.
impl From<Agent> for Ureq {
    fn from(agent: Agent) -> Self {
        Self { agent }
    }
}

impl Transport for Ureq {
    fn send(&self, request: Request<Bytes>, attempt: &Attempt) -> Result<Response<Bytes>, TransportError> {
        let (parts, body) = request.into_parts();
        // An empty body is none: as a slice it would be announced, on a GET too.
        let answer = if body.is_empty() {
            self.run(Request::from_parts(parts, ()), attempt)
        } else {
            self.run(Request::from_parts(parts, &*body), attempt)
        };
        let (parts, body) = answer?.into_parts();
        Ok(Response::from_parts(parts, read(body, attempt.max_body)?))
    }
}

impl Ureq {
    fn run(
        &self,
        request: Request<impl ureq::AsSendBody>,
        attempt: &Attempt,
    ) -> Result<Response<ureq::Body>, TransportError> {
        let request = self
            .agent
            .configure_request(request)
            .timeout_global(Some(attempt.timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .build();
        self.agent.run(request).map_err(failed)
    }
}

fn read(body: ureq::Body, max: usize) -> Result<Bytes, TransportError> {
    let max = u64::try_from(max).unwrap_or(u64::MAX);
    if body.content_length().is_some_and(|declared| declared > max) {
        return Err(TransportError::new(TransportErrorKind::TooLarge));
    }
    body.into_with_config()
        .limit(max)
        .read_to_vec()
        .map(Bytes::from)
        .map_err(failed)
}

fn failed(error: ureq::Error) -> TransportError {
    use ureq::Error;

    let kind = match &error {
        Error::Timeout(_) => TransportErrorKind::Timeout,
        Error::HostNotFound | Error::ConnectionFailed => TransportErrorKind::Connect,
        Error::BodyExceedsLimit(_) => TransportErrorKind::TooLarge,
        Error::Io(error) => kind_of_io(error),
        Error::Protocol(_) => TransportErrorKind::CutOff,
        _ => TransportErrorKind::Other,
    };
    TransportError::new(kind).with_source(error)
}

fn kind_of_io(error: &io::Error) -> TransportErrorKind {
    match error.kind() {
        io::ErrorKind::ConnectionRefused | io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
            TransportErrorKind::Connect
        }
        io::ErrorKind::TimedOut => TransportErrorKind::Timeout,
        // What rustls does not accept, a certificate first of all.
        io::ErrorKind::InvalidData => TransportErrorKind::Other,
        _ => TransportErrorKind::CutOff,
    }
}
