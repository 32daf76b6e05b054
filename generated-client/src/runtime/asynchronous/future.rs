//! Futures.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::runtime::Error;
use crate::runtime::response::ReceivedResponse;

/// A boxed future that can be sent between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The response of a call, received when this is polled. Does not depend on the type of the operation, so that it is compiled
/// once.
pub(crate) struct PendingResponse {
    future: BoxFuture<'static, Result<Box<ReceivedResponse>, Error>>,
    /// The received response. Kept after it is decoded, but without its content, so that `ResponseFuture::poll` does not contain code
    /// that drops it for each type.
    received: Option<Box<ReceivedResponse>>,
}

impl PendingResponse {
    pub(crate) fn new(future: BoxFuture<'static, Result<Box<ReceivedResponse>, Error>>) -> Self {
        Self { future, received: None }
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<&mut ReceivedResponse, Error>> {
        let received = ready!(self.future.as_mut().poll(context))?;
        Poll::Ready(Ok(self.received.insert(received)))
    }
}
