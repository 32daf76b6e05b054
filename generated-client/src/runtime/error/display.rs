//! `Display` and `Debug` of [`Error`].

use std::fmt::{self, Display};
use std::time::Duration;

use http::StatusCode;

use super::one_line::OneLine;
use super::{Cause, Error, Inner, TransportError};

/// Writes one line: the operation, the number of attempts if there were several, and the reason.
impl Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.operation, self.0.attempts) {
            (Some(operation), 0 | 1) => write!(formatter, "{operation} failed: ")?,
            (Some(operation), attempts) => write!(formatter, "{operation} failed after {attempts} attempts: ")?,
            (None, _) => {}
        }
        write!(formatter, "{}", Reason(&self.0))
    }
}

/// The reason of an error, without the operation.
struct Reason<'a>(&'a Inner);

impl Display for Reason<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = Status(self.0.response.as_ref().map(|response| response.status));
        match &*self.0.cause {
            Cause::InvalidRequest(problem) => write!(formatter, "{}", OneLine(problem)),
            Cause::DeadlineExceeded => formatter.write_str("the deadline leaves no time to send the request"),
            Cause::RateLimitDelay(wait) => write!(
                formatter,
                "the rate limit of the client delays the request by {}, which exceeds the deadline",
                Seconds(*wait)
            ),
            Cause::Transport(error) => {
                describe_transport(error, formatter)?;
                if self.0.is_past_deadline && error.kind().is_timeout() {
                    formatter.write_str(" at the deadline of the call")?;
                }
                Ok(())
            }
            Cause::Redirect(why) => write!(formatter, "{status}: redirect not followed: {why}"),
            Cause::Decode(error) => {
                write!(
                    formatter,
                    "{status}: cannot decode the response: {}",
                    OneLine(&error.to_string())
                )?;
                let content = self.0.response.as_ref().map(|response| response.content.as_str());
                content.map_or(Ok(()), |content| write!(formatter, " ({})", OneLine(content)))
            }
            Cause::Rejected(rejection) => {
                match &rejection.message {
                    Some(message) => write!(formatter, "{status}: {}", OneLine(message))?,
                    None => write!(formatter, "{status} {}", OneLine(&rejection.description))?,
                }
                // After a message, a code is recognizable.
                let label = rejection.message.as_ref().map_or("code ", |_| "");
                match (&rejection.code, &self.0.request_id) {
                    (Some(code), Some(id)) => write!(formatter, " ({label}{}, {})", OneLine(code), OneLine(id)),
                    (Some(code), None) => write!(formatter, " ({label}{})", OneLine(code)),
                    (None, Some(id)) => write!(formatter, " ({})", OneLine(id)),
                    (None, None) => Ok(()),
                }
            }
        }
    }
}

/// Writes a transport error and the root of its sources.
fn describe_transport(error: &TransportError, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(formatter, "{error}")?;
    let mut cause = std::error::Error::source(error);
    while let Some(deeper) = cause.and_then(std::error::Error::source) {
        cause = Some(deeper);
    }
    cause.map_or(Ok(()), |cause| write!(formatter, ": {}", OneLine(&cause.to_string())))
}

/// A duration in seconds, rounded up to milliseconds.
struct Seconds(Duration);

impl Display for Seconds {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let milliseconds = self.0.as_micros().div_ceil(1000);
        match (milliseconds / 1000, milliseconds % 1000) {
            (seconds, 0) => write!(formatter, "{seconds} s"),
            (0, milliseconds) => write!(formatter, "{milliseconds} ms"),
            (seconds, milliseconds) => write!(formatter, "{seconds}.{milliseconds:03} s"),
        }
    }
}

struct Status(Option<StatusCode>);

impl Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(status) => match status.canonical_reason() {
                Some(reason) => write!(formatter, "{} {reason}", status.as_u16()),
                None => write!(formatter, "{}", status.as_u16()),
            },
            None => formatter.write_str("no response"),
        }
    }
}

/// Prints the same information as `Display`, and the status.
impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Error")
            .field("operation", &self.0.operation)
            .field("attempts", &self.0.attempts)
            .field("status", &self.status())
            .field("reason", &format_args!("{}", Reason(&self.0)))
            .finish_non_exhaustive()
    }
}

// No `source`: `Display` already includes the root cause, so a report of the whole chain would repeat it.
impl std::error::Error for Error {}
