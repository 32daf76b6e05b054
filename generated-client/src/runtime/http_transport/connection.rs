//! Connections over which requests are sent.

use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;

use super::head_limit::HeadLimit;
use super::stream::{HttpStream, TlsFailure};
use crate::runtime::{Body, BoxFuture, TransportError};

/// A connection that is being established.
pub(crate) type Connecting = BoxFuture<'static, Result<Connection, TransportError>>;

/// A connection over which requests can be sent, one after the other.
pub(crate) struct Connection {
    pub(crate) sender: SendRequest<Body>,
    failure: TlsFailure,
    limit: HeadLimit,
}

impl Connection {
    /// Starts a task that serves the connection. It ends with the connection, which is closed when this value is dropped.
    pub(crate) async fn open(stream: HttpStream) -> hyper::Result<Self> {
        let (failure, limit) = (stream.failure().clone(), stream.limit().clone());
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // Boxed, so that the runtime's code for tasks is compiled for a single type.
        let serve: BoxFuture<'static, ()> = Box::pin(async move { drop(connection.with_upgrades().await) });
        tokio::spawn(serve);
        Ok(Self { sender, failure, limit })
    }

    /// Returns the TLS error that ended the connection, if any.
    pub(crate) fn tls_failure(&self) -> Option<TransportError> {
        self.failure.get()
    }

    /// Returns the limit for the bytes that precede each response.
    pub(crate) fn limit(&self) -> &HeadLimit {
        &self.limit
    }
}
