//! One page of a list.

use std::marker::PhantomData;

use serde_core::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess};

use super::Spec;
use super::json::{DecodeError, Read, Wire, decode, field, next_key, read};
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
        decode(
            body,
            PageOf {
                keys,
                item: PhantomData,
            },
        )
    }
}

struct PageKeys {
    items: Option<&'static str>,
    uri: Option<&'static str>,
    next: Option<&'static str>,
}

struct PageOf<T> {
    keys: PageKeys,
    item: PhantomData<T>,
}

impl<'de, T: Wire> DeserializeSeed<'de> for PageOf<T> {
    type Value = Page<T>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Page<T>, D::Error> {
        read(input, self)
    }
}

impl<'de, T: Wire> Read<'de> for PageOf<T> {
    type Value = Page<T>;
    const EXPECTED: &'static str = "an object";

    fn object<A: MapAccess<'de>>(self, mut object: A) -> Result<Page<T>, A::Error> {
        let mut page = Page {
            items: Vec::new(),
            uri: String::new(),
            next: None,
        };
        while let Some(key) = next_key(&mut object)? {
            let name = Some(&*key);
            if name == self.keys.items {
                page.items = field(&key, &mut object)?;
            } else if name == self.keys.uri {
                page.uri = field(&key, &mut object)?;
            } else if name == self.keys.next {
                page.next = Some(field(&key, &mut object)?).filter(|next: &String| !next.is_empty());
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        Ok(page)
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
            let item = PhantomData::<u32>;
            decode(body, PageOf { keys, item }).expect("a page")
        };
        let page = read(br#"{"things": [1], "cursor": "c", "uri": {}}"#);
        assert_eq!((page.items, page.next.as_deref()), (vec![1], Some("c")));
        assert_eq!(read(br#"{"things": null, "cursor": ""}"#), Page::default());
        assert_eq!(read(br#"{"cursor": null}"#), Page::default());
    }
}
