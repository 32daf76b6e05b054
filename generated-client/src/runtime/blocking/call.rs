//! Calls of the blocking client: results and iterators.

use super::{Client, Items, Pages};
use crate::runtime::call::{Call, WithResponse, paginate, prepare_call};
use crate::runtime::response::{decode, decode_with_response};
use crate::runtime::{Error, Operation, Paged, Response};

impl<O: Operation> Call<'_, Client, O> {
    /// Sends the call and waits for its response.
    ///
    /// # Errors
    ///
    /// When the call cannot be sent, is not answered, is refused by the API, or its response cannot be read.
    pub fn send(self) -> Result<O::Output, Error> {
        let client = self.client;
        decode(&client.exchange(prepare_call(self))?)
    }
}

impl<O: Operation> WithResponse<'_, Client, O> {
    /// Sends the call and waits for its response.
    ///
    /// # Errors
    ///
    /// When the call cannot be sent, is not answered, is refused by the API, or its response cannot be read.
    pub fn send(self) -> Result<Response<O::Output>, Error> {
        let client = self.call.client;
        decode_with_response(client.exchange(prepare_call(self.call))?)
    }
}

impl<O: Paged> Call<'_, Client, O> {
    /// An iterator over every page. The call's options hold for each.
    pub fn pages(self) -> Pages<O> {
        Pages::new(self.client.clone(), paginate(self))
    }

    /// An iterator over the items of every page. The call's options hold for each page.
    pub fn items(self) -> Items<O> {
        Items::new(self.pages())
    }
}
