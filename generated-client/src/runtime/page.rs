//! One page of a list.

use super::Spec;
use super::json::{DecodeError, List, Object, Required, Target, Wire, decode};
use crate::generated::API;

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

impl<T: Wire> Page<T> {
    pub(crate) fn read(spec: &Spec, body: &[u8]) -> Result<Self, DecodeError> {
        let keys = PageKeys {
            items: spec.items,
            uri: API.paging.and_then(|paging| paging.uri),
            next: API.paging.map(|paging| paging.next.field()),
        };
        Self::read_by(keys, body)
    }

    fn read_by(keys: PageKeys, body: &[u8]) -> Result<Self, DecodeError> {
        let mut items = Vec::new();
        let (uri, next) = read_parts(keys, &mut items, body)?;
        Ok(Self { items, uri, next })
    }
}

/// Reads the items where they belong, and gives the rest of a page.
fn read_parts(keys: PageKeys, items: &mut dyn List, body: &[u8]) -> Result<(String, Option<String>), DecodeError> {
    let mut parts = Parts {
        keys,
        items,
        uri: String::new(),
        next: String::new(),
    };
    decode(body, Target::Object(&mut parts))?;
    Ok((parts.uri, Some(parts.next).filter(|next| !next.is_empty())))
}

struct PageKeys {
    items: Option<&'static str>,
    uri: Option<&'static str>,
    next: Option<&'static str>,
}

/// A page that is being read.
struct Parts<'a> {
    keys: PageKeys,
    items: &'a mut dyn List,
    uri: String,
    next: String,
}

impl Object for Parts<'_> {
    fn required(&self) -> Required {
        Required::NONE
    }

    fn field(&mut self, name: &str) -> Option<Target<'_>> {
        let name = Some(name);
        if name == self.keys.items {
            Some(Target::List(self.items))
        } else if name == self.keys.uri {
            Some(self.uri.target())
        } else if name == self.keys.next {
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
    use super::*;

    #[test]
    fn a_cursor_is_read_from_its_field() {
        let read = |body: &[u8]| {
            let keys = PageKeys {
                items: Some("things"),
                uri: None,
                next: Some("cursor"),
            };
            Page::<u32>::read_by(keys, body).expect("a page")
        };
        let page = read(br#"{"things": [1], "cursor": "c", "uri": {}}"#);
        assert_eq!((page.items, page.next.as_deref()), (vec![1], Some("c")));
        assert_eq!(read(br#"{"things": null, "cursor": ""}"#), Page::default());
        assert_eq!(read(br#"{"cursor": null}"#), Page::default());
    }
}
