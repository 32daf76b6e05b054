//! The transport of a blocking client.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use http::{Request, Response};

use super::Body;
use crate::runtime::{Attempt, TransportError};

/// Sends the requests of a blocking client.
///
/// A transport sends one request once: it follows no redirect, retries nothing, and returns a response of any status.
/// The client adds the API key, follows redirects, retries, and reads errors.
///
/// It is also the clock of retries and rate limits. A transport with a clock of its own, for tests for example,
/// implements both [`sleep`](Self::sleep) and [`now`](Self::now).
pub trait Transport: Send + Sync {
    /// Sends a request, and receives the response within the bounds of the attempt.
    ///
    /// A body that is a reader is received as the client reads it, also within these bounds.
    ///
    /// # Errors
    ///
    /// When no whole response came within them.
    fn send(&self, request: Request<Body>, attempt: &Attempt) -> Result<Response<Body>, TransportError>;

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
    fn send(&self, request: Request<Body>, attempt: &Attempt) -> Result<Response<Body>, TransportError> {
        T::send(self, request, attempt)
    }

    fn sleep(&self, duration: Duration) {
        T::sleep(self, duration);
    }

    fn now(&self) -> Instant {
        T::now(self)
    }
}
