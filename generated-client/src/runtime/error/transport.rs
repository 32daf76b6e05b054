//! Failures to get a response.

use std::fmt;

/// The reason why no response was received.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The kind of a transport error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was opened, so that nothing was sent.
    Connect,
    /// The attempt timed out.
    Timeout,
    /// The connection was interrupted before the response was complete.
    Interrupted,
    /// The body of the response is larger than allowed.
    TooLarge,
    /// Anything else.
    Other,
}

impl TransportErrorKind {
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::Connect => "could not connect",
            Self::Timeout => "timed out",
            Self::Interrupted => "the connection broke before the whole response came",
            Self::TooLarge => "the response has more bytes than allowed",
            Self::Other => "the request could not be sent",
        }
    }
}

impl TransportError {
    /// An error of this kind, without a cause of its own.
    #[must_use]
    pub fn new(kind: TransportErrorKind) -> Self {
        Self { kind, source: None }
    }

    /// The same error with its cause, which must hold neither the key nor a query.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// How far the request came.
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
