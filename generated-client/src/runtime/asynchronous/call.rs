//! Awaiting calls of the async client.

use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::{Client, Items, Pages, PendingResponse};
use crate::runtime::call::{Call, WithResponse, paginate};
use crate::runtime::response::{FromResponse, ReceivedResponse, decode_with_response};
use crate::runtime::{Error, Operation, Paged, Response};

/// The future of a call. Resolves to the decoded response.
///
/// Returned by [`IntoFuture`] of a call. It borrows nothing from the client.
#[must_use = "a future does nothing until it is awaited"]
pub struct ResponseFuture<T> {
    response: PendingResponse,
    decode: fn(&mut ReceivedResponse) -> Result<T, Error>,
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<T, Error>;

    // Not inlined, because many operations have the same response type.
    #[inline(never)]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let decode = self.decode;
        match self.response.poll(context) {
            Poll::Ready(Ok(received)) => Poll::Ready(decode(received)),
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}

impl<O: Operation> IntoFuture for Call<'_, Client, O> {
    type Output = Result<O::Output, Error>;
    type IntoFuture = ResponseFuture<O::Output>;

    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        ResponseFuture {
            response: self.client.start(self.operation.prepare(self.options)),
            decode: O::Output::from_response,
        }
    }
}

impl<O: Operation> IntoFuture for WithResponse<'_, Client, O> {
    type Output = Result<Response<O::Output>, Error>;
    type IntoFuture = ResponseFuture<Response<O::Output>>;

    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        let Call {
            client,
            operation,
            options,
        } = self.call;
        ResponseFuture {
            response: client.start(operation.prepare(options)),
            decode: decode_with_response,
        }
    }
}

impl<O: Paged> Call<'_, Client, O> {
    /// Returns a stream of the pages of the list, from the first page or the one set by [`resume`](Self::resume).
    ///
    /// The options of the call apply to the request for each page.
    pub fn pages(self) -> Pages<O> {
        Pages::new(self.client.clone(), paginate(self))
    }

    /// Returns a stream of the items of all pages of the list. Pages are requested as needed. An item that cannot be decoded is
    /// an error, after which the stream continues.
    ///
    /// The options of the call apply to the request for each page.
    pub fn items(self) -> Items<O> {
        Items::new(self.pages())
    }
}
