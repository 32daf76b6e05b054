//! Pages of lists.

use super::mark::{Mark, MarkValue};
use super::next::next_token;
use super::{NextPage, PageToken, Paging};
use crate::runtime::json::{Codec, DecodeError, JsonValue, List, Optional, Selection, Target, decode_json, dotted};
use crate::runtime::request::remove_parameter_of_uri;
use crate::runtime::response::{FromResponse, RawResponse, ReceivedResponse};
use crate::runtime::{Error, OperationInfo};

/// A page of a list.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items, in the order of the API.
    pub items: Vec<T>,
    /// The token of the next page; `None` on the last page. Pass it to [`Call::resume`](crate::runtime::Call::resume).
    pub next: Option<PageToken>,
}

impl<T> Page<T> {
    /// Returns an iterator over the items.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }
}

impl<T: JsonValue> FromResponse for Page<T> {
    #[inline]
    fn from_response(received: &mut ReceivedResponse) -> Result<Self, Error> {
        let mut items = Vec::new();
        match decode_items(received, &mut items) {
            Ok(next) => Ok(Self { items, next }),
            Err(error) => Err(error),
        }
    }
}

/// Decodes the items of a page, logs the outcome, and returns the token of the next page.
fn decode_items(received: &mut ReceivedResponse, items: &mut dyn List) -> Result<Option<PageToken>, Error> {
    let page = read_page(&received.raw(), items);
    received.conclude(page)
}

/// Reads the items of a page into a list, and returns the token of the next page.
#[doc(hidden)] // public for benchmarks
pub fn read_page(response: &RawResponse<'_>, items: &mut dyn List) -> Result<Option<PageToken>, DecodeError> {
    let mark = read_body(response, items)?;
    page_token(response, items, mark)
}

/// Returns the token of the next page.
pub(super) fn page_token(
    response: &RawResponse<'_>,
    items: &dyn List,
    mark: MarkValue,
) -> Result<Option<PageToken>, DecodeError> {
    let next = next_page(response.info);
    let token = next_token(next, response, items, mark)?;
    Ok(token.map(|token| without_key(response, next, token)))
}

/// Removes the API key from the URI of the next page, in which some APIs repeat the whole query.
fn without_key(response: &RawResponse<'_>, next: NextPage, token: PageToken) -> PageToken {
    match (response.key_parameter, next) {
        (Some(name), NextPage::Uri(_) | NextPage::Link(_)) => {
            PageToken::new(remove_parameter_of_uri(token.as_str(), name))
        }
        _ => token,
    }
}

/// Returns the way from a page of an operation to the next one.
pub(super) fn next_page(info: &OperationInfo) -> NextPage {
    info.paging.map_or(NextPage::None, |paging| paging.next)
}

/// Reads the items of a page into a list, and returns the value that determines the next page.
pub(super) fn read_body(response: &RawResponse<'_>, items: &mut dyn List) -> Result<MarkValue, DecodeError> {
    let mut mark = Mark::new(next_page(response.info));
    let codec = response.info.codec;
    match response.info.paging.filter(|paging| !paging.items.is_empty()) {
        Some(paging) if paging.rejects_null => {
            let mut items = Items { items, is_null: false };
            read_parts(paging, response.body, Target::Optional(&mut items, codec), &mut mark)?;
            if items.is_null {
                return Err(DecodeError::at(dotted(paging.items), "expected an array, found null"));
            }
        }
        Some(paging) => read_parts(paging, response.body, Target::List(items, codec), &mut mark)?,
        None => decode_json(response.body, Target::List(items, codec))?,
    }
    Ok(mark.value)
}

/// The items of a page, or null in their place.
struct Items<'a> {
    items: &'a mut dyn List,
    is_null: bool,
}

impl Optional for Items<'_> {
    fn clear(&mut self) {
        self.is_null = true;
    }

    fn fill(&mut self) -> Target<'_> {
        Target::List(self.items, Codec::Plain)
    }
}

/// Reads the items of a page, and the value that determines the next page.
fn read_parts<'a>(paging: Paging, body: &[u8], items: Target<'a>, mark: &'a mut Mark) -> Result<(), DecodeError> {
    let mut page = Selection::default();
    page.add(paging.items, items);
    let next = paging.next.location();
    if let Some(location) = next {
        page.add(location, Target::Scalar(mark, Codec::Plain));
    }
    decode_json(body, Target::Object(&mut page, Codec::Plain))?;
    if !paging.may_omit_items {
        page.require(paging.items)?;
    }
    match next {
        Some(location) if !paging.may_omit_next => page.require(location),
        _ => Ok(()),
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use http::{HeaderMap, StatusCode};

    use super::*;
    use crate::runtime::paging::LastPage;

    const fn list(paging: Paging) -> OperationInfo {
        OperationInfo::get("things.list", "/things").paging(paging)
    }

    const CURSOR: NextPage = NextPage::Cursor {
        cursor: "cursor",
        query: "after",
    };

    fn page<T: JsonValue>(response: &RawResponse<'_>) -> Result<Page<T>, DecodeError> {
        let mut items = Vec::new();
        let next = read_page(response, &mut items)?;
        Ok(Page { items, next })
    }

    /// Reads a page of numbers, and returns its items and token, or the error.
    fn read(paging: Paging, query: &str, body: &str) -> Result<(Vec<u32>, Option<String>), String> {
        read_with(paging, query, &HeaderMap::new(), body)
    }

    fn read_with(
        paging: Paging,
        query: &str,
        headers: &HeaderMap,
        body: &str,
    ) -> Result<(Vec<u32>, Option<String>), String> {
        let response = RawResponse {
            info: &list(paging),
            query,
            status: StatusCode::OK,
            headers,
            body: body.as_bytes(),
            key_parameter: None,
        };
        let page = page(&response).map_err(|error| error.to_string())?;
        Ok((page.items, page.next.map(|token| token.to_string())))
    }

    #[test]
    fn token_does_not_contain_the_api_key() {
        const BY_URI: OperationInfo =
            OperationInfo::get("things.list", "/things").paging(Paging::new("things", NextPage::Uri("next")));
        let response = RawResponse {
            info: &BY_URI,
            query: "",
            status: StatusCode::OK,
            headers: &HeaderMap::new(),
            body: br#"{"things": [], "next": "https://h/things?page=2&api_key=secret&x=y"}"#,
            key_parameter: Some("api_key"),
        };
        let page: Page<u32> = page(&response).expect("a page");
        assert_eq!(
            page.next.as_ref().map(PageToken::as_str),
            Some("https://h/things?page=2&x=y")
        );
    }

    #[test]
    fn reads_the_cursor_from_its_location() {
        let paging = Paging::new("things", CURSOR);
        for (body, page) in [
            (r#"{"things": [1], "cursor": "c", "other": {}}"#, (vec![1], Some("c"))),
            (r#"{"things": [], "cursor": 15}"#, (vec![], Some("15"))),
            (r#"{"things": null, "cursor": ""}"#, (vec![], None)),
            (r#"{"cursor": null, "things": []}"#, (vec![], None)),
        ] {
            let (items, next) = page;
            assert_eq!(read(paging, "", body), Ok((items, next.map(str::to_owned))), "{body}");
        }
    }

    #[test]
    fn items_that_are_null_are_no_items_or_an_error() {
        for items in ["things", "/data/things"] {
            let paging = Paging::new(items, NextPage::None);
            let body = |items: &str| format!(r#"{{"things": {items}, "data": {{"things": {items}}}}}"#);
            assert_eq!(read(paging, "", &body("null")), Ok((vec![], None)));
            let error = format!(
                "{}: expected an array, found null",
                items.trim_start_matches('/').replace('/', ".")
            );
            assert_eq!(read(paging.reject_null(), "", &body("null")), Err(error));
            assert_eq!(read(paging.reject_null(), "", &body("[1]")), Ok((vec![1], None)));
        }
    }

    #[test]
    fn page_must_not_omit_items_or_cursor() {
        let paging = Paging::new("things", CURSOR);
        let missing = |name: &str| Err(format!("{name}: the field is missing"));
        assert_eq!(read(paging, "", r#"{"things": []}"#), missing("cursor"));
        assert_eq!(read(paging, "", r#"{"cursor": ""}"#), missing("things"));
        assert_eq!(
            read(paging.may_omit_next(), "", r#"{"things": []}"#),
            Ok((vec![], None))
        );
        assert_eq!(
            read(paging.may_omit_items(), "", r#"{"cursor": ""}"#),
            Ok((vec![], None))
        );
        assert!(read(paging.may_omit_items().may_omit_next(), "", r#"{"error": ""}"#).is_err());
    }

    #[test]
    fn numbered_pages_end_as_the_api_says() {
        let page = |end| {
            let next = NextPage::Page {
                query: "page",
                first: 1,
                end,
            };
            Paging::new("/data/things", next)
        };
        for (end, query, body, next) in [
            (LastPage::Empty, "", r#"{"data": {"things": [1]}}"#, Some("2")),
            (LastPage::Empty, "page=7", r#"{"data": {"things": [1]}}"#, Some("8")),
            (LastPage::Empty, "page=7", r#"{"data": {"things": []}}"#, None),
            (
                LastPage::Next("/next"),
                "",
                r#"{"data": {"things": []}, "next": 4}"#,
                Some("4"),
            ),
            (
                LastPage::Next("/next"),
                "",
                r#"{"data": {"things": [1]}, "next": null}"#,
                None,
            ),
            (
                LastPage::Pages("/data/pages"),
                "page=2",
                r#"{"data": {"things": [1], "pages": 3}}"#,
                Some("3"),
            ),
            (
                LastPage::Pages("/data/pages"),
                "page=3",
                r#"{"data": {"things": [1], "pages": 3}}"#,
                None,
            ),
            (
                LastPage::More("more"),
                "a=b",
                r#"{"data": {"things": []}, "more": true}"#,
                Some("2"),
            ),
            (
                LastPage::More("more"),
                "",
                r#"{"data": {"things": []}, "more": false}"#,
                None,
            ),
        ] {
            let read = read(page(end), query, body).map(|(_, next)| next);
            assert_eq!(read, Ok(next.map(str::to_owned)), "{end:?} {query} {body}");
        }
        let error = read(
            page(LastPage::Pages("pages")),
            "",
            r#"{"data": {"things": []}, "pages": null}"#,
        );
        assert!(error.is_err_and(|error| error.starts_with("pages: expected an integer, found null")));
    }

    #[test]
    fn first_page_may_have_the_number_zero() {
        let (query, end) = ("page", LastPage::Pages("pages"));
        let paging = Paging::new("things", NextPage::Page { query, first: 0, end });
        for (page, next) in [("", Some("1")), ("page=1", Some("2")), ("page=2", None)] {
            let read = read(paging, page, r#"{"things": [1], "pages": 3}"#).map(|(_, next)| next);
            assert_eq!(read, Ok(next.map(str::to_owned)), "{page}");
        }
    }

    #[test]
    fn offset_is_the_number_of_items_seen() {
        let offset = |end| {
            let query = "offset";
            Paging::new("things", NextPage::Offset { query, end })
        };
        for (end, query, body, next) in [
            (
                LastPage::Total("total"),
                "",
                r#"{"things": [1, 2], "total": 3}"#,
                Some("2"),
            ),
            (
                LastPage::Total("total"),
                "offset=2",
                r#"{"things": [3], "total": 3}"#,
                None,
            ),
            (
                LastPage::More("more"),
                "offset=2",
                r#"{"things": [3], "more": true}"#,
                Some("3"),
            ),
            (
                LastPage::More("more"),
                "offset=2",
                r#"{"things": [3], "more": false}"#,
                None,
            ),
            (LastPage::Empty, "offset=3", r#"{"things": []}"#, None),
        ] {
            let read = read(offset(end), query, body).map(|(_, next)| next);
            assert_eq!(read, Ok(next.map(str::to_owned)), "{end:?} {query} {body}");
        }
    }

    #[test]
    fn page_can_be_the_list_itself() {
        let paging = Paging::new("", NextPage::Link("next"));
        let mut headers = HeaderMap::new();
        assert_eq!(read_with(paging, "", &headers, "[1, 2]"), Ok((vec![1, 2], None)));
        headers.insert(
            http::header::LINK,
            http::HeaderValue::from_static("</things?page=2>; rel=\"next\""),
        );
        let next = Some("/things?page=2".to_owned());
        assert_eq!(read_with(paging, "", &headers, "[1, 2]"), Ok((vec![1, 2], next)));
        for body in ["null", "{}"] {
            let error = read_with(paging, "", &headers, body);
            assert!(
                error.is_err_and(|error| error.starts_with("expected an array")),
                "{body}"
            );
        }
    }

    #[test]
    fn last_item_identifies_the_next_page() {
        let (field, query) = ("id", "after");
        let next = NextPage::LastItem {
            field,
            query,
            end: LastPage::More("more"),
        };
        let info = list(Paging::new("things", next));
        let headers = HeaderMap::new();
        let token = |body: &str| {
            let response = RawResponse {
                info: &info,
                query: "",
                status: StatusCode::OK,
                headers: &headers,
                body: body.as_bytes(),
                key_parameter: None,
            };
            let page = page::<BTreeMap<String, serde_json::Value>>(&response);
            page.map(|page| page.next.map(|token| token.to_string()))
                .map_err(|error| error.to_string())
        };
        assert_eq!(
            token(r#"{"things": [{"id": "a"}, {"id": "b"}], "more": true}"#),
            Ok(Some("b".to_owned()))
        );
        assert_eq!(
            token(r#"{"things": [{"id": 7}], "more": true}"#),
            Ok(Some("7".to_owned()))
        );
        assert_eq!(token(r#"{"things": [{"id": 7}], "more": false}"#), Ok(None));
        for body in [r#"{"things": [], "more": true}"#, r#"{"things": [{}], "more": true}"#] {
            assert!(
                token(body).is_err_and(|error| error.starts_with("id: the last item")),
                "{body}"
            );
        }
    }
}
