//! Transports of the async client.

use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response};

use super::sleep::sleep;
use super::{Body, BoxFuture};
use crate::runtime::clock::Instant;
use crate::runtime::{Attempt, TransportError};

/// Sends the requests of an async client.
///
/// A transport sends each request once, without following redirects or retrying, and returns responses of any status.
/// The client adds the API key, follows redirects, retries, and decodes errors.
///
/// A transport is also the clock for deadlines, retries and rate limits. To use another clock, for example in tests,
/// implement both [`sleep`](Self::sleep) and [`now`](Self::now).
pub trait Transport: Send + Sync {
    /// Sends a request and receives the response, within the time limits of the attempt.
    ///
    /// If the response body is a stream, the client reads it later. The time limits apply to it, too.
    fn send<'a>(
        &'a self,
        request: Request<Body>,
        attempt: &'a Attempt,
    ) -> BoxFuture<'a, Result<Response<Body>, TransportError>>;

    /// Waits before a request is sent or retried.
    ///
    /// By default, this waits on a new thread, because the async runtime is unknown. A transport for a specific runtime
    /// should use its timer.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        sleep(duration)
    }

    /// Returns the current time of the clock that [`sleep`](Self::sleep) uses.
    fn now(&self) -> Instant {
        Instant::now()
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send<'a>(
        &'a self,
        request: Request<Body>,
        attempt: &'a Attempt,
    ) -> BoxFuture<'a, Result<Response<Body>, TransportError>> {
        T::send(self, request, attempt)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        T::sleep(self, duration)
    }

    fn now(&self) -> Instant {
        T::now(self)
    }
}
