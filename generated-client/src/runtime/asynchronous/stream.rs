//! Streams of pages and items, for the async client.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::{FusedStream, Stream};

use super::{BoxFuture, Client};
use crate::runtime::paging::{Page, PageItems, Paginator};
use crate::runtime::response::{FromResponse, ReceivedResponse};
use crate::runtime::{Error, Paged};

/// A stream of the pages of a list. Ends after the last page or an error, and never requests a page twice.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<O> {
    client: Client,
    paginator: Paginator,
    response: Option<BoxFuture<'static, Result<Box<ReceivedResponse>, Error>>>,
    operation: PhantomData<fn() -> O>,
}

impl<O: Paged> Pages<O> {
    pub(crate) fn new(client: Client, paginator: Paginator) -> Self {
        Self {
            client,
            paginator,
            response: None,
            operation: PhantomData,
        }
    }

    /// Receives the response with the next page, or returns `None` after the last one.
    fn poll_response(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Box<ReceivedResponse>, Error>>> {
        if self.response.is_none() {
            self.response = self.paginator.request().map(|request| self.client.exchange(request));
        }
        let Some(response) = &mut self.response else {
            return Poll::Ready(None);
        };
        let response = ready!(response.as_mut().poll(context));
        self.response = None;
        Poll::Ready(Some(response))
    }

    /// Returns the next page, or `None` after the last one.
    ///
    /// # Errors
    ///
    /// Returns an error if the request of a page fails. The stream then ends.
    pub async fn try_next(&mut self) -> Result<Option<Page<O::Item>>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }
}

impl<O: Paged> Stream for Pages<O> {
    type Item = Result<Page<O::Item>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let Some(response) = ready!(this.poll_response(context)) else {
            return Poll::Ready(None);
        };
        let page = response.and_then(|mut received| Page::from_response(&mut received));
        if let Ok(page) = &page {
            this.paginator.follow(page.next.as_ref());
        }
        Poll::Ready(Some(page))
    }
}

impl<O: Paged> FusedStream for Pages<O> {
    fn is_terminated(&self) -> bool {
        self.response.is_none() && self.paginator.has_ended()
    }
}

impl<O: Paged> fmt::Debug for Pages<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pages")
            .field("operation", &O::INFO.name)
            .finish_non_exhaustive()
    }
}

/// A stream of the items of all pages of a list.
///
/// If an item cannot be decoded, the stream yields an error and continues with the next item. It ends after the last item and
/// after any other error.
#[must_use = "a stream does nothing until it is polled"]
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

    /// Returns the next item, or `None` after the last one.
    ///
    /// # Errors
    ///
    /// Returns an error if the item cannot be decoded; the next call returns the item after it. Also returns an error if the
    /// request of a page fails, or if the page cannot be decoded; the next call then returns `None`.
    pub async fn try_next(&mut self) -> Result<Option<O::Item>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }
}

/// No field is structurally pinned.
impl<O: Paged> Unpin for Items<O> {}

impl<O: Paged> Stream for Items<O> {
    type Item = Result<O::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.page.next() {
                return Poll::Ready(Some(item));
            }
            let Some(response) = ready!(this.pages.poll_response(context)) else {
                return Poll::Ready(None);
            };
            match response.and_then(|response| PageItems::decode(&response)) {
                Ok((items, next)) => {
                    this.page = items;
                    this.pages.paginator.follow(next.as_ref());
                }
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}

impl<O: Paged> FusedStream for Items<O> {
    fn is_terminated(&self) -> bool {
        self.page.len() == 0 && self.pages.is_terminated()
    }
}

impl<O: Paged> fmt::Debug for Items<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Items")
            .field("operation", &O::INFO.name)
            .finish_non_exhaustive()
    }
}
