//! Transports of the blocking client.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use http::{Request, Response};

use super::Body;
use crate::runtime::{Attempt, TransportError};

/// Sends the requests of a blocking client.
///
/// A transport sends each request once, without following redirects or retrying, and returns responses of any status.
/// The client adds the API key, follows redirects, retries, and decodes errors.
///
/// A transport is also the clock for deadlines, retries and rate limits. To use another clock, for example in tests,
/// implement both [`sleep`](Self::sleep) and [`now`](Self::now).
pub trait Transport: Send + Sync {
    /// Sends a request and receives the response, within the time limits of the attempt.
    ///
    /// If the response body is a reader, the client reads it later. The time limits apply to it, too.
    ///
    /// # Errors
    ///
    /// Returns an error if no response is received within the time limits.
    fn send(&self, request: Request<Body>, attempt: &Attempt) -> Result<Response<Body>, TransportError>;

    /// Waits before a request is sent or retried. By default, this blocks the current thread.
    fn sleep(&self, duration: Duration) {
        thread::sleep(duration);
    }

    /// Returns the current time of the clock that [`sleep`](Self::sleep) uses.
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
