//! Response bodies that are received over a connection of a pool.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;

use super::failure::body_failed;
use super::head_limit::Receiving;
use super::idle::Lease;
use crate::runtime::TransportError;

/// A response body, and the connection over which it is received.
pub(crate) struct ResponseBody {
    body: Incoming,
    /// The connection, until the body ends. A body may be dropped outside the runtime, where it cannot wait for the connection.
    lease: Option<Lease>,
    /// Tells the connection that a response is being received.
    _receiving: Option<Receiving>,
}

impl ResponseBody {
    pub(crate) fn new(body: Incoming, lease: Option<Lease>) -> Self {
        let receiving = lease.as_ref().map(|lease| lease.connection.limit().receive());
        let mut response = Self {
            body,
            lease,
            _receiving: receiving,
        };
        if response.body.is_end_stream() {
            response.give_back();
        }
        response
    }

    fn give_back(&mut self) {
        if let Some(lease) = self.lease.take() {
            lease.give_back();
        }
    }
}

impl Drop for ResponseBody {
    fn drop(&mut self) {
        self.give_back();
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if matches!(frame, Poll::Ready(None)) || self.body.is_end_stream() {
            self.give_back();
        }
        frame.map(|frame| frame.map(|frame| frame.map_err(body_failed)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
