//! Connections to a server through a proxy.

use std::future::{Ready, ready};
use std::task::{Context, Poll};

use http::header::{HOST, PROXY_AUTHORIZATION};
use http::{HeaderValue, Method, Request, StatusCode, Uri};
use hyper_util::client::legacy::connect::proxy::{SocksV4, SocksV5};
use hyper_util::rt::TokioIo;
use tower_service::Service;

use super::connect_error::{connect_failed, rejected_by_proxy};
use super::connection::Connection;
use super::failure::exchange_kind;
use super::stream::{HttpStream, Stream};
use crate::runtime::{Body, TransportError, TransportErrorKind};

/// Asks an HTTP proxy to connect to this host and port.
pub(crate) async fn http_tunnel(
    proxy: Box<dyn Stream>,
    server: &str,
    authorization: Option<&HeaderValue>,
) -> Result<Box<dyn Stream>, TransportError> {
    let mut request = Request::new(Body::empty());
    *request.method_mut() = Method::CONNECT;
    request
        .headers_mut()
        .insert(HOST, HeaderValue::try_from(server).map_err(connect_failed)?);
    if let Some(authorization) = authorization {
        request.headers_mut().insert(PROXY_AUTHORIZATION, authorization.clone());
    }
    *request.uri_mut() = Uri::try_from(server).map_err(connect_failed)?;
    let mut connection = Connection::open(HttpStream::new(proxy)).await.map_err(connect_failed)?;
    let response = match connection.sender.send_request(request).await {
        Ok(response) => response,
        Err(error) if exchange_kind(&error) == TransportErrorKind::InvalidResponse => {
            return Err(rejected_by_proxy(error));
        }
        Err(error) if error.is_incomplete_message() => {
            return Err(connect_failed("the proxy closed the connection"));
        }
        Err(error) => return Err(connect_failed(error)),
    };
    let status = response.status();
    if status == StatusCode::OK {
        // The tunnel is not limited.
        let receiving = connection.limit().receive();
        let stream = hyper::upgrade::on(response).await.map_err(connect_failed)?;
        std::mem::forget(receiving);
        return Ok(Box::new(TokioIo::new(stream)));
    }
    let problem = format!("the proxy responded with {status}");
    Err(match status {
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            connect_failed(problem)
        }
        _ => rejected_by_proxy(problem),
    })
}

/// Asks a SOCKS4 proxy to connect to this host and port. The host must be an IPv4 address unless the
/// proxy resolves host names.
pub(crate) async fn socks4_tunnel(proxy: Box<dyn Stream>, server: &str) -> Result<Box<dyn Stream>, TransportError> {
    let server = Uri::try_from(server).map_err(rejected_by_proxy)?;
    let mut socks = SocksV4::new(server.clone(), Connected(Some(TokioIo::new(proxy))));
    let stream = socks.call(server).await.map_err(rejected_by_proxy)?;
    Ok(stream.into_inner())
}

/// Asks a SOCKS5 proxy to connect to this host and port.
pub(crate) async fn socks5_tunnel(
    proxy: Box<dyn Stream>,
    server: &str,
    credentials: Option<(&str, &str)>,
) -> Result<Box<dyn Stream>, TransportError> {
    let server = Uri::try_from(server).map_err(rejected_by_proxy)?;
    let mut socks = SocksV5::new(server.clone(), Connected(Some(TokioIo::new(proxy))));
    if let Some((user, password)) = credentials {
        socks = socks.with_auth(user.to_owned(), password.to_owned());
    }
    let stream = socks.call(server).await.map_err(rejected_by_proxy)?;
    Ok(stream.into_inner())
}

/// A connector that returns an established connection, once.
struct Connected(Option<TokioIo<Box<dyn Stream>>>);

impl Service<Uri> for Connected {
    type Response = TokioIo<Box<dyn Stream>>;
    type Error = &'static str;
    type Future = Ready<Result<Self::Response, &'static str>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        ready(self.0.take().ok_or("the connection is in use"))
    }
}
