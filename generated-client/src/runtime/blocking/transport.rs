//! What carries requests of a blocking client.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};

use crate::runtime::{Attempt, TransportError};

/// Carries requests for a blocking client.
///
/// A transport sends one request once: it follows no redirect, retries nothing, and hands back an answer of
/// any status. What holds of every call (the key, redirects, reading errors) is above it.
pub trait Transport: Send + Sync {
    /// Sends a request and receives the whole answer within the bounds of the attempt.
    ///
    /// # Errors
    ///
    /// When no whole answer came within them.
    fn send(&self, request: Request<Bytes>, attempt: &Attempt) -> Result<Response<Bytes>, TransportError>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Bytes>, attempt: &Attempt) -> Result<Response<Bytes>, TransportError> {
        T::send(self, request, attempt)
    }
}
