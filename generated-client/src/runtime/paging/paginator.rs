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
    /// called. If the token cannot be followed, the next request is an error.
    pub(crate) fn follow(&mut self, next: Option<&PageToken>) {
        if let (Some(next), Some(first)) = (next, &self.first) {
            let request = match next_query(&first.encoded, &first.options.query, next) {
                None => Err("the token of the next page is not one of this list"),
                Some(query) if !self.queries.insert(query.clone()) => {
                    Err("the next page is one that was already requested")
                }
                Some(query) => {
                    let mut request = first.clone();
                    request.encoded.query = query;
                    Ok(request)
                }
            };
            let invalid = |problem: &str| Error::invalid_request(problem.to_owned()).with_operation(first.encoded.info);
            self.next = Some(request.map_err(invalid));
        }
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.next.is_none()
    }
}
