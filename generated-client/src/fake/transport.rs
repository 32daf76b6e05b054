//! A fake in the place of a network.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};

use super::Fake;
use super::fault::Outcome;
#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::{Attempt, BoxFuture, Transport, TransportError, TransportErrorKind, sleep};

type Answer = Result<Response<Bytes>, TransportError>;

impl Fake {
    /// What a client sees of an outcome, and how long it has to wait for that.
    fn carry(outcome: Outcome, attempt: &Attempt) -> (Answer, Duration) {
        let failed = |kind| Err(TransportError::new(kind));
        let within = |response: Response<Bytes>| {
            if response.body().len() > attempt.max_body {
                failed(TransportErrorKind::TooLarge)
            } else {
                Ok(response)
            }
        };
        match outcome {
            Outcome::Answer(response) => (within(response), Duration::ZERO),
            Outcome::Late(_, delay) if delay > attempt.timeout => {
                (failed(TransportErrorKind::Timeout), attempt.timeout)
            }
            Outcome::Late(response, delay) => (within(response), delay),
            Outcome::CutOff(_) | Outcome::Closed => (failed(TransportErrorKind::CutOff), Duration::ZERO),
            Outcome::Refused => (failed(TransportErrorKind::Connect), Duration::ZERO),
        }
    }
}

impl Transport for Fake {
    fn send<'a>(&'a self, request: Request<Bytes>, attempt: &'a Attempt) -> BoxFuture<'a, Answer> {
        Box::pin(async move {
            let (answer, wait) = Self::carry(self.receive(request), attempt);
            Transport::sleep(self, wait).await;
            answer
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
    fn send(&self, request: Request<Bytes>, attempt: &Attempt) -> Answer {
        let (answer, wait) = Self::carry(self.receive(request), attempt);
        blocking::Transport::sleep(self, wait);
        answer
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
