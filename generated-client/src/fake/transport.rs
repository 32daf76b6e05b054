//! The fake as the transport of a client.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};

use super::in_process::Fake;
use super::outcome::Outcome;
#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::{Attempt, Body, BoxFuture, IncompleteBody, Transport, TransportError, TransportErrorKind, sleep};

type TransportResult = Result<Response<Bytes>, TransportError>;

/// Returns the result of an attempt, and how long the client waits for it.
fn carry(outcome: Outcome, attempt: &Attempt) -> (TransportResult, Duration) {
    let failed = |kind| Err(TransportError::new(kind));
    match outcome {
        Outcome::Response(response) => (Ok(response), Duration::ZERO),
        Outcome::Delayed(_, delay) if delay > attempt.timeout => (failed(TransportErrorKind::Timeout), attempt.timeout),
        Outcome::Delayed(response, delay) => (Ok(response), delay),
        // Only an error response is usable without its whole body.
        Outcome::Truncated(response) if !response.status().is_success() && !response.body().is_empty() => {
            (Ok(truncated(response)), Duration::ZERO)
        }
        Outcome::Truncated(_) | Outcome::ConnectionClosed => (failed(TransportErrorKind::Interrupted), Duration::ZERO),
        Outcome::ConnectionRefused => (failed(TransportErrorKind::Connect), Duration::ZERO),
    }
}

/// Returns a response with the first half of its body.
fn truncated(mut response: Response<Bytes>) -> Response<Bytes> {
    let body = response.body_mut();
    body.truncate(body.len() / 2);
    response
        .extensions_mut()
        .insert(IncompleteBody(TransportErrorKind::Interrupted));
    response
}

impl Transport for Fake {
    fn send<'a>(
        &'a self,
        request: Request<Body>,
        attempt: &'a Attempt,
    ) -> BoxFuture<'a, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let request = Request::from_parts(parts, body.collect(usize::MAX).await?);
            let (result, wait) = carry(self.receive(request), attempt);
            Transport::sleep(self, wait).await;
            Ok(result?.map(Body::from))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        match self.clock().wait(duration) {
            Some(left) if !left.is_zero() => sleep(left),
            Some(_) | None => Box::pin(async {}),
        }
    }

    fn now(&self) -> Instant {
        self.clock().instant()
    }
}

#[cfg(feature = "blocking")]
impl blocking::Transport for Fake {
    fn send(
        &self,
        request: Request<blocking::Body>,
        attempt: &Attempt,
    ) -> Result<Response<blocking::Body>, TransportError> {
        let (parts, body) = request.into_parts();
        let request = Request::from_parts(parts, body.collect(usize::MAX)?);
        let (result, wait) = carry(self.receive(request), attempt);
        blocking::Transport::sleep(self, wait);
        Ok(result?.map(blocking::Body::from))
    }

    fn sleep(&self, duration: Duration) {
        if let Some(left) = self.clock().wait(duration) {
            std::thread::sleep(left);
        }
    }

    fn now(&self) -> Instant {
        self.clock().instant()
    }
}
