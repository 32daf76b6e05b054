//! What carries requests to a server and answers back.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};

use super::sleep::sleep;

/// A future on the heap.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries requests for an async client.
///
/// A transport sends one request once: it follows no redirect, retries nothing, and hands back an answer of
/// any status. What holds of every call (the key, redirects, retries, reading errors) is above it.
///
/// It also brings the time by which calls are retried and paced. A transport that keeps its own, a test's say,
/// gives both [`sleep`](Self::sleep) and [`now`](Self::now).
pub trait Transport: Send + Sync {
    /// Sends a request and receives the whole answer within the bounds of the attempt.
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        attempt: &'a Attempt,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>>;

    /// Waits before a call is sent, or sent again.
    ///
    /// Unless given it waits on a thread made for it, since no runtime is known: a transport that knows one uses its
    /// timer.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        sleep(duration)
    }

    /// The time, as `sleep` makes it pass.
    fn now(&self) -> Instant {
        Instant::now()
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        attempt: &'a Attempt,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        T::send(self, request, attempt)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        T::sleep(self, duration)
    }

    fn now(&self) -> Instant {
        T::now(self)
    }
}

/// The bounds of sending a request once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// How long it may take, from connecting to the last byte of the body.
    pub timeout: Duration,
    /// How many bytes the body of the answer may have.
    pub max_body: usize,
}

/// Why no answer came.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// How far a request came that was not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection opened: nothing was sent.
    Connect,
    /// The attempt took too long.
    Timeout,
    /// The connection broke before the whole answer came.
    CutOff,
    /// The body of the answer has more bytes than allowed.
    TooLarge,
    /// Anything else.
    Other,
}

impl TransportErrorKind {
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::Connect => "could not connect",
            Self::Timeout => "timed out",
            Self::CutOff => "the connection broke before the whole answer came",
            Self::TooLarge => "the answer has more bytes than allowed",
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
