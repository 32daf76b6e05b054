//! One page of a list.

use super::{NextPage, Paging};
use crate::runtime::json::{Codec, DecodeError, JsonValue, List, Object, Required, Target, decode_json};
use crate::runtime::response::{FromResponse, RawResponse};

/// One page of a list.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// What the page lists, in the API's order.
    pub items: Vec<T>,
    /// Where the API serves this page; empty where it does not say.
    pub uri: String,
    /// What leads to the next page, as the API sent it; `None` on the last page.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The items, by reference.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }
}

impl<T: JsonValue> FromResponse for Page<T> {
    fn from_response(response: &RawResponse<'_>) -> Result<Self, DecodeError> {
        let mut items = Vec::new();
        let Links { uri, next } = read_page(response, &mut items)?;
        Ok(Self { items, uri, next })
    }
}

/// The part of a page beside its items.
struct Links {
    uri: String,
    next: Option<String>,
}

/// Reads the items into the list, and returns the rest of the page.
///
/// The whole response is at hand, and so is the last item: a token for the next page may come from any of them.
fn read_page(response: &RawResponse<'_>, items: &mut dyn List) -> Result<Links, DecodeError> {
    let mut fields = PageFields {
        paging: response.info.paging,
        items,
        uri: String::new(),
        next: String::new(),
    };
    decode_json(response.body, Target::Object(&mut fields, Codec::Plain))?;
    let (uri, next) = (fields.uri, fields.next);
    Ok(Links {
        uri,
        next: Some(next).filter(|next| !next.is_empty()),
    })
}

/// A page that is being read.
struct PageFields<'a> {
    paging: Option<Paging>,
    items: &'a mut dyn List,
    uri: String,
    /// The token of the next page; empty on the last page.
    next: String,
}

impl Object for PageFields<'_> {
    fn required(&self) -> Required {
        Required::none()
    }

    fn field(&mut self, name: &str) -> Option<Target<'_>> {
        let Paging { items, next, uri } = self.paging?;
        let (NextPage::Uri(next) | NextPage::Cursor { field: next, .. }) = next;
        if name == items {
            Some(Target::List(self.items, Codec::Plain))
        } else if Some(name) == uri {
            Some(self.uri.target())
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
        uri: None,
    });

    fn read(body: &[u8]) -> Page<u32> {
        let response = RawResponse {
            info: &LIST,
            query: "",
            status: StatusCode::OK,
            headers: &HeaderMap::new(),
            body,
        };
        Page::from_response(&response).expect("a page")
    }

    #[test]
    fn a_cursor_is_read_from_its_field() {
        let page = read(br#"{"things": [1], "cursor": "c", "uri": {}}"#);
        assert_eq!((page.items, page.next.as_deref()), (vec![1], Some("c")));
        assert_eq!(read(br#"{"things": null, "cursor": ""}"#), Page::default());
        assert_eq!(read(br#"{"cursor": null}"#), Page::default());
    }
}
