//! The bounds of one attempt.

use std::time::Duration;

/// The time limits of one attempt, which a transport enforces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// The longest time to the head of the response, from connecting on, and then the longest silence of its body.
    pub timeout: Duration,
    /// The time that the call has left, for this attempt as a whole with the body of its response.
    pub deadline: Option<Duration>,
}
