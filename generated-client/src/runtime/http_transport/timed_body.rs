//! Response bodies with a timeout.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::runtime::{TransportError, TransportErrorKind};

/// A body that fails if it pauses for longer than the timeout, or is incomplete at the deadline.
pub(crate) struct TimedBody<B> {
    body: B,
    timeout: Duration,
    deadline: Option<Instant>,
    /// The timer of the current pause, if any.
    pause: Option<Pin<Box<Sleep>>>,
}

impl<B> TimedBody<B> {
    /// Adds a timeout and a deadline to a body.
    pub(crate) fn new(body: B, timeout: Duration, deadline: Option<Instant>) -> Self {
        Self {
            body,
            timeout,
            deadline,
            pause: None,
        }
    }

    fn is_past_deadline(&self) -> bool {
        self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }
}

impl<B: Body<Data = Bytes, Error = TransportError> + Unpin> Body for TimedBody<B> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let timed_out = || Poll::Ready(Some(Err(TransportError::new(TransportErrorKind::Timeout))));
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.pause = None;
            return match frame {
                Some(_) if self.is_past_deadline() => timed_out(),
                frame => Poll::Ready(frame),
            };
        }
        let (timeout, deadline) = (self.timeout, self.deadline);
        let pause = self.pause.get_or_insert_with(|| {
            let end = Instant::now() + timeout;
            Box::pin(sleep_until(deadline.map_or(end, |deadline| deadline.min(end))))
        });
        ready!(pause.as_mut().poll(context));
        timed_out()
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::pin::pin;

    use super::*;

    /// A body whose chunks arrive with this gap between them.
    struct Slow {
        chunks: u32,
        gap: Duration,
        sleep: Pin<Box<Sleep>>,
    }

    impl Body for Slow {
        type Data = Bytes;
        type Error = TransportError;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
            ready!(self.sleep.as_mut().poll(context));
            if self.chunks == 0 {
                return Poll::Ready(None);
            }
            self.chunks -= 1;
            let next = Instant::now() + self.gap;
            self.sleep.as_mut().reset(next);
            Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"x")))))
        }
    }

    /// Returns the number of received chunks, and the error if there was one. All times are in seconds.
    async fn received(gap: u64, timeout: u64, deadline: Option<u64>) -> (u32, Option<TransportErrorKind>) {
        let seconds = Duration::from_secs;
        let slow = Slow {
            chunks: 10,
            gap: seconds(gap),
            sleep: Box::pin(tokio::time::sleep(seconds(gap))),
        };
        let deadline = deadline.map(|deadline| Instant::now() + seconds(deadline));
        let mut body = pin!(TimedBody::new(slow, seconds(timeout), deadline));
        let mut count = 0;
        loop {
            match poll_fn(|context| body.as_mut().poll_frame(context)).await {
                Some(Ok(_)) => count += 1,
                Some(Err(error)) => return (count, Some(error.kind())),
                None => return (count, None),
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn timeout_applies_to_each_pause() {
        assert_eq!(received(2, 3, None).await, (10, None));
        assert_eq!(received(4, 3, None).await, (0, Some(TransportErrorKind::Timeout)));
    }

    #[tokio::test(start_paused = true)]
    async fn deadline_applies_to_the_whole_body() {
        assert_eq!(received(2, 3, Some(30)).await, (10, None));
        assert_eq!(received(2, 3, Some(7)).await, (3, Some(TransportErrorKind::Timeout)));
    }
}
