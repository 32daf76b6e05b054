//! Pages of lists.

use super::{NextPage, PageToken, Paging};
use crate::runtime::json::{Codec, DecodeError, JsonValue, List, Object, Required, Target, decode_json};
use crate::runtime::request::remove_parameter_of_uri;
use crate::runtime::response::{FromResponse, RawResponse};

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
    fn from_response(response: &RawResponse<'_>) -> Result<Self, DecodeError> {
        let mut items = Vec::new();
        let next = read_page(response, &mut items)?;
        Ok(Self { items, next })
    }
}

/// Reads the items of a page into a list, and returns the token of the next page.
///
/// Takes the whole response and the list, because another API's token may come from a header or from the last item.
pub(crate) fn read_page(response: &RawResponse<'_>, items: &mut dyn List) -> Result<Option<PageToken>, DecodeError> {
    let mut fields = PageFields {
        paging: response.info.paging,
        items,
        next: String::new(),
    };
    decode_json(response.body, Target::Object(&mut fields, Codec::Plain))?;
    let next = without_key(response, fields.next);
    Ok(Some(next).filter(|next| !next.is_empty()).map(PageToken::new))
}

/// Removes the API key from the URI of the next page, in which some APIs repeat the whole query.
fn without_key(response: &RawResponse<'_>, next: String) -> String {
    match (response.key_parameter, response.info.paging.map(|paging| paging.next)) {
        (Some(name), Some(NextPage::Uri(_))) => remove_parameter_of_uri(&next, name),
        (_, Some(NextPage::Cursor { .. } | NextPage::Uri(_)) | None) => next,
    }
}

/// The fields of a page that is being read.
struct PageFields<'a> {
    paging: Option<Paging>,
    items: &'a mut dyn List,
    /// The token of the next page; empty on the last page.
    next: String,
}

impl Object for PageFields<'_> {
    fn required(&self) -> Required {
        Required::none()
    }

    fn field(&mut self, name: &str) -> Option<Target<'_>> {
        let Paging { items, next } = self.paging?;
        let (NextPage::Uri(next) | NextPage::Cursor { field: next, .. }) = next;
        if name == items {
            Some(Target::List(self.items, Codec::Plain))
        } else if name == next {
            Some(self.next.target())
        } else {
            None
        }
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
    use http::{HeaderMap, StatusCode};

    use super::*;
    use crate::runtime::OperationInfo;

    const LIST: OperationInfo = OperationInfo::get("things.list", "/things").paging(Paging {
        items: "things",
        next: NextPage::Cursor {
            field: "cursor",
            query: "after",
        },
    });

    fn read(body: &[u8]) -> Page<u32> {
        let response = RawResponse {
            info: &LIST,
            query: "",
            status: StatusCode::OK,
            headers: &HeaderMap::new(),
            body,
            key_parameter: None,
        };
        Page::from_response(&response).expect("a page")
    }

    #[test]
    fn token_does_not_contain_the_api_key() {
        const BY_URI: OperationInfo = OperationInfo::get("things.list", "/things").paging(Paging {
            items: "things",
            next: NextPage::Uri("next"),
        });
        let response = RawResponse {
            info: &BY_URI,
            query: "",
            status: StatusCode::OK,
            headers: &HeaderMap::new(),
            body: br#"{"next": "https://h/things?page=2&api_key=secret&x=y"}"#,
            key_parameter: Some("api_key"),
        };
        let page: Page<u32> = Page::from_response(&response).expect("a page");
        assert_eq!(
            page.next.as_ref().map(PageToken::as_str),
            Some("https://h/things?page=2&x=y")
        );
    }

    #[test]
    fn reads_the_cursor_from_its_field() {
        let page = read(br#"{"things": [1], "cursor": "c", "other": {}}"#);
        assert_eq!(
            (page.items, page.next.as_ref().map(PageToken::as_str)),
            (vec![1], Some("c"))
        );
        assert_eq!(read(br#"{"things": null, "cursor": ""}"#), Page::default());
        assert_eq!(read(br#"{"cursor": null}"#), Page::default());
    }
}
