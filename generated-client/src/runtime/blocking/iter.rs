//! Iterators over pages and items, for the blocking client.

use std::fmt;
use std::iter::FusedIterator;
use std::marker::PhantomData;

use super::Client;
use crate::runtime::paging::{Page, PageItems, Paginator};
use crate::runtime::response::{FromResponse, ReceivedResponse};
use crate::runtime::{Error, Paged};

/// An iterator over the pages of a list. Ends after the last page or an error, and never requests a page twice.
#[must_use = "an iterator does nothing until it is advanced"]
pub struct Pages<O> {
    client: Client,
    paginator: Paginator,
    operation: PhantomData<fn() -> O>,
}

impl<O: Paged> Pages<O> {
    pub(crate) fn new(client: Client, paginator: Paginator) -> Self {
        Self {
            client,
            paginator,
            operation: PhantomData,
        }
    }

    /// Receives the response with the next page, or returns `None` after the last one.
    fn response(&mut self) -> Option<Result<Box<ReceivedResponse>, Error>> {
        let request = self.paginator.request()?;
        Some(self.client.exchange(request))
    }
}

impl<O: Paged> Iterator for Pages<O> {
    type Item = Result<Page<O::Item>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let page = self
            .response()?
            .and_then(|mut received| Page::from_response(&mut received));
        if let Ok(page) = &page {
            self.paginator.follow(page.next.as_ref());
        }
        Some(page)
    }
}

impl<O: Paged> FusedIterator for Pages<O> {}

impl<O: Paged> fmt::Debug for Pages<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pages")
            .field("operation", &O::INFO.name)
            .finish_non_exhaustive()
    }
}

/// An iterator over the items of all pages of a list.
///
/// If an item cannot be decoded, the iterator yields an error and continues with the next item. It ends after the last item
/// and after any other error.
#[must_use = "an iterator does nothing until it is advanced"]
pub struct Items<O: Paged> {
    pages: Pages<O>,
    page: PageItems<O::Item>,
}

impl<O: Paged> Items<O> {
    pub(crate) fn new(pages: Pages<O>) -> Self {
        Self {
            pages,
            page: PageItems::none(),
        }
    }
}

impl<O: Paged> Iterator for Items<O> {
    type Item = Result<O::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(item);
            }
            let response = self.pages.response()?;
            match response.and_then(|response| PageItems::decode(&response)) {
                Ok((items, next)) => {
                    self.page = items;
                    self.pages.paginator.follow(next.as_ref());
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<O: Paged> FusedIterator for Items<O> {}

impl<O: Paged> fmt::Debug for Items<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Items")
            .field("operation", &O::INFO.name)
            .finish_non_exhaustive()
    }
}
