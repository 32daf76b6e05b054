//! The default transport of the async client.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, timeout};

use super::sleep::sleep;
use super::timed_body::TimedBody;
use super::{Body, BoxFuture, Transport};
use crate::runtime::{Attempt, TransportError, TransportErrorKind};

/// A transport based on reqwest. Connections are reused, and proxies are read from environment variables.
///
/// TLS uses rustls and trusts Mozilla's certificate authorities. To trust others, convert your own `reqwest::Client`
/// with [`From`].
///
/// Requires a Tokio runtime. Outside of one, every call returns an error.
#[derive(Clone, Debug)]
pub struct Reqwest {
    client: Result<reqwest::Client, Arc<reqwest::Error>>,
}

impl Reqwest {
    /// Creates a transport with its own connection pool.
    #[must_use]
    pub fn new() -> Self {
        Self::with(|builder| builder)
    }

    /// Creates a transport whose reqwest client has additional settings, such as a proxy or connection limits.
    ///
    /// Certificate authorities added here are ignored, because the TLS settings are preconfigured. If a setting is
    /// invalid, every call returns an error.
    #[must_use]
    pub fn with(set_up: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder) -> Self {
        let client = set_up(builder()).build();
        Self {
            client: client.map_err(|error| Arc::new(error.without_url())),
        }
    }
}

impl Default for Reqwest {
    fn default() -> Self {
        Self::new()
    }
}

/// Uses your own reqwest client.
///
/// Build it with `redirect::Policy::none()`: redirects that reqwest follows are not limited to the origin of the base
/// URL.
impl From<reqwest::Client> for Reqwest {
    fn from(client: reqwest::Client) -> Self {
        Self { client: Ok(client) }
    }
}

fn builder() -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    match tls() {
        Some(tls) => builder.tls_backend_preconfigured(tls),
        None => builder,
    }
}

/// Returns TLS settings with an explicit crypto provider, so that the program does not have to install a default one.
fn tls() -> Option<rustls::ClientConfig> {
    let roots = rustls::RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .ok()?;
    Some(builder.with_root_certificates(roots).with_no_client_auth())
}

impl Transport for Reqwest {
    fn send<'a>(
        &'a self,
        request: Request<Body>,
        attempt: &'a Attempt,
    ) -> BoxFuture<'a, Result<Response<Body>, TransportError>> {
        Box::pin(self.exchange(request, attempt))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            // Tokio's timer panics outside a runtime.
            match tokio::runtime::Handle::try_current() {
                Ok(_) => tokio::time::sleep(duration).await,
                Err(_) => sleep(duration).await,
            }
        })
    }

    fn now(&self) -> std::time::Instant {
        Instant::now().into_std()
    }
}

impl Reqwest {
    async fn exchange(&self, request: Request<Body>, attempt: &Attempt) -> Result<Response<Body>, TransportError> {
        // reqwest panics outside a runtime.
        tokio::runtime::Handle::try_current().map_err(|error| other().with_source(error))?;
        let client = self
            .client
            .as_ref()
            .map_err(|error| other().with_source(Arc::clone(error)))?;
        let request = reqwest_request(request)?;
        let deadline = attempt.deadline.map(|left| Instant::now() + left);
        let response = timeout(attempt.timeout, client.execute(request)).await;
        let response = response.map_err(|_| timed_out())?.map_err(transport_error)?;
        let response = Response::<reqwest::Body>::from(response);
        Ok(response.map(|body| Body::stream(TimedBody::new(body, transport_error, attempt.timeout, deadline))))
    }
}

fn reqwest_request(request: Request<Body>) -> Result<reqwest::Request, TransportError> {
    let (parts, body) = request.into_parts();
    let url = reqwest::Url::parse(&parts.uri.to_string()).map_err(|error| other().with_source(error))?;
    let mut request = reqwest::Request::new(parts.method, url);
    *request.headers_mut() = parts.headers;
    *request.body_mut() = Some(request_body(body));
    Ok(request)
}

fn request_body(body: Body) -> reqwest::Body {
    match body.as_bytes() {
        Some(bytes) => bytes.clone().into(),
        None => reqwest::Body::wrap(RequestBody(Mutex::new(body))),
    }
}

/// A streaming request body. The mutex makes it `Sync`, which reqwest requires.
struct RequestBody(Mutex<Body>);

impl http_body::Body for RequestBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let body = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        Pin::new(body).poll_frame(context)
    }

    fn size_hint(&self) -> SizeHint {
        let body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        body.size_hint()
    }
}

fn other() -> TransportError {
    TransportError::new(TransportErrorKind::Other)
}

fn timed_out() -> TransportError {
    TransportError::new(TransportErrorKind::Timeout)
}

fn transport_error(error: reqwest::Error) -> TransportError {
    let kind = if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_builder() {
        TransportErrorKind::Other
    } else {
        TransportErrorKind::Interrupted
    };
    // The URL contains the query.
    TransportError::new(kind).with_source(error.without_url())
}
