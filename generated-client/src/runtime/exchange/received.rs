//! Putting a response together.

use bytes::Bytes;
use http::Response;
use http::response::Parts;

use crate::runtime::TransportError;
use crate::runtime::error::IncompleteBody;

/// Returns a response. If an error ended its body, the body is the part that was received before.
pub(crate) fn receive_body(mut parts: Parts, (body, error): (Bytes, Option<TransportError>)) -> Response<Bytes> {
    if let Some(error) = error {
        parts.extensions.insert(IncompleteBody(error.kind()));
    }
    Response::from_parts(parts, body)
}
