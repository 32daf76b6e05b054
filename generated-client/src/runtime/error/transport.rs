//! Errors of transports.

use std::fmt;
use std::sync::Arc;

/// The error of a transport: no complete response was received.
#[derive(Clone, Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    /// The host and port to which there is no connection.
    target: Option<String>,
    /// `true` if the transport could not even begin to connect.
    is_before_attempt: bool,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

/// The kind of a transport error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was established: the server or the proxy was not resolved or not reached, or the proxy did not reach the server.
    /// Nothing was sent to the server.
    Connect,
    /// The attempt timed out before a connection was established. Nothing was sent.
    ConnectTimeout,
    /// The TLS handshake failed, for example because the certificate of the server is not trusted, or because the server does not
    /// use TLS. The server processed no request.
    Tls,
    /// The proxy refused to connect to the server, for example because it requires a password. Nothing was sent to the server.
    Proxy,
    /// The attempt timed out after the request was sent, or while it was sent.
    Timeout,
    /// The connection was closed before the response was complete.
    Interrupted,
    /// The response is not valid HTTP, or it has more or longer headers than the transport supports.
    InvalidResponse,
    /// The response body exceeds the maximum size.
    TooLarge,
    /// Any other error.
    Other,
}

impl TransportErrorKind {
    /// Returns `true` if there was no connection over which to send the request.
    pub(crate) fn is_connect(self) -> bool {
        match self {
            Self::Connect | Self::ConnectTimeout | Self::Tls | Self::Proxy => true,
            Self::Timeout | Self::Interrupted | Self::InvalidResponse | Self::TooLarge | Self::Other => false,
        }
    }

    /// Returns `true` if the attempt took too long.
    pub(crate) fn is_timeout(self) -> bool {
        match self {
            Self::ConnectTimeout | Self::Timeout => true,
            Self::Connect
            | Self::Tls
            | Self::Proxy
            | Self::Interrupted
            | Self::InvalidResponse
            | Self::TooLarge
            | Self::Other => false,
        }
    }

    /// Returns the identifier of this kind in logs.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::ConnectTimeout => "connect_timeout",
            Self::Tls => "tls",
            Self::Proxy => "proxy",
            Self::Timeout => "timeout",
            Self::Interrupted => "interrupted",
            Self::InvalidResponse => "invalid_response",
            Self::TooLarge => "too_large",
            Self::Other => "transport",
        }
    }

    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::Connect => "could not connect",
            Self::ConnectTimeout => "timed out while connecting",
            Self::Tls => "could not establish a TLS connection",
            Self::Proxy => "could not connect through the proxy",
            Self::Timeout => "timed out",
            Self::Interrupted => "the connection was closed before the response was complete",
            Self::InvalidResponse => "cannot parse the response as HTTP",
            Self::TooLarge => "the response body exceeds the maximum size",
            Self::Other => "could not send the request",
        }
    }
}

impl TransportError {
    /// Creates an error without a source.
    #[must_use]
    pub fn new(kind: TransportErrorKind) -> Self {
        Self {
            kind,
            target: None,
            is_before_attempt: false,
            source: None,
        }
    }

    /// Creates the error of a transport that cannot be used, so that no attempt was made.
    #[cfg(feature = "async")]
    pub(crate) fn before_attempt(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let mut error = Self::new(TransportErrorKind::Other).with_source(source);
        error.is_before_attempt = true;
        error
    }

    /// Returns `true` if no attempt was made.
    pub(crate) fn is_before_attempt(&self) -> bool {
        self.is_before_attempt
    }

    /// Sets the host and port to which there is no connection, and the proxy if there is one, unless they are set.
    #[cfg(feature = "async")]
    pub(crate) fn with_target(mut self, target: String) -> Self {
        self.target.get_or_insert(target);
        self
    }

    /// Sets the source of the error. It must not contain the API key or the query, because [`Error`](super::Error)
    /// displays it.
    #[must_use]
    pub fn with_source(self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.with_boxed_source(source.into())
    }

    // Not inlined, so that the crate contains this once, and not for each type of source.
    #[inline(never)]
    fn with_boxed_source(mut self, source: Box<dyn std::error::Error + Send + Sync>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.target, self.kind) {
            // The target names the proxy.
            (Some(target), TransportErrorKind::Proxy) => write!(formatter, "could not connect to {target}"),
            (Some(target), kind) => write!(formatter, "{} to {target}", kind.describe()),
            (None, kind) => formatter.write_str(kind.describe()),
        }
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
