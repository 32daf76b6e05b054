//! The maximum of all durations.

use std::time::Duration;

/// The maximum duration. Longer ones are reduced to it, so that adding a duration to a time does not overflow.
pub(crate) const MAX_DURATION: Duration = Duration::from_secs(365 * 24 * 60 * 60);
