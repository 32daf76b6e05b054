//! A fake in the place of a network.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};

use super::Fake;
use super::fault::Outcome;
#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::{Attempt, Body, BoxFuture, Transport, TransportError, TransportErrorKind, sleep};

type Answer = Result<Response<Bytes>, TransportError>;

impl Fake {
    /// What a client sees of an outcome, and how long it has to wait for that.
    fn carry(outcome: Outcome, attempt: &Attempt) -> (Answer, Duration) {
        let failed = |kind| Err(TransportError::new(kind));
        match outcome {
            Outcome::Answer(response) => (Ok(response), Duration::ZERO),
            Outcome::Late(_, delay) if delay > attempt.timeout => {
                (failed(TransportErrorKind::Timeout), attempt.timeout)
            }
            Outcome::Late(response, delay) => (Ok(response), delay),
            Outcome::CutOff(_) | Outcome::Closed => (failed(TransportErrorKind::CutOff), Duration::ZERO),
            Outcome::Refused => (failed(TransportErrorKind::Connect), Duration::ZERO),
        }
    }
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
            let (answer, wait) = Self::carry(self.receive(request), attempt);
            Transport::sleep(self, wait).await;
            Ok(answer?.map(Body::from))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        match self.inner.clock.wait(duration) {
            Some(left) if !left.is_zero() => sleep(left),
            Some(_) | None => Box::pin(async {}),
        }
    }

    fn now(&self) -> Instant {
        self.inner.clock.instant()
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
        let (answer, wait) = Self::carry(self.receive(request), attempt);
        blocking::Transport::sleep(self, wait);
        Ok(answer?.map(blocking::Body::from))
    }

    fn sleep(&self, duration: Duration) {
        if let Some(left) = self.inner.clock.wait(duration) {
            std::thread::sleep(left);
        }
    }

    fn now(&self) -> Instant {
        self.inner.clock.instant()
    }
}
