//! The time limits of an attempt.

use std::time::Duration;

/// The time limits of one attempt, enforced by the transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// The maximum time until the response headers are received, including connecting, and then the maximum length of
    /// each pause while receiving the body.
    pub timeout: Duration,
    /// The maximum duration of the attempt including the response body, if the call has a deadline.
    pub deadline: Option<Duration>,
}
