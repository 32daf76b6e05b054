//! How often a call is attempted, and how long it waits in between.

use std::time::Duration;

use super::MAX_DURATION;
use crate::runtime::Error;

/// The longest wait that neither the API nor the program asks for.
const MAX_WAIT: Duration = Duration::from_secs(60);

/// The number of attempts of a call, and the waits between them.
///
/// GET, PUT, DELETE and the operations that the API calls idempotent are retried after a failed connection, a timeout
/// and the statuses 408, 429, 500, 502, 503 and 504. Any other operation is retried only after a failure that had
/// no effect: 429, or a connection that did not open.
///
/// # Waits
///
/// A response with a `Retry-After` header says how long to wait: in seconds, or until a date. A call that is asked to
/// wait longer than [`max_retry_after`](Self::max_retry_after) fails instead.
///
/// Otherwise the wait before attempt *n* + 1 is drawn at random between zero and `initial_backoff` × 2ⁿ⁻¹, at most
/// `max_backoff`: exponential backoff with full jitter. By default that is up to 0.5, 1, 2 and 4 seconds.
///
/// After a 429 of an API that counts requests over a window of time, a part of the window is added: each part is
/// twice the one before, and all of them add up to the window. No such wait exceeds one minute. The waits of the five
/// attempts of the default policy, in seconds:
///
/// | attempt that failed | 503 | 429, no window | 429, window of 60 s | 429, window of 3,600 s |
/// |---|---|---|---|---|
/// | 1 | 0–0.5 | 0–0.5 | 4–4.5 | 60 |
/// | 2 | 0–1 | 0–1 | 8–9 | 60 |
/// | 3 | 0–2 | 0–2 | 16–18 | 60 |
/// | 4 | 0–4 | 0–4 | 32–36 | 60 |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    initial_backoff: Duration,
    max_backoff: Duration,
    max_retry_after: Duration,
}

impl RetryPolicy {
    /// Creates a policy that never retries.
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets the maximum number of attempts, including the first. Defaults to 5; zero counts as one.
    #[must_use]
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the longest wait before the first retry; it doubles with each retry. Defaults to half a second.
    #[must_use]
    pub const fn initial_backoff(mut self, backoff: Duration) -> Self {
        self.initial_backoff = backoff;
        self
    }

    /// Sets the longest wait that doubling reaches. Defaults to 20 seconds.
    #[must_use]
    pub const fn max_backoff(mut self, backoff: Duration) -> Self {
        self.max_backoff = backoff;
        self
    }

    /// Sets the longest `Retry-After` to wait for: a call that is asked to wait longer fails. Defaults to 5 minutes.
    #[must_use]
    pub const fn max_retry_after(mut self, longest: Duration) -> Self {
        self.max_retry_after = longest;
        self
    }

    /// Returns how long to wait after this error of the last attempt; `None` if no other attempt follows.
    ///
    /// `window` is the time over which the API counts requests, where it says so.
    pub(crate) fn wait(&self, made: u32, error: &Error, window: Option<Duration>) -> Option<Duration> {
        if made >= self.max_attempts || !error.is_retryable() {
            return None;
        }
        if let Some(asked) = error.retry_after() {
            return (asked <= self.max_retry_after).then_some(asked);
        }
        let part = window
            .filter(|_| error.is_rate_limited())
            .map_or(Duration::ZERO, |window| {
                window.mul_f64(part(made, self.max_attempts.saturating_sub(1)))
            });
        let wait = part.saturating_add(self.bound(made).mul_f64(fastrand::f64()));
        Some(wait.min(self.max_backoff.clamp(MAX_WAIT, MAX_DURATION)))
    }

    /// The bound of the random part of the wait after so many attempts.
    fn bound(&self, made: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(made.saturating_sub(1));
        let backoff = self.initial_backoff.saturating_mul(doubled);
        backoff.min(self.max_backoff).min(MAX_DURATION)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 5,
            initial_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(20),
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
    use crate::runtime::{ErrorFields, OperationInfo};

    fn rejected(status: u16) -> Error {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = StatusCode::from_u16(status).expect("a status");
        Error::rejected(&response, &ErrorFields::NONE).of(&OperationInfo::get("things.get", "/things"))
    }

    const MINUTE: Option<Duration> = Some(Duration::from_secs(60));
    const HOUR: Option<Duration> = Some(Duration::from_secs(3600));

    /// The table of the documentation.
    #[test]
    fn waits_as_documented() {
        let policy = RetryPolicy::default();
        for (status, window, ranges) in [
            (503, None, [(0.0, 0.5), (0.0, 1.0), (0.0, 2.0), (0.0, 4.0)]),
            (503, MINUTE, [(0.0, 0.5), (0.0, 1.0), (0.0, 2.0), (0.0, 4.0)]),
            (429, None, [(0.0, 0.5), (0.0, 1.0), (0.0, 2.0), (0.0, 4.0)]),
            (429, MINUTE, [(4.0, 4.5), (8.0, 9.0), (16.0, 18.0), (32.0, 36.0)]),
            (429, HOUR, [(60.0, 60.0); 4]),
        ] {
            for (made, (least, most)) in (1..).zip(ranges) {
                for _ in 0..200 {
                    let wait = policy.wait(made, &rejected(status), window).expect("a wait");
                    let range = least - 1e-6..=most + 1e-6;
                    assert!(range.contains(&wait.as_secs_f64()), "{status} {made}: {wait:?}");
                }
            }
            assert_eq!(policy.wait(5, &rejected(status), window), None);
        }
    }

    #[test]
    fn draws_waits_from_all_of_their_range() {
        let policy = RetryPolicy::default()
            .max_attempts(9)
            .initial_backoff(Duration::from_secs(1));
        let error = rejected(503);
        for (made, bound) in [(1, 1.0), (2, 2.0), (5, 16.0), (6, 20.0), (8, 20.0)] {
            let waits = (0..2000).map(|_| policy.wait(made, &error, None).expect("a wait").as_secs_f64());
            let waits = waits.collect::<Vec<_>>();
            assert!(waits.iter().all(|wait| (0.0..bound).contains(wait)), "{made}");
            for tenth in [0.0, 0.1, 0.5, 0.9] {
                let range = tenth * bound..(tenth + 0.1) * bound;
                assert!(waits.iter().any(|wait| range.contains(wait)), "{made}: {range:?}");
            }
        }
    }

    #[test]
    fn a_longer_backoff_may_be_asked_for() {
        let policy = RetryPolicy::default()
            .initial_backoff(Duration::from_secs(600))
            .max_backoff(Duration::from_secs(600));
        let waits = (0..200).map(|_| policy.wait(1, &rejected(503), None).expect("a wait"));
        let longest = waits.max().expect("waits");
        assert!(longest > MAX_WAIT && longest <= Duration::from_secs(600), "{longest:?}");
    }

    #[test]
    fn a_policy_of_any_size_waits_without_overflow() {
        let huge = RetryPolicy::default()
            .max_attempts(u32::MAX)
            .initial_backoff(Duration::MAX)
            .max_backoff(Duration::MAX);
        for made in [1, 2, 40, 2000, u32::MAX - 1] {
            for status in [429, 503] {
                assert!(huge.wait(made, &rejected(status), MINUTE).is_some());
            }
        }
        assert_eq!(
            RetryPolicy::default().max_attempts(0).wait(1, &rejected(503), None),
            None
        );
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
