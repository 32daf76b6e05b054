//! The transport, and its use by the async client.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{Request, Response};
use tokio::runtime::Handle;
use tokio_rustls::TlsConnector;

#[cfg(feature = "blocking")]
use super::background::Background;
use super::pool::Pool;
use super::proxies::Proxies;
use super::tls;
use crate::runtime::asynchronous::sleep;
use crate::runtime::{Attempt, Body, BoxFuture, Transport, TransportError, TransportErrorKind};

/// The default transport of both clients: HTTP/1.1 over TCP, with TLS for `https` URLs. Built on hyper and rustls.
///
/// Connections are kept open and reused. Clones of a transport share them, and both an async and a blocking client can
/// use the same transport.
///
/// # TLS
///
/// The transport trusts Mozilla's certificate authorities. A [builder](Self::builder) can add others, and set a
/// certificate with which the client authenticates.
///
/// # Proxies
///
/// By default, proxies are read from environment variables when the transport is created, in the same way as by curl:
///
/// - `https_proxy` or `HTTPS_PROXY` is the URL of the proxy for `https` base URLs.
/// - `http_proxy` is the URL of the proxy for `http` base URLs. The upper-case name is not read.
/// - `all_proxy` or `ALL_PROXY` is the URL of the proxy if the more specific variable is not set.
/// - `no_proxy` or `NO_PROXY` lists the hosts to which the client connects directly: host names, which include their
///   subdomains, IP addresses, networks such as `10.0.0.0/8`, or `*`.
///
/// The scheme of the proxy URL is `http` (the default), `https`, `socks4`, `socks4a`, `socks5` or `socks5h`. If a variable is
/// invalid, every call returns an error. Requests are never sent directly instead.
///
/// # Limits
///
/// A response may have up to 100 headers. An idle connection is closed after 90 seconds.
///
/// # Runtime
///
/// The async client needs a Tokio runtime. Outside of one, every call returns an error. The blocking client works
/// with and without a runtime: its connections are served by a thread that starts with the first call and ends when the last
/// clone of the transport is dropped.
#[derive(Clone)]
pub struct HttpTransport {
    /// The transport, or the problem with an environment variable.
    inner: Result<Arc<Inner>, Arc<str>>,
}

struct Inner {
    pool: Pool,
    #[cfg(feature = "blocking")]
    background: Background,
}

impl HttpTransport {
    /// Creates a transport with default settings and its own connections.
    ///
    /// If an environment variable for a proxy is invalid, every call returns an error. To return the error immediately, use
    /// the [builder](Self::builder).
    #[must_use]
    pub fn new() -> Self {
        match (tls::connector(&[], None), Proxies::from_env()) {
            (Ok(tls), Ok(proxies)) => Self::with(tls, proxies),
            (Err(problem), _) | (_, Err(problem)) => Self {
                inner: Err(problem.into()),
            },
        }
    }

    pub(crate) fn with(tls: TlsConnector, proxies: Proxies) -> Self {
        let proxies = Arc::new(proxies);
        Self {
            inner: Ok(Arc::new(Inner {
                #[cfg(feature = "blocking")]
                background: Background::new(tls.clone(), Arc::clone(&proxies)),
                pool: Pool::new(tls, proxies),
            })),
        }
    }

    /// Returns the thread that serves blocking calls.
    #[cfg(feature = "blocking")]
    pub(crate) fn background(&self) -> Result<&Background, TransportError> {
        Ok(&self.inner()?.background)
    }

    fn inner(&self) -> Result<&Inner, TransportError> {
        self.inner.as_deref().map_err(|problem| other(problem.to_string()))
    }

    async fn exchange(&self, request: Request<Body>, attempt: &Attempt) -> Result<Response<Body>, TransportError> {
        // hyper panics outside a runtime.
        Handle::try_current().map_err(other)?;
        self.inner()?.pool.exchange(request, attempt).await
    }
}

fn other(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    TransportError::new(TransportErrorKind::Other).with_source(source)
}

impl Transport for HttpTransport {
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
            match Handle::try_current() {
                Ok(_) => tokio::time::sleep(duration).await,
                Err(_) => sleep(duration).await,
            }
        })
    }

    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }
}

impl Default for HttpTransport {
    fn default() -> Self {
        Self::new()
    }
}

/// Prints no settings, because they may include secrets.
impl fmt::Debug for HttpTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("HttpTransport").finish_non_exhaustive()
    }
}
