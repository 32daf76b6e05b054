//! The bound of every duration.

use std::time::Duration;

/// The longest duration that is used: longer ones are shortened, so that no clock overflows by adding it.
pub(crate) const MAX_DURATION: Duration = Duration::from_secs(365 * 24 * 60 * 60);
