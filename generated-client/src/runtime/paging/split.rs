//! Pages with items that cannot be decoded.

use serde_json::{Map, Value};

use super::page::{next_page, page_token, read_body};
use super::{NextPage, PageToken};
use crate::runtime::json::{Span, array_items, find_value, parse};
use crate::runtime::response::RawResponse;

/// A page whose items are not decoded.
pub(super) struct SplitPage {
    /// The bounds of the items in the body.
    pub(super) items: Vec<Span>,
    pub(super) next: Option<PageToken>,
}

impl SplitPage {
    /// Splits a page into its items. Returns `None` if the page cannot be decoded even without its items.
    pub(super) fn read(response: &RawResponse<'_>) -> Option<Self> {
        let body = response.body;
        let list = find_value(body, response.info.paging.map_or("", |paging| paging.items))?;
        let items = array_items(body, list.clone())?;
        let without_items = [&body[..list.start], b"[]", &body[list.end..]].concat();
        let rest = RawResponse {
            body: &without_items,
            ..*response
        };
        let mark = read_body(&rest, &mut Vec::<Value>::new()).ok()?;
        // Not `vec![Value::Null; …]`, which would also need the code that clones a value.
        let mut values: Vec<_> = items.iter().map(|_| Value::Null).collect();
        if let (NextPage::LastItem { field, .. }, Some(last), Some(value)) =
            (next_page(response.info), items.last(), values.last_mut())
        {
            *value = only_field(&body[last.clone()], field);
        }
        let next = page_token(response, &values, mark).ok()?;
        Some(Self { items, next })
    }
}

/// Returns an item with only one of its fields.
fn only_field(item: &[u8], field: &'static str) -> Value {
    let mut fields = Map::new();
    if let Some(value) = find_value(item, field).and_then(|span| parse(&item[span])) {
        fields.insert(field.to_owned(), value);
    }
    Value::Object(fields)
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, StatusCode};

    use super::*;
    use crate::runtime::OperationInfo;
    use crate::runtime::paging::{LastPage, Paging};

    /// Splits a page, and returns its number of items and its token.
    fn split(paging: Paging, body: &[u8]) -> Option<(usize, Option<String>)> {
        let response = RawResponse {
            info: &OperationInfo::get("things.list", "/things").paging(paging),
            query: "",
            status: StatusCode::OK,
            headers: &HeaderMap::new(),
            body,
            key_parameter: None,
        };
        let page = SplitPage::read(&response)?;
        Some((page.items.len(), page.next.map(|token| token.to_string())))
    }

    #[test]
    fn finds_the_next_page_after_items_that_cannot_be_decoded() {
        let (query, end) = ("after", LastPage::More("more"));
        let cursor = NextPage::Cursor { cursor: "next", query };
        let last = NextPage::LastItem {
            field: "id",
            query,
            end,
        };
        let offset = NextPage::Offset { query, end };
        let next = |token: &str| Some(token.to_owned());
        for (paging, body, expected) in [
            (
                Paging::new("things", cursor),
                &b"{\"things\": [\"\\ud800\", 1e999999], \"next\": \"c\"}"[..],
                Some((2, next("c"))),
            ),
            (
                Paging::new("/data/things", cursor),
                b"{\"next\": null, \"data\": {\"things\": [\"\xff\"]}}",
                Some((1, None)),
            ),
            (
                Paging::new("things", last),
                b"{\"things\": [1, {\"n\": 1e999999, \"id\": \"b\"}], \"more\": true}",
                Some((2, next("b"))),
            ),
            (
                Paging::new("things", last),
                b"{\"things\": [{\"id\": 1e999999}], \"more\": true}",
                None,
            ),
            (
                Paging::new("things", offset),
                b"{\"things\": [\"\xff\", 1], \"more\": true}",
                Some((2, next("2"))),
            ),
            (Paging::new("", NextPage::None), b"[1e999999]", Some((1, None))),
            (Paging::new("things", cursor), b"{\"things\": [\"\xff\"]}", None),
            (
                Paging::new("things", cursor),
                b"{\"things\": null, \"next\": \"c\"}",
                None,
            ),
            (
                Paging::new("things", cursor),
                b"{\"things\": [1], \"next\": \"\xff\"}",
                None,
            ),
        ] {
            assert_eq!(split(paging, body), expected, "{}", body.escape_ascii());
        }
    }
}
