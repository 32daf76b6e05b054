//! Connections that are reused, and exchanging requests and responses over them.

use std::sync::Arc;
use std::time::Duration;

use http::header::{CONTENT_LENGTH, PROXY_AUTHORIZATION};
use http::uri::Scheme;
use http::{HeaderValue, Method, Request, Response, StatusCode, Uri};
use http_body::Body as _;
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::capture_connection;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;

use super::connector::Connector;
use super::failure::{body_failed, request_failed};
use super::head_limit::HeadLimit;
use super::proxies::{Proxies, Proxy};
use super::stream::TlsFailure;
use super::target::route;
use super::timed_body::TimedBody;
use crate::runtime::{Attempt, Body, TransportError, TransportErrorKind};

/// The time after which an unused connection is closed.
const IDLE_TIMEOUT: Duration = Duration::from_secs(90);

/// Connections whose tasks run on one async runtime.
#[derive(Clone)]
pub(crate) struct Pool {
    client: legacy::Client<Connector, Body>,
    proxies: Arc<Proxies>,
}

impl Pool {
    pub(crate) fn new(tls: TlsConnector, proxies: Arc<Proxies>) -> Self {
        let client = legacy::Client::builder(TokioExecutor::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .pool_timer(TokioTimer::new())
            .build(Connector::new(tls, Arc::clone(&proxies)));
        Self { client, proxies }
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
        let deadline = attempt.deadline.map(|left| Instant::now() + left);
        let connection = capture_connection(&mut request);
        let result = timeout(attempt.timeout, self.client.request(request)).await;
        let connected = connection.connection_metadata();
        let response = match (result, &*connected) {
            (Ok(Ok(response)), _) => response,
            (Ok(Err(error)), connected) => {
                let tls = connected.as_ref().and_then(TlsFailure::of);
                return Err(request_failed(error, tls, || self.route(&server)));
            }
            (Err(_), None) => {
                return Err(TransportError::new(TransportErrorKind::ConnectTimeout).with_target(self.route(&server)));
            }
            (Err(_), Some(_)) => return Err(TransportError::new(TransportErrorKind::Timeout)),
        };
        if proxy.is_some() && response.status() == StatusCode::PROXY_AUTHENTICATION_REQUIRED {
            return Err(TransportError::new(TransportErrorKind::Proxy)
                .with_target(self.route(&server))
                .with_source(format!("the proxy responded with {}", response.status())));
        }
        let receiving = response.extensions().get().map(HeadLimit::receive);
        Ok(response.map(|body| {
            let body = TimedBody::new(body, body_failed, attempt.timeout, deadline);
            Body::stream(body.receiving(receiving))
        }))
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
        request
            .headers_mut()
            .insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    if let Some(authorization) = proxy.and_then(Proxy::authorization) {
        request.headers_mut().insert(PROXY_AUTHORIZATION, authorization.clone());
    }
}
