//! Pages in the format of the API.

use serde_json::{Map, Value};

use super::{Engine, RoutedRequest};
use crate::fake::pointer::insert_at;
use crate::fake::table::fill;
use crate::runtime::{LastPage, NextPage, append_query};

/// The items of a page, and their place in the list.
pub(super) struct Found {
    pub(super) items: Vec<Value>,
    /// The key of the last item.
    pub(super) last: Option<String>,
    /// The number of items in the list, if the page contains it.
    pub(super) total: usize,
    /// `true` if there is another page.
    pub(super) more: bool,
    /// The number of items before the page.
    pub(super) skipped: usize,
    /// The maximum number of items in a page.
    pub(super) limit: usize,
}

/// A page in the format of the API.
pub(super) struct Page {
    pub(super) body: Value,
    /// The value of the `Link` header.
    pub(super) link: Option<String>,
}

impl From<Value> for Page {
    fn from(body: Value) -> Self {
        Self { body, link: None }
    }
}

/// Returns `true` if the pages of a list contain the number of its items or pages.
pub(super) fn counts(request: &RoutedRequest<'_>) -> bool {
    match request.route.info.paging.map(|paging| paging.next) {
        Some(NextPage::Page { end, .. } | NextPage::Offset { end, .. } | NextPage::LastItem { end, .. }) => {
            matches!(end, LastPage::Pages(_) | LastPage::Total(_))
        }
        Some(NextPage::None | NextPage::Uri(_) | NextPage::Link(_) | NextPage::Cursor { .. }) | None => false,
    }
}

impl Engine {
    /// Returns a page in the format of the API.
    pub(super) fn page(&self, request: &RoutedRequest<'_>, found: Found) -> Page {
        let next_uri = self.next_uri(request, &found);
        let Some(paging) = request.route.info.paging else {
            let body = self.index.rules.list(found.items);
            return Page { body, link: None };
        };
        let link = match paging.next {
            NextPage::Link(relation) => next_uri.as_ref().map(|uri| format!("<{uri}>; rel=\"{relation}\"")),
            _ => None,
        };
        if paging.items.is_empty() {
            let body = Value::Array(found.items);
            return Page { body, link };
        }
        let mut body = Map::new();
        if let Some(uri) = self.index.rules.uri {
            insert_at(&mut body, uri, self.here(request).into());
        }
        if let Some((location, value)) = mark(paging.next, &found, next_uri) {
            insert_at(&mut body, location, value);
        }
        insert_at(&mut body, paging.items, self.index.rules.list(found.items));
        Page {
            body: Value::Object(body),
            link,
        }
    }

    /// Returns the URI of the next page, with the other query parameters of the request.
    fn next_uri(&self, request: &RoutedRequest<'_>, found: &Found) -> Option<String> {
        let name = self.start_parameter(request)?;
        let last = found.last.as_ref().filter(|_| found.more)?;
        let mut query = String::new();
        append_query(&mut query, name, last);
        for (other, value) in request.query.iter().filter(|(other, _)| other != name) {
            append_query(&mut query, other, value);
        }
        Some(format!("{}?{query}", self.here(request)))
    }

    /// Returns the URI of a request without its query.
    fn here(&self, request: &RoutedRequest<'_>) -> String {
        fill(&self.base_url, request.route.info.path, request.parameters)
    }
}

/// Returns the value that determines the next page, and its location.
fn mark(next: NextPage, found: &Found, next_uri: Option<String>) -> Option<(&'static str, Value)> {
    let location = next.location()?;
    let value = match next {
        NextPage::None | NextPage::Link(_) => return None,
        NextPage::Uri(_) => next_uri.into(),
        NextPage::Cursor { .. } => found.last.clone().filter(|_| found.more).into(),
        NextPage::Page { first, end, .. } => match end {
            LastPage::Next(_) => {
                let next = first
                    .saturating_add((found.skipped / found.limit) as u64)
                    .saturating_add(1);
                found.more.then_some(next).into()
            }
            LastPage::Pages(_) => found.total.div_ceil(found.limit).into(),
            end => sign(end, found),
        },
        NextPage::Offset { end, .. } | NextPage::LastItem { end, .. } => sign(end, found),
    };
    Some((location, value))
}

/// Returns the sign of the last page, unless it depends on the number of the page.
fn sign(end: LastPage, found: &Found) -> Value {
    match end {
        LastPage::More(_) => found.more.into(),
        LastPage::Total(_) => found.total.into(),
        LastPage::Empty | LastPage::Next(_) | LastPage::Pages(_) => Value::Null,
    }
}
