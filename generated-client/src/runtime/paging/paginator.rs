//! Which request reads the next page, without sending any.

use std::collections::HashSet;

use super::{PageToken, next_query};
use crate::runtime::Error;
use crate::runtime::request::PreparedRequest;

/// The requests for the pages of one list.
///
/// Ends after the last page and after an error, and never requests a page twice.
pub(crate) struct Paginator {
    /// The first page's request: every other differs from it in the query alone.
    first: Option<PreparedRequest>,
    next: Option<Result<PreparedRequest, Error>>,
    asked: HashSet<String>,
}

impl Paginator {
    pub(crate) fn new(first: Result<PreparedRequest, Error>) -> Self {
        let template = first.as_ref().ok().cloned();
        let asked = template.iter().map(|request| request.encoded.query.clone()).collect();
        Self {
            first: template,
            next: Some(first),
            asked,
        }
    }

    /// The request to send now; `None` after the last page.
    pub(crate) fn request(&mut self) -> Option<Result<PreparedRequest, Error>> {
        self.next.take()
    }

    /// Notes what a page says of the next one. Without this, no further page follows.
    pub(crate) fn follow(&mut self, next: Option<&PageToken>) {
        let (Some(next), Some(first)) = (next, &self.first) else {
            return;
        };
        let query = next_query(&first.encoded, &first.options.query, next);
        if self.asked.insert(query.clone()) {
            let mut request = first.clone();
            request.encoded.query = query;
            self.next = Some(Ok(request));
        }
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.next.is_none()
    }
}
