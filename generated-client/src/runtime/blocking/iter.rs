//! Iterators over pages and items, for the blocking client.

use std::iter::FusedIterator;
use std::marker::PhantomData;
use std::{fmt, vec};

use super::Client;
use crate::runtime::paging::{Page, Paginator};
use crate::runtime::response::decode;
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
}

impl<O: Paged> Iterator for Pages<O> {
    type Item = Result<Page<O::Item>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let request = self.paginator.request()?;
        let page = self
            .client
            .exchange(request)
            .and_then(|response| decode::<Page<_>>(&response));
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

/// An iterator over the items of all pages of a list. Ends after the last item or an error.
#[must_use = "an iterator does nothing until it is advanced"]
pub struct Items<O: Paged> {
    pages: Pages<O>,
    page: vec::IntoIter<O::Item>,
}

impl<O: Paged> Items<O> {
    pub(crate) fn new(pages: Pages<O>) -> Self {
        Self {
            pages,
            page: Vec::new().into_iter(),
        }
    }
}

impl<O: Paged> Iterator for Items<O> {
    type Item = Result<O::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            match self.pages.next()? {
                Ok(page) => self.page = page.into_iter(),
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
