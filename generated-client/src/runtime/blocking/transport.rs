//! What carries requests of a blocking client.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};

use crate::runtime::{Attempt, TransportError};

/// Carries requests for a blocking client.
///
/// A transport sends one request once: it follows no redirect, retries nothing, and hands back an answer of
/// any status. What holds of every call (the key, redirects, retries, reading errors) is above it.
///
/// It also brings the time by which calls are retried and paced. A transport that keeps its own, a test's say,
/// gives both [`sleep`](Self::sleep) and [`now`](Self::now).
pub trait Transport: Send + Sync {
    /// Sends a request and receives the whole answer within the bounds of the attempt.
    ///
    /// # Errors
    ///
    /// When no whole answer came within them.
    fn send(&self, request: Request<Bytes>, attempt: &Attempt) -> Result<Response<Bytes>, TransportError>;

    /// Waits before a call is sent, or sent again: on this thread, unless given.
    fn sleep(&self, duration: Duration) {
        thread::sleep(duration);
    }

    /// The time, as `sleep` makes it pass.
    fn now(&self) -> Instant {
        Instant::now()
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Bytes>, attempt: &Attempt) -> Result<Response<Bytes>, TransportError> {
        T::send(self, request, attempt)
    }

    fn sleep(&self, duration: Duration) {
        T::sleep(self, duration);
    }

    fn now(&self) -> Instant {
        T::now(self)
    }
}
