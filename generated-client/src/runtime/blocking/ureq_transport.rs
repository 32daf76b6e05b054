//! The default transport of the blocking client.

use std::io::{self, Read};

use http::{Request, Response};
use ureq::{Agent, BodyReader, SendBody};

use super::{Body, Transport};
use crate::runtime::{Attempt, TransportError, TransportErrorKind};

/// A transport based on ureq. Connections are reused, and proxies are read from environment variables.
///
/// TLS uses rustls and trusts Mozilla's certificate authorities. To trust others, convert your own `ureq::Agent` with
/// [`From`].
///
/// The timeout of an attempt applies separately to resolving the host name, connecting, and receiving the response
/// headers.
#[derive(Clone, Debug)]
pub struct Ureq {
    agent: Agent,
}

impl Ureq {
    /// Creates a transport with its own connection pool.
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

/// Uses your own agent, for example with other TLS or proxy settings.
impl From<Agent> for Ureq {
    fn from(agent: Agent) -> Self {
        Self { agent }
    }
}

impl Transport for Ureq {
    fn send(&self, request: Request<Body>, attempt: &Attempt) -> Result<Response<Body>, TransportError> {
        let (parts, mut body) = request.into_parts();
        let response = match body.as_bytes() {
            // As a slice, an empty body would add a `content-length` header, even to a GET.
            Some(bytes) if bytes.is_empty() => self.run(Request::from_parts(parts, ()), attempt),
            Some(bytes) => self.run(Request::from_parts(parts, &**bytes), attempt),
            None => self.run(Request::from_parts(parts, SendBody::from_reader(&mut body)), attempt),
        };
        Ok(response?.map(response_body))
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
            // Each phase until the response headers are received, and then each read of the body.
            .timeout_resolve(Some(attempt.timeout))
            .timeout_connect(Some(attempt.timeout))
            .timeout_recv_response(Some(attempt.timeout))
            .timeout_per_read(Some(attempt.timeout))
            .timeout_per_write(Some(attempt.timeout))
            .timeout_global(attempt.deadline)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .build();
        self.agent.run(request).map_err(transport_error)
    }
}

fn response_body(body: ureq::Body) -> Body {
    let length = body.content_length();
    Body::reader(ResponseReader(body.into_reader()), length)
}

/// Reads a response body, and converts errors to [`TransportError`].
struct ResponseReader(BodyReader<'static>);

impl Read for ResponseReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(buffer);
        read.map_err(|error| io::Error::other(transport_error(error.into())))
    }
}

fn transport_error(error: ureq::Error) -> TransportError {
    use ureq::Error;

    let kind = match &error {
        Error::Timeout(_) => TransportErrorKind::Timeout,
        Error::HostNotFound | Error::ConnectionFailed => TransportErrorKind::Connect,
        Error::Io(error) => kind_of_io(error),
        Error::Protocol(_) => TransportErrorKind::Interrupted,
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
        // An error of rustls, most often an invalid certificate.
        io::ErrorKind::InvalidData => TransportErrorKind::Other,
        _ => TransportErrorKind::Interrupted,
    }
}
