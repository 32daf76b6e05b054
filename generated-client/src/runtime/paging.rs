//! Which request reads the next page, without sending any.

use std::collections::HashSet;

use super::call::Prepared;
use super::encoder::{append_query, escape};
use super::url::query_of;
use super::{Error, NextPage};
use crate::generated::API;

/// A walk over the pages of a list.
///
/// Ends after the last page, after an error, and rather than ask for a page twice.
pub(crate) struct Walk {
    /// The first page's request: every other differs from it in the query alone.
    first: Option<Prepared>,
    next: Option<Result<Prepared, Error>>,
    asked: HashSet<String>,
}

impl Walk {
    pub(crate) fn new(first: Result<Prepared, Error>) -> Self {
        let template = first.as_ref().ok().cloned();
        let asked = template.iter().map(|request| request.encoded.query.clone()).collect();
        Self {
            first: template,
            next: Some(first),
            asked,
        }
    }

    /// The request to send now; `None` once the walk has ended.
    pub(crate) fn request(&mut self) -> Option<Result<Prepared, Error>> {
        self.next.take()
    }

    /// Notes what a page says of the next one. Without this, no further page follows.
    pub(crate) fn follow(&mut self, next: Option<&str>) {
        let (Some(next), Some(first), Some(paging)) = (next, &self.first, API.paging) else {
            return;
        };
        let mut query = next_query(paging.next, &first.encoded.query, next);
        add_missing(&mut query, &first.options.query);
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

/// The query of a list's first request: its own or, where it resumes, the one that leads on; and the call's pairs.
pub(crate) fn first_query(mut own: String, resume: Option<&str>, pairs: &[String]) -> String {
    if let (Some(next), Some(paging)) = (resume, API.paging) {
        let mut query = next_query(paging.next, &own, next);
        add_missing(&mut query, pairs);
        query
    } else {
        add(&mut own, pairs);
        own
    }
}

/// Adds the pairs of which the query has none of the same name: a server may repeat them in what leads on.
fn add_missing(query: &mut String, pairs: &[String]) {
    let is_missing = |pair: &&String| !query.split('&').any(|known| name_of(known) == name_of(pair));
    let missing = pairs.iter().filter(is_missing).collect::<Vec<_>>();
    add(query, missing);
}

fn add<'a>(query: &mut String, pairs: impl IntoIterator<Item = &'a String>) {
    for pair in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(pair);
    }
}

fn name_of(pair: &str) -> &str {
    pair.split('=').next().unwrap_or_default()
}

/// The query of the next page, given that of the first and what the last page says.
fn next_query(kind: NextPage, first: &str, next: &str) -> String {
    match kind {
        NextPage::Uri(_) => query_of(next).to_owned(),
        NextPage::Cursor { query: name, .. } => with_parameter(first, name, next),
    }
}

/// The query with this parameter in the place of any of the same name.
fn with_parameter(query: &str, name: &str, value: &str) -> String {
    let mut escaped = String::new();
    escape(&mut escaped, name);
    let others = query
        .split('&')
        .filter(|pair| name_of(pair) != escaped && !pair.is_empty());
    let mut query = others.collect::<Vec<_>>().join("&");
    append_query(&mut query, name, &value);
    query
}

#[cfg(test)]
mod tests {
    use super::{NextPage, next_query, with_parameter};

    #[test]
    fn a_cursor_takes_the_place_of_an_earlier_one() {
        assert_eq!(with_parameter("", "after", "a b"), "after=a%20b");
        assert_eq!(
            with_parameter("limit=2&after=x&q=after", "after", "y"),
            "limit=2&q=after&after=y"
        );
        assert_eq!(with_parameter("page%5Bx%5D=a&b=c", "page[x]", "y"), "b=c&page%5Bx%5D=y");
    }

    #[test]
    fn the_next_page_is_asked_for_as_the_api_says() {
        let uri = NextPage::Uri("next_uri");
        assert_eq!(
            next_query(uri, "limit=2", "https://other.example/things?after=x&limit=3"),
            "after=x&limit=3"
        );
        let cursor = NextPage::Cursor {
            field: "next",
            query: "after",
        };
        assert_eq!(next_query(cursor, "limit=2", "a&b"), "limit=2&after=a%26b");
    }
}
