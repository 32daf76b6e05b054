//! The clock of a fake.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use http::HeaderValue;
use httpdate::fmt_http_date;

use crate::runtime::Timestamp;

/// The default start of a simulated clock: 2025-01-01T00:00:00Z.
const START: Timestamp = match Timestamp::from_second(1_735_689_600) {
    Ok(start) => start,
    Err(_) => Timestamp::UNIX_EPOCH,
};

/// The clock of a fake.
pub(crate) enum Clock {
    /// A simulated clock, which advances only when something waits: tests do not sleep, and every run sees the same
    /// times.
    Still(Still),
    /// The system clock.
    System,
}

pub(crate) struct Still {
    start: Timestamp,
    origin: Instant,
    elapsed: Mutex<Duration>,
}

impl Still {
    fn elapsed(&self) -> Duration {
        *self.elapsed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock {
    pub(crate) fn still(start: Timestamp) -> Self {
        Self::Still(Still {
            start,
            origin: Instant::now(),
            elapsed: Mutex::default(),
        })
    }

    /// Advances a simulated clock. Does nothing with the system clock.
    pub(crate) fn advance(&self, duration: Duration) {
        if let Self::Still(still) = self {
            let mut elapsed = still.elapsed.lock().unwrap_or_else(PoisonError::into_inner);
            *elapsed = elapsed.saturating_add(duration);
        }
    }

    /// Returns the current time in whole seconds, the precision of the API.
    pub(crate) fn now(&self) -> Timestamp {
        let now = match self {
            Self::Still(still) => still.start.saturating_add(still.elapsed()),
            Self::System => Timestamp::now(),
        };
        Timestamp::from_second(now.as_second()).unwrap_or(now)
    }

    /// Returns the current time as the value of a `date` header.
    pub(crate) fn http_date(&self) -> HeaderValue {
        let seconds = u64::try_from(self.now().as_second()).unwrap_or_default();
        let date = fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        HeaderValue::try_from(date).unwrap_or(HeaderValue::from_static(""))
    }

    /// Returns the monotonic time that clients use for waits and rate limits.
    pub(crate) fn instant(&self) -> Instant {
        match self {
            Self::Still(still) => {
                let now = still.origin.checked_add(still.elapsed());
                now.unwrap_or(still.origin)
            }
            Self::System => Instant::now(),
        }
    }

    /// Advances a simulated clock and returns `None`, or returns the time to sleep with the system clock.
    pub(crate) fn wait(&self, duration: Duration) -> Option<Duration> {
        match self {
            Self::Still(_) => {
                self.advance(duration);
                None
            }
            Self::System => Some(duration),
        }
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::still(START)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simulated_clock_advances_when_waiting() {
        let clock = Clock::default();
        assert_eq!(clock.now().to_string(), "2025-01-01T00:00:00Z");
        let before = clock.instant();
        assert_eq!(clock.wait(Duration::from_millis(1500)), None);
        assert_eq!(clock.now().to_string(), "2025-01-01T00:00:01Z");
        assert_eq!(clock.instant() - before, Duration::from_millis(1500));
        clock.advance(Duration::MAX);
        assert_eq!(
            clock.now().to_string(),
            Timestamp::from_second(Timestamp::MAX.as_second()).unwrap().to_string()
        );
        clock.instant();
    }

    #[test]
    fn system_clock_requires_sleeping() {
        assert_eq!(Clock::System.wait(Duration::from_secs(1)), Some(Duration::from_secs(1)));
    }
}
