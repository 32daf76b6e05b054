//! Failures before a request is sent.

use std::error::Error;
use std::fmt;
use std::io;
use std::sync::Arc;

use rustls::InvalidMessage;

use crate::runtime::{TransportError, TransportErrorKind};

/// The reason why there is no connection over which to send a request.
#[derive(Clone, Debug)]
pub(crate) struct ConnectError {
    kind: TransportErrorKind,
    /// The host and port to which there is no connection.
    target: Option<String>,
    source: Arc<dyn Error + Send + Sync>,
}

impl ConnectError {
    /// The server or the proxy cannot be resolved or reached, or the connection was lost during a handshake. A retry may succeed.
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
        match tls_error(&source) {
            // The first bytes are not a TLS message.
            Some(rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType)) => {
                Self::new(TransportErrorKind::Tls, "the server does not use TLS on this port")
            }
            Some(_) => Self::new(TransportErrorKind::Tls, source),
            None => Self::new(TransportErrorKind::Connect, source),
        }
    }

    fn new(kind: TransportErrorKind, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            kind,
            target: None,
            source: source.into().into(),
        }
    }

    /// Sets the target, unless it is set.
    pub(crate) fn with_target(mut self, target: impl FnOnce() -> String) -> Self {
        self.target.get_or_insert_with(target);
        self
    }

    pub(crate) fn to_transport_error(&self) -> TransportError {
        let error = TransportError::new(self.kind).with_source(Arc::clone(&self.source));
        match &self.target {
            Some(target) => error.with_target(target.clone()),
            None => error,
        }
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
