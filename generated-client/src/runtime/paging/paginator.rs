//! The requests for the pages of a list, without I/O.

use std::collections::HashSet;

use super::{PageToken, next_query};
use crate::runtime::Error;
use crate::runtime::request::PreparedRequest;

/// Prepares the requests for the pages of a list.
///
/// Ends after the last page and after an error, and never requests a page twice.
pub(crate) struct Paginator {
    /// The request for the first page. Those for other pages differ only in the query.
    first: Option<PreparedRequest>,
    next: Option<Result<PreparedRequest, Error>>,
    /// The queries of all prepared requests.
    queries: HashSet<String>,
}

impl Paginator {
    pub(crate) fn new(first: Result<PreparedRequest, Error>) -> Self {
        let template = first.as_ref().ok().cloned();
        let queries = template.iter().map(|request| request.encoded.query.clone()).collect();
        Self {
            first: template,
            next: Some(first),
            queries,
        }
    }

    /// Returns the next request, or `None` after the last page.
    pub(crate) fn request(&mut self) -> Option<Result<PreparedRequest, Error>> {
        self.next.take()
    }

    /// Prepares the request for the next page, given the token in the current page. The list ends if this is not
    /// called.
    pub(crate) fn follow(&mut self, next: Option<&PageToken>) {
        let (Some(next), Some(first)) = (next, &self.first) else {
            return;
        };
        let Some(query) = next_query(&first.encoded, &first.options.query, next) else {
            let error = Error::invalid_request("the token of the next page is not one of this list".to_owned());
            self.next = Some(Err(error.with_operation(first.encoded.info)));
            return;
        };
        if self.queries.insert(query.clone()) {
            let mut request = first.clone();
            request.encoded.query = query;
            self.next = Some(Ok(request));
        }
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.next.is_none()
    }
}
