//! The options of a call.

use std::fmt::{self, Display};
use std::time::Duration;

use http::HeaderMap;

use super::{EncodedRequest, append_query, insert_header, parse_header};
use crate::runtime::{PageToken, RetryPolicy};

/// The options of one call.
#[derive(Clone, Default)]
pub struct CallOptions {
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    /// Additional pairs of the query, percent-encoded.
    pub(crate) query: Vec<String>,
    pub(crate) resume: Option<Resume>,
    /// A description of the first invalid header.
    problem: Option<String>,
}

/// The page to resume at.
#[derive(Clone)]
pub(crate) struct Resume {
    /// The token of the page.
    pub(crate) token: PageToken,
    /// Returns the query for the page, given the request for the first page, the additional pairs and the token.
    ///
    /// A function pointer, so that programs that don't resume lists don't contain its code.
    pub(crate) query: fn(&EncodedRequest, &[String], &PageToken) -> Option<String>,
}

impl CallOptions {
    pub(crate) fn header(&mut self, name: &str, value: &str) {
        match parse_header(name, value) {
            Ok((name, value)) => insert_header(&mut self.headers, name, value),
            Err(problem) => {
                self.problem.get_or_insert(problem);
            }
        }
    }

    /// Returns the first problem, if any.
    pub(crate) fn problem(&self) -> Option<String> {
        let is_zero = |duration: Option<Duration>| duration.is_some_and(|duration| duration.is_zero());
        let zero = [("timeout", is_zero(self.timeout)), ("deadline", is_zero(self.deadline))];
        let zero = zero.into_iter().find(|(_, is_zero)| *is_zero);
        self.problem.clone().or_else(|| Some(must_not_be_zero(zero?.0)))
    }

    pub(crate) fn query(&mut self, name: &str, value: &dyn Display) {
        let mut pair = String::new();
        append_query(&mut pair, name, value);
        self.query.push(pair);
    }
}

pub(crate) fn must_not_be_zero(setting: &str) -> String {
    format!("the {setting} must not be zero")
}

/// Prints header names without values, which may be secret.
impl fmt::Debug for CallOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("timeout", &self.timeout)
            .field("deadline", &self.deadline)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
