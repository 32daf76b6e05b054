//! The async client's own transport.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use http::{Request, Response};

use super::sleep::sleep;
use super::{Attempt, BoxFuture, Transport, TransportError, TransportErrorKind};

/// Sends requests with reqwest: connections are kept, and proxies taken from the environment.
///
/// TLS is rustls, trusting Mozilla's certificate authorities; for others give it a reqwest client of your own.
/// Calls must run within a Tokio runtime.
#[derive(Clone, Debug)]
pub struct Reqwest {
    client: Result<reqwest::Client, Arc<reqwest::Error>>,
}

impl Reqwest {
    /// A transport with connections of its own.
    #[must_use]
    pub fn new() -> Self {
        Self::with(|builder| builder)
    }

    /// A transport whose reqwest client is set up further: a proxy, a certificate, limits of its connections.
    ///
    /// Settings that cannot be used are an error of the first call.
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

/// A client set up as the program likes.
///
/// Build it with `redirect::Policy::none()`: a redirect that it follows itself is not held to the base URL's origin.
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

/// TLS by a provider named here: whatever else the program links, none has to be installed for the process.
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
        request: Request<Bytes>,
        attempt: &'a Attempt,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request, attempt))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            // Outside a runtime Tokio's timer would panic.
            match tokio::runtime::Handle::try_current() {
                Ok(_) => tokio::time::sleep(duration).await,
                Err(_) => sleep(duration).await,
            }
        })
    }

    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }
}

impl Reqwest {
    async fn exchange(&self, request: Request<Bytes>, attempt: &Attempt) -> Result<Response<Bytes>, TransportError> {
        // Without this reqwest would panic.
        tokio::runtime::Handle::try_current().map_err(|error| other().with_source(error))?;
        let client = self
            .client
            .as_ref()
            .map_err(|error| other().with_source(Arc::clone(error)))?;
        let mut request = reqwest::Request::try_from(request).map_err(failed)?;
        *request.timeout_mut() = Some(attempt.timeout);
        let answer = client.execute(request).await.map_err(failed)?;
        let mut whole = Response::new(Bytes::new());
        *whole.status_mut() = answer.status();
        whole.headers_mut().clone_from(answer.headers());
        *whole.body_mut() = body(answer, attempt.max_body).await?;
        Ok(whole)
    }
}

async fn body(mut answer: reqwest::Response, max: usize) -> Result<Bytes, TransportError> {
    let too_large = || TransportError::new(TransportErrorKind::TooLarge);
    let declared = usize::try_from(answer.content_length().unwrap_or(0)).map_err(|_| too_large())?;
    if declared > max {
        return Err(too_large());
    }
    let mut body = BytesMut::with_capacity(declared);
    while let Some(chunk) = answer.chunk().await.map_err(failed)? {
        if chunk.len() > max - body.len() {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn other() -> TransportError {
    TransportError::new(TransportErrorKind::Other)
}

fn failed(error: reqwest::Error) -> TransportError {
    let kind = if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_builder() {
        TransportErrorKind::Other
    } else {
        TransportErrorKind::CutOff
    };
    // The URL holds the query.
    TransportError::new(kind).with_source(error.without_url())
}
