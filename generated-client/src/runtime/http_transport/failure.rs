//! Classification of failures by the phase in which they occurred.

use std::error::Error;
use std::{io, iter};

use super::connect_error::tls_error;
use crate::runtime::{TransportError, TransportErrorKind};

/// Classifies an error that occurred before the response headers were received. `tls` is the TLS error that ended the
/// connection, if any. `route` names the server.
pub(crate) fn request_failed(
    error: hyper::Error,
    tls: Option<TransportError>,
    route: &dyn Fn() -> String,
) -> TransportError {
    if let Some(tls) = tls {
        return tls.with_target(route());
    }
    let kind = exchange_kind(&error);
    let failure = TransportError::new(kind);
    if error.is_incomplete_message() {
        // The kind tells everything.
        return failure;
    }
    let failure = if kind.is_connect() {
        failure.with_target(route())
    } else {
        failure
    };
    match causes(&error).last().map(ToString::to_string).as_deref() {
        Some("message head is too large") => failure.with_source(HEAD_TOO_LARGE),
        Some(_) | None => failure.with_source(error),
    }
}

/// hyper does not tell these apart.
const HEAD_TOO_LARGE: &str = "the head is too large, or it declares a body that is too large";

/// Classifies an error that occurred while receiving the response body.
pub(crate) fn body_failed(error: hyper::Error) -> TransportError {
    TransportError::new(exchange_kind(&error)).with_source(error)
}

/// Returns the kind of an error on an established connection.
pub(crate) fn exchange_kind(error: &hyper::Error) -> TransportErrorKind {
    let io = causes(error).find_map(|cause| cause.downcast_ref::<io::Error>());
    if io.is_some_and(|io| tls_error(io).is_some()) {
        TransportErrorKind::Tls
    } else if error.is_canceled() {
        // The connection ended before the request was sent.
        TransportErrorKind::Connect
    } else if error.is_parse() || io.is_some_and(is_invalid) {
        TransportErrorKind::InvalidResponse
    } else if error.is_body_write_aborted() || causes(error).any(<dyn Error>::is::<TransportError>) {
        // The request body cannot be read.
        TransportErrorKind::Other
    } else {
        // Also if the runtime has dropped the task of the connection, which hyper calls an error of the user.
        TransportErrorKind::Interrupted
    }
}

/// Returns `true` for errors about the framing of a body, or about bytes that precede a response.
fn is_invalid(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput)
}

/// Returns an error and its sources.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    iter::successors(Some(error), |&error| error.source())
}
