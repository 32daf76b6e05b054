//! The items of a page, one by one.

use std::vec;

use super::page::read_page;
use super::split::SplitPage;
use super::token::PageToken;
use crate::runtime::Error;
use crate::runtime::json::{JsonValue, decode_item};
use crate::runtime::response::ReceivedResponse;

/// An iterator over the items of a page.
pub(crate) enum PageItems<T> {
    All(vec::IntoIter<T>),
    /// At least one item cannot be decoded.
    Each(vec::IntoIter<Result<T, Error>>),
}

impl<T: JsonValue> PageItems<T> {
    /// Returns an iterator without items.
    pub(crate) fn none() -> Self {
        Self::All(Vec::new().into_iter())
    }

    /// Decodes the items of a page, and returns them with the token of the next page.
    pub(crate) fn decode(received: &ReceivedResponse) -> Result<(Self, Option<PageToken>), Error> {
        let mut items = Vec::new();
        match read_page(&received.raw(), &mut items) {
            Ok(next) => {
                received.log_success();
                Ok((Self::All(items.into_iter()), next))
            }
            Err(error) => Self::decode_each(received).ok_or_else(|| received.undecodable(error)),
        }
    }

    /// Decodes each item on its own, so that an item that cannot be decoded does not affect the others. Returns `None` if
    /// the page itself cannot be decoded.
    #[cold]
    fn decode_each(received: &ReceivedResponse) -> Option<(Self, Option<PageToken>)> {
        let SplitPage { items, next } = SplitPage::read(&received.raw())?;
        let path = received.info.paging.map_or("", |paging| paging.items);
        let items = items.into_iter().enumerate().map(|(index, span)| {
            let mut item = T::empty();
            let target = item.target().coded(received.info.codec);
            let decoded = decode_item(path, index, &received.response.body()[span], target);
            decoded.map(|()| item).map_err(|error| received.undecodable(error))
        });
        Some((Self::Each(items.collect::<Vec<_>>().into_iter()), next))
    }

    /// Returns the number of items that are left.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::All(items) => items.len(),
            Self::Each(items) => items.len(),
        }
    }
}

impl<T> Iterator for PageItems<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::All(items) => items.next().map(Ok),
            Self::Each(items) => items.next(),
        }
    }
}
