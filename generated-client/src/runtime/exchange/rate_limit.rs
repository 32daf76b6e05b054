//! Keeps a client within a rate of requests.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::MAX_DURATION;
use crate::runtime::RateLimit;
use crate::runtime::clock::Instant;

/// What a client has sent of late.
pub(crate) struct Limiter {
    limit: RateLimit,
    /// When each request of the last window went out, the oldest first.
    sent: Mutex<VecDeque<Instant>>,
}

impl Limiter {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self {
            limit,
            sent: Mutex::default(),
        }
    }

    /// Notes a request that goes out now; or says how long to wait before asking again, and notes none.
    ///
    /// Nothing is noted ahead of time: a call that is given up while it waits takes no other's place.
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
    fn no_window_holds_more_than_the_limit() {
        let limiter = Limiter::new(RateLimit::new(2, Duration::from_secs(10)));
        let start = Instant::now();
        let at = |seconds| limiter.admit(start + Duration::from_secs(seconds));
        assert_eq!([at(0), at(4)], [None, None]);
        assert_eq!(at(5), Some(Duration::from_secs(5)));
        assert_eq!(at(9), Some(Duration::from_secs(1)), "who waits takes no place");
        assert_eq!(at(10), None);
        assert_eq!(at(10), Some(Duration::from_secs(4)));
        assert_eq!([at(30), at(30)], [None, None]);
    }

    #[test]
    fn a_limit_of_nothing_lets_one_pass_at_a_time() {
        let limiter = Limiter::new(RateLimit::new(0, Duration::from_secs(1)));
        let now = Instant::now();
        assert_eq!(limiter.admit(now), None);
        assert_eq!(limiter.admit(now), Some(Duration::from_secs(1)));
    }
}
