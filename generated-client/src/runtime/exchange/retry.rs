//! Retries.

use std::time::Duration;

use super::MAX_DURATION;
use crate::runtime::Error;

/// The maximum wait before a retry, unless `Retry-After` or `max_backoff` is longer.
const MAX_WAIT: Duration = Duration::from_secs(60);

/// A policy for retries: the maximum number of attempts of a call, and the waits between them.
///
/// Transient failures are retried when a retry is safe:
///
/// - Idempotent operations (GET, PUT, DELETE, and others that the API defines as idempotent) are retried after a failed
///   or interrupted connection, a timeout, or a response with status 408, 429, 500, 502, 503 or 504.
/// - Other operations are retried only if the failed attempt had no effect: either no connection was established, or the
///   API responded with 429. If the API recognizes repeated requests by an idempotency key, the client sends the same key
///   with each attempt, and retries these operations like idempotent ones.
///
/// # Waits
///
/// If a response has a `Retry-After` header, the client waits for that time. Without it, and after the status 429, the client
/// waits until the rate limit resets if the API sends that time in a header. If the time is longer
/// than [`max_retry_after`](Self::max_retry_after), the call fails instead.
///
/// Otherwise, the client uses exponential backoff with full jitter: the wait before attempt *n* + 1 is random, from
/// zero to `initial_backoff` × 2ⁿ⁻¹, but at most `max_backoff`. By default, the upper limits are 0.5, 1, 2 and 4
/// seconds.
///
/// If the API documents the time window of its rate limit, a share of the window is added to each wait after the status
/// 429. Each share is twice the previous one, and all shares add up to the window. A wait is limited to one minute, or
/// to `max_backoff` if that is longer. If the API documents a window, the builder's method `api_rate_limit` states it.
///
/// The default policy waits for these times, in seconds:
///
/// | failed attempt | 503 | 429, no window | 429, window of 60 s | 429, window of 3,600 s |
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

    /// Sets the maximum wait before the first retry, which doubles with each retry. Defaults to 500 milliseconds.
    #[must_use]
    pub const fn initial_backoff(mut self, backoff: Duration) -> Self {
        self.initial_backoff = backoff;
        self
    }

    /// Sets the limit up to which the initial backoff doubles. Defaults to 20 seconds.
    #[must_use]
    pub const fn max_backoff(mut self, backoff: Duration) -> Self {
        self.max_backoff = backoff;
        self
    }

    /// Sets the maximum `Retry-After` to wait for. If the API requests a longer wait, the call fails. Defaults to 5
    /// minutes.
    #[must_use]
    pub const fn max_retry_after(mut self, longest: Duration) -> Self {
        self.max_retry_after = longest;
        self
    }

    /// Returns how long to wait after a failed attempt with a transient error, or `None` if the call is not retried.
    ///
    /// `window` is the time window of the API's rate limit, if documented.
    pub(crate) fn wait(&self, attempts: u32, error: &Error, window: Option<Duration>) -> Option<Duration> {
        if attempts >= self.max_attempts {
            return None;
        }
        if let Some(wait) = error.retry_after() {
            return (wait <= self.max_retry_after).then_some(wait);
        }
        let share = window
            .filter(|_| error.is_rate_limited())
            .map_or(Duration::ZERO, |window| {
                window.mul_f64(window_share(attempts, self.max_attempts.saturating_sub(1)))
            });
        let wait = share.saturating_add(self.backoff(attempts).mul_f64(fastrand::f64()));
        Some(wait.min(self.max_backoff.clamp(MAX_WAIT, MAX_DURATION)))
    }

    /// Returns the upper limit of the random part of the wait after this number of attempts.
    fn backoff(&self, attempts: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
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

/// Returns the share of the window that is added to the wait before a retry, from 0 to 1. Each share is twice the
/// previous one, and the shares of all retries add up to 1.
fn window_share(retry: u32, retries: u32) -> f64 {
    let half_to_the = |power: u32| 0.5_f64.powi(i32::try_from(power).unwrap_or(i32::MAX));
    // Equal to 2^(retry - 1) / (2^retries - 1), but does not overflow.
    half_to_the(retries.saturating_sub(retry) + 1) / (1.0 - half_to_the(retries))
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
        Error::rejected(&response, &ErrorFields::NONE).with_operation(&OperationInfo::get("things.get", "/things"))
    }

    const MINUTE: Option<Duration> = Some(Duration::from_secs(60));
    const HOUR: Option<Duration> = Some(Duration::from_secs(3600));

    /// Checks the table in the documentation of [`RetryPolicy`].
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
            for (attempts, (least, most)) in (1..).zip(ranges) {
                for _ in 0..200 {
                    let wait = policy.wait(attempts, &rejected(status), window).expect("a wait");
                    let range = least - 1e-6..=most + 1e-6;
                    assert!(range.contains(&wait.as_secs_f64()), "{status} {attempts}: {wait:?}");
                }
            }
            assert_eq!(policy.wait(5, &rejected(status), window), None);
        }
    }

    #[test]
    fn waits_cover_the_whole_range() {
        let policy = RetryPolicy::default()
            .max_attempts(9)
            .initial_backoff(Duration::from_secs(1));
        let error = rejected(503);
        for (attempts, bound) in [(1, 1.0), (2, 2.0), (5, 16.0), (6, 20.0), (8, 20.0)] {
            let waits = (0..2000).map(|_| policy.wait(attempts, &error, None).expect("a wait").as_secs_f64());
            let waits = waits.collect::<Vec<_>>();
            assert!(waits.iter().all(|wait| (0.0..bound).contains(wait)), "{attempts}");
            for tenth in [0.0, 0.1, 0.5, 0.9] {
                let range = tenth * bound..(tenth + 0.1) * bound;
                assert!(waits.iter().any(|wait| range.contains(wait)), "{attempts}: {range:?}");
            }
        }
    }

    #[test]
    fn max_backoff_may_exceed_one_minute() {
        let policy = RetryPolicy::default()
            .initial_backoff(Duration::from_secs(600))
            .max_backoff(Duration::from_secs(600));
        let waits = (0..200).map(|_| policy.wait(1, &rejected(503), None).expect("a wait"));
        let longest = waits.max().expect("waits");
        assert!(longest > MAX_WAIT && longest <= Duration::from_secs(600), "{longest:?}");
    }

    #[test]
    fn extreme_settings_do_not_overflow() {
        let huge = RetryPolicy::default()
            .max_attempts(u32::MAX)
            .initial_backoff(Duration::MAX)
            .max_backoff(Duration::MAX);
        for attempts in [1, 2, 40, 2000, u32::MAX - 1] {
            for status in [429, 503] {
                assert!(huge.wait(attempts, &rejected(status), MINUTE).is_some());
            }
        }
        assert_eq!(
            RetryPolicy::default().max_attempts(0).wait(1, &rejected(503), None),
            None
        );
    }

    #[test]
    fn window_shares_double_and_add_up_to_one() {
        for retries in [1, 2, 4, 60, 5000] {
            let sum = (1..=retries).map(|retry| window_share(retry, retries)).sum::<f64>();
            assert!((sum - 1.0).abs() < 1e-9, "{retries}: {sum}");
        }
        assert!((window_share(2, 3) - 2.0 * window_share(1, 3)).abs() < 1e-9);
    }
}
