//! Classification of failures by the phase in which they occurred.

use std::error::Error;
use std::{io, iter};

use hyper_util::client::legacy;

use super::connect_error::{ConnectError, tls_error};
use crate::runtime::{TransportError, TransportErrorKind};

/// Classifies an error that occurred before the response headers were received. `tls` is the TLS error that ended the
/// connection, if any.
pub(crate) fn request_failed(error: legacy::Error, tls: Option<rustls::Error>) -> TransportError {
    if let Some(error) = causes(&error).find_map(|cause| cause.downcast_ref::<ConnectError>()) {
        return error.to_transport_error();
    }
    if let Some(tls) = tls {
        return TransportError::new(TransportErrorKind::Tls).with_source(tls);
    }
    let Some(hyper) = causes(&error).find_map(|cause| cause.downcast_ref::<hyper::Error>()) else {
        return TransportError::new(TransportErrorKind::Other).with_source(error);
    };
    TransportError::new(exchange_kind(hyper)).with_source(error)
}

/// Classifies an error that occurred while receiving the response body.
pub(crate) fn body_failed(error: hyper::Error) -> TransportError {
    TransportError::new(exchange_kind(&error)).with_source(error)
}

/// Returns the kind of an error on an established connection.
fn exchange_kind(error: &hyper::Error) -> TransportErrorKind {
    let io = causes(error).find_map(|cause| cause.downcast_ref::<io::Error>());
    if io.is_some_and(|io| tls_error(io).is_some()) {
        TransportErrorKind::Tls
    } else if error.is_canceled() {
        // The connection ended before the request was sent.
        TransportErrorKind::Connect
    } else if error.is_parse() || io.is_some_and(is_invalid) {
        TransportErrorKind::InvalidResponse
    } else if error.is_user() {
        // The request body cannot be read.
        TransportErrorKind::Other
    } else {
        TransportErrorKind::Interrupted
    }
}

/// Returns `true` for hyper's errors about the framing of a body.
fn is_invalid(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput)
}

/// Returns an error and its sources.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    iter::successors(Some(error), |&error| error.source())
}
