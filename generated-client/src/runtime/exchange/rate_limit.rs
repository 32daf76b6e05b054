//! Client-side rate limiting.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::MAX_DURATION;
use crate::runtime::RateLimit;
use crate::runtime::clock::Instant;

/// A rate limiter, shared by all clones of a client.
pub(crate) struct Limiter {
    limit: RateLimit,
    /// The times of the requests in the current window, the oldest first.
    sent: Mutex<VecDeque<Instant>>,
}

impl Limiter {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self {
            limit,
            sent: Mutex::default(),
        }
    }

    /// Records a request and returns `None` if it may be sent now. Otherwise, returns how long to wait before calling
    /// this again.
    ///
    /// Waiting requests reserve nothing, so a cancelled call does not delay other calls.
    pub(crate) fn admit(&self, now: Instant) -> Option<Duration> {
        let window = self.limit.window().min(MAX_DURATION);
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        let age = |oldest: &Instant| now.saturating_duration_since(*oldest);
        while sent.front().is_some_and(|oldest| age(oldest) >= window) {
            sent.pop_front();
        }
        match sent.front() {
            Some(oldest) if sent.len() >= self.limit.requests() as usize => Some(window.saturating_sub(age(oldest))),
            Some(_) | None => {
                sent.push_back(now);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_the_requests_in_every_window() {
        let limiter = Limiter::new(RateLimit::new(2, Duration::from_secs(10)));
        let start = Instant::now();
        let at = |seconds| limiter.admit(start + Duration::from_secs(seconds));
        assert_eq!([at(0), at(4)], [None, None]);
        assert_eq!(at(5), Some(Duration::from_secs(5)));
        assert_eq!(at(9), Some(Duration::from_secs(1)), "waiting should reserve nothing");
        assert_eq!(at(10), None);
        assert_eq!(at(10), Some(Duration::from_secs(4)));
        assert_eq!([at(30), at(30)], [None, None]);
    }

    #[test]
    fn zero_requests_count_as_one() {
        let limiter = Limiter::new(RateLimit::new(0, Duration::from_secs(1)));
        let now = Instant::now();
        assert_eq!(limiter.admit(now), None);
        assert_eq!(limiter.admit(now), Some(Duration::from_secs(1)));
    }
}
