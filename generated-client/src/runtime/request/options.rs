//! What a call asks for beyond its operation.

use std::fmt::{self, Display};
use std::time::Duration;

use http::HeaderMap;

use super::{EncodedRequest, append_query, parse_header};
use crate::runtime::PageToken;

/// The options of one call.
#[derive(Clone, Default)]
pub(crate) struct CallOptions {
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) no_retry: bool,
    /// Encoded pairs for the query.
    pub(crate) query: Vec<String>,
    pub(crate) resume: Option<Resume>,
    /// The first option that cannot be sent.
    pub(crate) problem: Option<String>,
}

/// The page to begin with.
#[derive(Clone)]
pub(crate) struct Resume {
    /// What the page before says of it.
    pub(crate) token: PageToken,
    /// Makes the query of the page, given the request of the first page, the call's pairs and the token.
    ///
    /// A pointer, so that a program that resumes no list does not hold the code for it.
    pub(crate) query: fn(&EncodedRequest, &[String], &PageToken) -> Option<String>,
}

impl CallOptions {
    pub(crate) fn header(&mut self, name: &str, value: &str) {
        match parse_header(name, value) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(problem) => {
                self.problem.get_or_insert(problem);
            }
        }
    }

    pub(crate) fn query(&mut self, name: &str, value: &dyn Display) {
        let mut pair = String::new();
        append_query(&mut pair, name, value);
        self.query.push(pair);
    }
}

/// Shows names alone: values may be secret.
impl fmt::Debug for CallOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("timeout", &self.timeout)
            .field("deadline", &self.deadline)
            .field("no_retry", &self.no_retry)
            .finish_non_exhaustive()
    }
}
