//! The bounds of one attempt.

use std::time::Duration;

/// The bounds of sending a request once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// How long it may take, from connecting to the last byte of the body.
    pub timeout: Duration,
}
