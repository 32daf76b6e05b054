//! Exchanging requests and responses over connections that are reused.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use http::header::{CONTENT_LENGTH, HOST, PROXY_AUTHORIZATION};
use http::uri::{PathAndQuery, Scheme};
use http::{HeaderValue, Method, Request, Response, StatusCode, Uri};
use http_body::Body as _;
use hyper::body::Incoming;
use tokio::task::yield_now;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;

use super::connection::{Connecting, Connection, SendFailure};
use super::connector::Connector;
use super::failure::request_failed;
use super::idle::{IdleConnections, Lease};
use super::proxies::{Proxies, Proxy};
use super::response_body::ResponseBody;
use super::target::{host, route};
use super::timed_body::TimedBody;
use crate::runtime::request::insert_header;
use crate::runtime::{Attempt, Body, TransportError, TransportErrorKind};

/// Connections whose tasks run on one async runtime.
pub(crate) struct Pool {
    connector: Connector,
    proxies: Arc<Proxies>,
    idle: Arc<IdleConnections>,
}

impl Pool {
    pub(crate) fn new(tls: TlsConnector, proxies: Arc<Proxies>) -> Self {
        Self {
            connector: Connector::new(tls, Arc::clone(&proxies)),
            proxies,
            idle: Arc::default(),
        }
    }

    /// Returns the unused connections. Something must close those that are unused for too long.
    pub(crate) fn idle(&self) -> &Arc<IdleConnections> {
        &self.idle
    }

    /// Sends a request and receives the response headers. The response body is received when it is polled.
    pub(crate) async fn exchange(
        &self,
        mut request: Request<Body>,
        attempt: &Attempt,
    ) -> Result<Response<Body>, TransportError> {
        let server = request.uri().clone();
        let proxy = self.forwarding_proxy(&server);
        add_headers(&mut request, proxy.as_ref());
        if proxy.is_none() {
            *request.uri_mut() = origin_form(&server);
        }
        let deadline = attempt.deadline.map(|left| Instant::now() + left);
        let mut is_connected = false;
        let sent = timeout(attempt.timeout, self.send(request, &server, &mut is_connected)).await;
        let (response, lease) = match sent {
            Ok(sent) => sent?,
            Err(_) if is_connected => return Err(TransportError::new(TransportErrorKind::Timeout)),
            Err(_) => {
                return Err(TransportError::new(TransportErrorKind::ConnectTimeout).with_target(self.route(&server)));
            }
        };
        if proxy.is_some() && response.status() == StatusCode::PROXY_AUTHENTICATION_REQUIRED {
            return Err(TransportError::new(TransportErrorKind::Proxy)
                .with_target(self.route(&server))
                .with_source(format!("the proxy responded with {}", response.status())));
        }
        Ok(response.map(|body| {
            let body = ResponseBody::new(body, lease);
            Body::stream(TimedBody::new(body, attempt.timeout, deadline))
        }))
    }

    /// Sends a request over an unused connection or a new one. Sets `is_connected` when there is one.
    async fn send(
        &self,
        mut request: Request<Body>,
        server: &Uri,
        is_connected: &mut bool,
    ) -> Result<(Response<Incoming>, Option<Lease>), TransportError> {
        loop {
            let (connection, is_reused) = self.connection(server).await?;
            *is_connected = true;
            let SendFailure { error, unsent, tls } = match connection.send(request).await {
                Ok((response, connection)) => {
                    let lease = connection.map(|connection| Lease {
                        connection,
                        server: server.clone(),
                        pool: Arc::clone(&self.idle),
                    });
                    return Ok((response, lease));
                }
                Err(failure) => *failure,
            };
            match unsent {
                // The server closed the connection while it was unused.
                Some(unsent) if is_reused => request = unsent,
                Some(_) | None => return Err(request_failed(error, tls, &|| self.route(server))),
            }
            *is_connected = false;
        }
    }

    /// Returns a connection, and `true` if it is an unused one: it was there before, or became unused before a new one was
    /// established.
    async fn connection(&self, server: &Uri) -> Result<(Connection, bool), TransportError> {
        if let Some(connection) = self.idle.take(server) {
            // If the server has closed the connection, its task learns it now, and not after the request was sent.
            yield_now().await;
            return Ok((connection, true));
        }
        let mut connecting = self.connect(server);
        loop {
            let mut added = pin!(self.idle.added());
            // From here on, none is missed.
            added.as_mut().enable();
            if let Some(connection) = self.idle.take(server) {
                self.idle.add_later(server.clone(), connecting);
                return Ok((connection, true));
            }
            let connected = poll_fn(|context| match connecting.as_mut().poll(context) {
                Poll::Ready(connected) => Poll::Ready(Some(connected)),
                Poll::Pending => added.as_mut().poll(context).map(|()| None),
            });
            if let Some(connected) = connected.await {
                return Ok((connected?, false));
            }
        }
    }

    fn connect(&self, server: &Uri) -> Connecting {
        let (connector, proxies, server) = (self.connector.clone(), Arc::clone(&self.proxies), server.clone());
        Box::pin(async move {
            let connection = Connection::open(connector.connect(&server).await?).await;
            let route = || route(&server, proxies.proxy_for(&server).as_ref());
            connection.map_err(|error| request_failed(error, None, &route))
        })
    }

    /// Returns the proxy that forwards requests to a server, if any. Tunnels are the connector's.
    fn forwarding_proxy(&self, server: &Uri) -> Option<Proxy> {
        if server.scheme() != Some(&Scheme::HTTP) {
            return None;
        }
        self.proxies.proxy_for(server).filter(|proxy| proxy.forwards(server))
    }

    fn route(&self, server: &Uri) -> String {
        route(server, self.proxies.proxy_for(server).as_ref())
    }
}

fn add_headers(request: &mut Request<Body>, proxy: Option<&Proxy>) {
    let expects_body = matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH);
    if expects_body && request.body().is_end_stream() {
        insert_header(request.headers_mut(), CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    if !request.headers().contains_key(HOST)
        && let Ok(host) = HeaderValue::try_from(host(request.uri()))
    {
        insert_header(request.headers_mut(), HOST, host);
    }
    if let Some(authorization) = proxy.and_then(Proxy::authorization) {
        insert_header(request.headers_mut(), PROXY_AUTHORIZATION, authorization.clone());
    }
}

/// Returns the path and query of a URI, which is what a server receives. A proxy that forwards requests receives the whole URI.
fn origin_form(uri: &Uri) -> Uri {
    let path = uri.path_and_query().cloned();
    path.unwrap_or_else(|| PathAndQuery::from_static("/")).into()
}
