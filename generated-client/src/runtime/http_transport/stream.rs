//! Connections.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::connect_error::tls_error;
use super::head_limit::HeadLimit;
use crate::runtime::{TransportError, TransportErrorKind};

/// A connection to a server or a proxy, with or without TLS.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// The TLS error that ended a connection, if any.
///
/// With TLS 1.3, a server rejects the certificate of a client after the handshake, at about the time of the first request. hyper
/// may notice that before it sends the request, and then it does not tell the reason.
#[derive(Clone, Default)]
pub(crate) struct TlsFailure(Arc<OnceLock<TransportError>>);

impl TlsFailure {
    /// Returns the error that was recorded first.
    pub(crate) fn get(&self) -> Option<TransportError> {
        self.0.get().cloned()
    }

    /// Records an error if it is a TLS error.
    fn record(&self, result: io::Result<()>) -> io::Result<()> {
        result.inspect_err(|error| {
            if let Some(error) = tls_error(error) {
                self.0
                    .get_or_init(|| TransportError::new(TransportErrorKind::Tls).with_source(error.clone()));
            }
        })
    }
}

/// A connection over which requests can be sent.
pub(crate) struct HttpStream {
    stream: Box<dyn Stream>,
    failure: TlsFailure,
    limit: HeadLimit,
}

impl HttpStream {
    pub(crate) fn new(stream: Box<dyn Stream>) -> Self {
        Self {
            stream,
            failure: TlsFailure::default(),
            limit: HeadLimit::default(),
        }
    }

    /// Returns the place of the TLS error that ends the connection.
    pub(crate) fn failure(&self) -> &TlsFailure {
        &self.failure
    }

    /// Returns the limit for the bytes that precede each response.
    pub(crate) fn limit(&self) -> &HeadLimit {
        &self.limit
    }
}

impl AsyncRead for HttpStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = ready!(Pin::new(&mut self.stream).poll_read(context, buffer));
        self.failure.record(read)?;
        Poll::Ready(self.limit.count(buffer.filled().len() - before))
    }
}

impl AsyncWrite for HttpStream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, buffers)
    }
}
