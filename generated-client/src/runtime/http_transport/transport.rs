//! The transport, and its use by the async client.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{Request, Response};
use tokio::runtime::Handle;
use tokio_rustls::TlsConnector;

#[cfg(feature = "blocking")]
use super::background::Background;
use super::pools::Pools;
use super::proxies::Proxies;
use super::proxy_exceptions::ProxyExceptions;
use super::tls;
use crate::runtime::asynchronous::sleep;
use crate::runtime::{Attempt, Body, BoxFuture, Transport, TransportError};

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
/// - `no_proxy` or `NO_PROXY` lists the hosts to which the client connects directly.
///
/// The lower-case name takes precedence. An empty variable counts as unset.
///
/// The scheme of the proxy URL is `http` (the default), `https`, `socks4`, `socks4a`, `socks5` or `socks5h`. The URL has no path or
/// query. If a variable is invalid, every call returns an error, even if the base URL needs another variable. Requests are never
/// sent directly instead.
///
/// The entries of `no_proxy` are separated by commas or spaces:
///
/// | entry | hosts |
/// |---|---|
/// | `example.com`, `.example.com` or `*.example.com` | the host and all of its subdomains |
/// | `127.0.0.1`, `::1` or `[::1]` | the IP address |
/// | `10.0.0.0/8` or `fd00::/8` | the IP addresses of the network |
/// | `localhost:8080` or `[::1]:8080` | a host or an IP address, on this port only |
/// | `*` | all hosts |
///
/// Host names are not resolved to compare them with an address or a network. Other entries of the variable are ignored. In
/// [`proxy_exceptions`](crate::HttpTransportBuilder::proxy_exceptions), they are errors.
///
/// If the proxy cannot be reached, the error has the kind [`Connect`](crate::TransportErrorKind::Connect), and the call is retried. If the
/// proxy refuses, for example because it requires a password, the kind is [`Proxy`](crate::TransportErrorKind::Proxy).
///
/// # Limits
///
/// A response may have up to 100 headers. An idle connection is closed after 90 seconds.
///
/// # Runtime
///
/// The async client needs a Tokio runtime with I/O and time enabled. Outside of a runtime, every call returns an error. A client
/// can be used on several runtimes. They do not share connections, and the connections of a runtime are closed when it ends.
///
/// The blocking client works with and without a runtime: its connections are served by a thread that starts with the first call
/// and ends when the last clone of the transport is dropped.
#[derive(Clone)]
pub struct HttpTransport {
    /// The transport, or the problem with an environment variable.
    inner: Result<Arc<Inner>, Arc<str>>,
}

struct Inner {
    pools: Pools,
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
        match (tls::connector(&[], None), Proxies::from_env(ProxyExceptions::default())) {
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
                pools: Pools::new(tls, proxies),
            })),
        }
    }

    /// Returns the thread that serves blocking calls.
    #[cfg(feature = "blocking")]
    pub(crate) fn background(&self) -> Result<&Background, TransportError> {
        Ok(&self.inner()?.background)
    }

    fn inner(&self) -> Result<&Inner, TransportError> {
        self.inner
            .as_deref()
            .map_err(|problem| TransportError::before_attempt(problem.to_string()))
    }

    async fn exchange(&self, request: Request<Body>, attempt: &Attempt) -> Result<Response<Body>, TransportError> {
        // hyper panics outside a runtime.
        let pool = self.inner()?.pools.current().map_err(|_| {
            TransportError::before_attempt("HttpTransport needs a Tokio runtime: use blocking::Client without one")
        })?;
        pool.exchange(request, attempt).await
    }
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
