//! Errors of transports.

use std::fmt;

/// The error of a transport: no complete response was received.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The kind of a transport error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was established. Nothing was sent.
    Connect,
    /// The attempt timed out.
    Timeout,
    /// The connection was closed before the response was complete.
    Interrupted,
    /// The response body exceeds the maximum size.
    TooLarge,
    /// Any other error.
    Other,
}

impl TransportErrorKind {
    /// Returns the identifier of this kind in logs.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Interrupted => "interrupted",
            Self::TooLarge => "too_large",
            Self::Other => "transport",
        }
    }

    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::Connect => "could not connect",
            Self::Timeout => "timed out",
            Self::Interrupted => "the connection was closed before the response was complete",
            Self::TooLarge => "the response body exceeds the maximum size",
            Self::Other => "could not send the request",
        }
    }
}

impl TransportError {
    /// Creates an error without a source.
    #[must_use]
    pub fn new(kind: TransportErrorKind) -> Self {
        Self { kind, source: None }
    }

    /// Sets the source of the error. It must not contain the API key or the query, because [`Error`](super::Error)
    /// displays it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
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
        formatter.write_str(self.kind.describe())
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
