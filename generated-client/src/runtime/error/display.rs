//! How an error shows itself.

use std::fmt::{self, Display};

use http::StatusCode;

use super::one_line::OneLine;
use super::{Cause, Error, Inner, TransportError};

/// One line: which operation failed, after how many attempts where there were several, and why.
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

/// Why the call failed, without saying which.
struct Reason<'a>(&'a Inner);

impl Display for Reason<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = Status(self.0.response.as_ref().map(|response| response.status));
        match &self.0.cause {
            Cause::InvalidRequest(problem) => write!(formatter, "{}", OneLine(problem)),
            Cause::DeadlineExceeded => formatter.write_str("the call's deadline left no time to send it"),
            Cause::Transport(error) => describe_transport(error, formatter),
            Cause::Redirect(why) => write!(formatter, "{status}: the redirect was not followed: {why}"),
            Cause::Decode(error) => {
                write!(
                    formatter,
                    "{status}: cannot read the response: {}",
                    OneLine(&error.to_string())
                )
            }
            Cause::Rejected(rejection) => {
                match &rejection.message {
                    Some(message) => write!(formatter, "{status}: {}", OneLine(message))?,
                    None => write!(formatter, "{status} {}", OneLine(&rejection.description))?,
                }
                let names = [rejection.code.as_deref(), self.0.request_id.as_deref()];
                let names = names.into_iter().flatten().collect::<Vec<_>>().join(", ");
                if names.is_empty() {
                    Ok(())
                } else {
                    write!(formatter, " ({})", OneLine(&names))
                }
            }
        }
    }
}

/// The transport's words, with the root of their cause.
fn describe_transport(error: &TransportError, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(formatter, "{error}")?;
    let mut cause = std::error::Error::source(error);
    while let Some(deeper) = cause.and_then(std::error::Error::source) {
        cause = Some(deeper);
    }
    cause.map_or(Ok(()), |cause| write!(formatter, ": {}", OneLine(&cause.to_string())))
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

/// Shows the causes too, and as little of the response as `Display`.
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

// `Display` already writes the sources: reporters that print a chain of errors would repeat them.
impl std::error::Error for Error {}
