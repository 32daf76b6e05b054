//! Connections to a server through an HTTP proxy.

use http::header::{HOST, PROXY_AUTHORIZATION};
use http::{HeaderValue, Method, Request, StatusCode, Uri};
use hyper_util::rt::TokioIo;

use super::connect_error::{connect_failed, rejected_by_proxy};
use super::connection::Connection;
use super::failure::exchange_kind;
use super::stream::{HttpStream, Stream};
use crate::runtime::request::insert_header;
use crate::runtime::{Body, TransportError, TransportErrorKind};

/// Asks an HTTP proxy to connect to this host and port.
pub(crate) async fn http_tunnel(
    proxy: Box<dyn Stream>,
    server: &str,
    authorization: Option<&HeaderValue>,
) -> Result<Box<dyn Stream>, TransportError> {
    let mut request = Request::new(Body::empty());
    *request.method_mut() = Method::CONNECT;
    let host = HeaderValue::try_from(server).map_err(connect_failed)?;
    insert_header(request.headers_mut(), HOST, host);
    if let Some(authorization) = authorization {
        insert_header(request.headers_mut(), PROXY_AUTHORIZATION, authorization.clone());
    }
    *request.uri_mut() = Uri::try_from(server).map_err(connect_failed)?;
    let connection = Connection::open(HttpStream::new(proxy)).await.map_err(connect_failed)?;
    let limit = connection.limit().clone();
    let (response, _connection) = match connection.send(request).await.map_err(|failure| failure.error) {
        Ok(received) => received,
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
        let receiving = limit.receive();
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
