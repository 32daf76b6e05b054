//! Sending calls of the blocking client.

use super::{Client, Items, Pages};
use crate::runtime::call::{Call, WithResponse, paginate};
use crate::runtime::response::{FromResponse, decode_with_response};
use crate::runtime::{Error, Operation, Paged, Response};

impl<O: Operation> Call<'_, Client, O> {
    /// Sends the request and returns the decoded response.
    ///
    /// # Errors
    ///
    /// Returns an error if the request is invalid, if no response is received, if the API rejects the request, or if
    /// the response cannot be decoded.
    pub fn send(self) -> Result<O::Output, Error> {
        O::Output::from_response(&mut *self.client.exchange(self.operation.prepare(self.options))?)
    }
}

impl<O: Operation> WithResponse<'_, Client, O> {
    /// Sends the request and returns the response with the decoded value.
    ///
    /// # Errors
    ///
    /// Returns an error if the request is invalid, if no response is received, if the API rejects the request, or if
    /// the response cannot be decoded.
    pub fn send(self) -> Result<Response<O::Output>, Error> {
        let Call {
            client,
            operation,
            options,
        } = self.call;
        decode_with_response(&mut *client.exchange(operation.prepare(options))?)
    }
}

impl<O: Paged> Call<'_, Client, O> {
    /// Returns an iterator over the pages of the list, from the first page or the one set by [`resume`](Self::resume).
    ///
    /// The options of the call apply to the request for each page.
    pub fn pages(self) -> Pages<O> {
        Pages::new(self.client.clone(), paginate(self))
    }

    /// Returns an iterator over the items of all pages of the list. Pages are requested as needed. An item that cannot be decoded
    /// is an error, after which the iterator continues.
    ///
    /// The options of the call apply to the request for each page.
    pub fn items(self) -> Items<O> {
        Items::new(self.pages())
    }
}
