//! The transport of an async client.

use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response};

use super::sleep::sleep;
use super::{Body, BoxFuture};
use crate::runtime::clock::Instant;
use crate::runtime::{Attempt, TransportError};

/// Sends the requests of an async client.
///
/// A transport sends one request once: it follows no redirect, retries nothing, and returns a response of any status.
/// The client adds the API key, follows redirects, retries, and reads errors.
///
/// It is also the clock of retries and rate limits. A transport with a clock of its own, for tests for example,
/// implements both [`sleep`](Self::sleep) and [`now`](Self::now).
pub trait Transport: Send + Sync {
    /// Sends a request, and receives the response within the bounds of the attempt.
    ///
    /// A body that is a stream is received as the client polls it, also within these bounds.
    fn send<'a>(
        &'a self,
        request: Request<Body>,
        attempt: &'a Attempt,
    ) -> BoxFuture<'a, Result<Response<Body>, TransportError>>;

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
