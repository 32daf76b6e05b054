//! Connections that are reused, and exchanging requests and responses over them.

use std::sync::Arc;
use std::time::Duration;

use http::header::{CONTENT_LENGTH, PROXY_AUTHORIZATION};
use http::uri::Scheme;
use http::{HeaderValue, Method, Request, Response};
use http_body::Body as _;
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::capture_connection;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;

use super::connector::Connector;
use super::failure::{body_failed, request_failed};
use super::proxies::Proxies;
use super::stream::TlsFailure;
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
        self.add_headers(&mut request);
        let deadline = attempt.deadline.map(|left| Instant::now() + left);
        let connection = capture_connection(&mut request);
        let result = timeout(attempt.timeout, self.client.request(request)).await;
        let connected = connection.connection_metadata();
        let response = match (result, &*connected) {
            (Ok(Ok(response)), _) => response,
            (Ok(Err(error)), connected) => {
                return Err(request_failed(error, connected.as_ref().and_then(TlsFailure::of)));
            }
            (Err(_), None) => return Err(TransportError::new(TransportErrorKind::ConnectTimeout)),
            (Err(_), Some(_)) => return Err(TransportError::new(TransportErrorKind::Timeout)),
        };
        Ok(response.map(|body| Body::stream(TimedBody::new(body, body_failed, attempt.timeout, deadline))))
    }

    fn add_headers(&self, request: &mut Request<Body>) {
        let expects_body = matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH);
        if expects_body && request.body().is_end_stream() {
            request
                .headers_mut()
                .insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        if request.uri().scheme() != Some(&Scheme::HTTP) {
            // The connector sends the credentials to the proxy.
            return;
        }
        let proxy = self.proxies.proxy_for(request.uri());
        if let Some(authorization) = proxy.as_ref().and_then(|proxy| proxy.authorization()) {
            request.headers_mut().insert(PROXY_AUTHORIZATION, authorization.clone());
        }
    }
}
