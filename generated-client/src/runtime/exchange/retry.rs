//! Which failures are worth another attempt, and how long to wait for it.

use std::time::Duration;

use super::MAX_DURATION;
use crate::runtime::Error;

/// How often a call is attempted, and how long it waits in between.
///
/// GET, PUT, DELETE and whatever else the API calls idempotent are attempted again after connection errors,
/// time-outs and the statuses 408, 429, 500, 502, 503 and 504. Any other operation is attempted again only where it
/// had no effect: after 429, and where no connection opened.
///
/// A wait is drawn at random from zero up to a bound that doubles each time: the base, twice the base and so on, up to
/// the cap. After a 429 it is longer by a part of the window over which the API counts requests, such that all
/// waits of a call together outlast that window. Where the answer has a `Retry-After`, that is the wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    base: Duration,
    cap: Duration,
    max_retry_after: Duration,
}

impl RetryPolicy {
    /// One attempt and no other.
    #[must_use]
    pub fn none() -> Self {
        Self::default().attempts(1)
    }

    /// Makes at most so many attempts, the first with them; zero is taken as one. 5 unless set.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Bounds the first wait. Half a second unless set.
    #[must_use]
    pub const fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// Bounds every wait that the API does not ask for. 20 seconds unless set.
    #[must_use]
    pub const fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// Gives up rather than wait when a `Retry-After` asks for more than this. 5 minutes unless set.
    #[must_use]
    pub const fn max_retry_after(mut self, longest: Duration) -> Self {
        self.max_retry_after = longest;
        self
    }

    /// Returns how long to wait after this error of the last attempt; `None` if no other attempt follows.
    ///
    /// `window` is the time over which the API counts requests, where it says so.
    pub(crate) fn wait(&self, made: u32, error: &Error, window: Option<Duration>) -> Option<Duration> {
        if made >= self.attempts || !error.is_retryable() {
            return None;
        }
        match error.retry_after() {
            Some(asked) => (asked <= self.max_retry_after).then_some(asked),
            None => Some(self.least(made, error, window) + self.bound(made).mul_f64(fastrand::f64())),
        }
    }

    /// The bound of what is random in the wait after so many attempts.
    fn bound(&self, made: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(made.saturating_sub(1));
        self.base.saturating_mul(doubled).min(self.cap).min(MAX_DURATION)
    }

    /// The part of the rate window to wait at least: doubles each time, and all parts add up to the window.
    fn least(&self, made: u32, error: &Error, window: Option<Duration>) -> Duration {
        match window {
            Some(window) if error.is_rate_limited() => window.mul_f64(part(made, self.attempts.saturating_sub(1))),
            Some(_) | None => Duration::ZERO,
        }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 5,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(20),
            max_retry_after: Duration::from_secs(5 * 60),
        }
    }
}

/// The given one of so many parts of a whole, each twice the one before.
fn part(which: u32, of: u32) -> f64 {
    let behind = |distance: u32| 0.5_f64.powi(i32::try_from(distance).unwrap_or(i32::MAX));
    // 2^(which - 1) / (2^of - 1), where neither may overflow.
    behind(of.saturating_sub(which) + 1) / (1.0 - behind(of))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{Response, StatusCode};

    use super::*;
    use crate::runtime::{ErrorFields, Spec};

    const WINDOW: Option<Duration> = Some(Duration::from_secs(60));

    fn refused(status: u16) -> Error {
        let mut answer = Response::new(Bytes::new());
        *answer.status_mut() = StatusCode::from_u16(status).expect("a status");
        Error::refused(&answer, &ErrorFields::NONE).of(&Spec::get("things.get", "/things"))
    }

    #[test]
    fn waits_are_drawn_from_all_of_their_range() {
        let policy = RetryPolicy::default().attempts(9).base(Duration::from_secs(1));
        let error = refused(503);
        for (made, bound) in [(1, 1.0), (2, 2.0), (5, 16.0), (6, 20.0), (8, 20.0)] {
            let waits = (0..2000).map(|_| policy.wait(made, &error, WINDOW).expect("a wait").as_secs_f64());
            let waits = waits.collect::<Vec<_>>();
            assert!(waits.iter().all(|wait| (0.0..bound).contains(wait)), "{made}");
            for tenth in [0.0, 0.1, 0.5, 0.9] {
                let range = tenth * bound..(tenth + 0.1) * bound;
                assert!(waits.iter().any(|wait| range.contains(wait)), "{made}: {range:?}");
            }
        }
        assert_eq!(policy.wait(9, &error, WINDOW), None);
    }

    #[test]
    fn a_policy_of_any_size_waits_without_overflow() {
        let huge = RetryPolicy::default()
            .attempts(u32::MAX)
            .base(Duration::MAX)
            .cap(Duration::MAX);
        for made in [1, 2, 40, 2000, u32::MAX - 1] {
            for status in [429, 503] {
                assert!(huge.wait(made, &refused(status), WINDOW).is_some());
            }
        }
        assert_eq!(RetryPolicy::default().attempts(0).wait(1, &refused(503), WINDOW), None);
    }

    #[test]
    fn waits_after_429_outlast_the_window_together() {
        let policy = RetryPolicy::default().attempts(4).base(Duration::ZERO);
        let waits = |window| (1..4).map(move |made| policy.wait(made, &refused(429), window));
        let whole: Duration = waits(WINDOW).map(Option::unwrap_or_default).sum();
        assert!(
            whole.abs_diff(Duration::from_secs(60)) < Duration::from_millis(1),
            "{whole:?}"
        );
        assert!(waits(None).all(|wait| wait == Some(Duration::ZERO)));
    }

    #[test]
    fn parts_double_and_add_up() {
        for of in [1, 2, 4, 60, 5000] {
            let whole = (1..=of).map(|which| part(which, of)).sum::<f64>();
            assert!((whole - 1.0).abs() < 1e-9, "{of}: {whole}");
        }
        assert!((part(2, 3) - 2.0 * part(1, 3)).abs() < 1e-9);
    }
}
