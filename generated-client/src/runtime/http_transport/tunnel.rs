//! Connections to a server through a proxy.

use std::future::{Ready, ready};
use std::task::{Context, Poll};

use http::header::{HOST, PROXY_AUTHORIZATION};
use http::{HeaderValue, Request, StatusCode, Uri};
use hyper_util::client::legacy::connect::proxy::{SocksV4, SocksV5};
use tower_service::Service;

use super::connect_error::ConnectError;
use super::connection::Connection;
use super::failure::exchange_kind;
use super::stream::{HttpStream, Stream};
use super::target::authority;
use crate::runtime::{Body, TransportErrorKind};

/// Asks an HTTP proxy to connect to the server of the URI.
pub(crate) async fn http_tunnel(
    proxy: Box<dyn Stream>,
    server: &Uri,
    authorization: Option<&HeaderValue>,
) -> Result<Box<dyn Stream>, ConnectError> {
    let authority = authority(server);
    let mut request = Request::connect(&authority).header(HOST, &authority);
    if let Some(authorization) = authorization {
        request = request.header(PROXY_AUTHORIZATION, authorization);
    }
    let request = request.body(Body::empty()).map_err(ConnectError::connect)?;
    let mut connection = Connection::open(HttpStream::new(proxy))
        .await
        .map_err(ConnectError::connect)?;
    let response = match connection.sender.send_request(request).await {
        Ok(response) => response,
        Err(error) if exchange_kind(&error) == TransportErrorKind::InvalidResponse => {
            return Err(ConnectError::proxy(error));
        }
        Err(error) if error.is_incomplete_message() => {
            return Err(ConnectError::connect("the proxy closed the connection"));
        }
        Err(error) => return Err(ConnectError::connect(error)),
    };
    let status = response.status();
    if status == StatusCode::OK {
        // The tunnel is not limited.
        let receiving = connection.limit().receive();
        let stream = hyper::upgrade::on(response).await.map_err(ConnectError::connect)?;
        std::mem::forget(receiving);
        return Ok(Box::new(stream));
    }
    let problem = format!("the proxy responded with {status}");
    Err(match status {
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            ConnectError::connect(problem)
        }
        _ => ConnectError::proxy(problem),
    })
}

/// Asks a SOCKS4 proxy to connect to this host and port. The host must be an IPv4 address unless the
/// proxy resolves host names.
pub(crate) async fn socks4_tunnel(proxy: Box<dyn Stream>, server: &str) -> Result<Box<dyn Stream>, ConnectError> {
    let server = Uri::try_from(server).map_err(ConnectError::proxy)?;
    let mut socks = SocksV4::new(server.clone(), Connected(Some(proxy)));
    socks.call(server).await.map_err(ConnectError::proxy)
}

/// Asks a SOCKS5 proxy to connect to this host and port.
pub(crate) async fn socks5_tunnel(
    proxy: Box<dyn Stream>,
    server: &str,
    credentials: Option<(&str, &str)>,
) -> Result<Box<dyn Stream>, ConnectError> {
    let server = Uri::try_from(server).map_err(ConnectError::proxy)?;
    let mut socks = SocksV5::new(server.clone(), Connected(Some(proxy)));
    if let Some((user, password)) = credentials {
        socks = socks.with_auth(user.to_owned(), password.to_owned());
    }
    socks.call(server).await.map_err(ConnectError::proxy)
}

/// A connector that returns an established connection, once.
struct Connected(Option<Box<dyn Stream>>);

impl Service<Uri> for Connected {
    type Response = Box<dyn Stream>;
    type Error = &'static str;
    type Future = Ready<Result<Box<dyn Stream>, &'static str>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        ready(self.0.take().ok_or("the connection is in use"))
    }
}
