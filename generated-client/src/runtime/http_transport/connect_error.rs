//! Failures before a request is sent.

use std::error::Error;
use std::fmt;
use std::io;
use std::sync::Arc;

use crate::runtime::{TransportError, TransportErrorKind};

/// The reason why there is no connection over which to send a request.
#[derive(Clone, Debug)]
pub(crate) struct ConnectError {
    kind: TransportErrorKind,
    source: Arc<dyn Error + Send + Sync>,
}

impl ConnectError {
    /// The host cannot be resolved or reached, or the connection was lost during a handshake. A retry may succeed.
    pub(crate) fn connect(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(TransportErrorKind::Connect, source)
    }

    /// The proxy refused to connect to the server.
    pub(crate) fn proxy(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(TransportErrorKind::Proxy, source)
    }

    /// The host is not a valid name for TLS.
    pub(crate) fn invalid_name(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(TransportErrorKind::Tls, source)
    }

    /// The TLS handshake failed.
    pub(crate) fn tls(source: io::Error) -> Self {
        let kind = match tls_error(&source) {
            Some(_) => TransportErrorKind::Tls,
            None => TransportErrorKind::Connect,
        };
        Self::new(kind, source)
    }

    fn new(kind: TransportErrorKind, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            kind,
            source: source.into().into(),
        }
    }

    pub(crate) fn to_transport_error(&self) -> TransportError {
        TransportError::new(self.kind).with_source(Arc::clone(&self.source))
    }
}

/// Returns the error of the TLS protocol, such as an untrusted certificate. A lost connection is no such error.
pub(crate) fn tls_error(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref()?.downcast_ref()
}

impl fmt::Display for ConnectError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(formatter)
    }
}

impl Error for ConnectError {}
