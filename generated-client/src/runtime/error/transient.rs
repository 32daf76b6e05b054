//! Transient failures, which a retry may resolve.

use http::StatusCode;

use super::TransportErrorKind;

/// Returns `true` if a rejection with this status is transient and a retry is safe.
pub(crate) fn is_transient_status(status: StatusCode, idempotent: bool) -> bool {
    match status {
        StatusCode::TOO_MANY_REQUESTS => true,
        StatusCode::REQUEST_TIMEOUT
        | StatusCode::INTERNAL_SERVER_ERROR
        | StatusCode::BAD_GATEWAY
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::GATEWAY_TIMEOUT => idempotent,
        _ => false,
    }
}

/// Returns `true` if a transport error of this kind is transient and a retry is safe.
pub(crate) fn is_transient_failure(kind: TransportErrorKind, idempotent: bool) -> bool {
    match kind {
        TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => true,
        TransportErrorKind::Timeout | TransportErrorKind::Interrupted => idempotent,
        TransportErrorKind::Tls
        | TransportErrorKind::Proxy
        | TransportErrorKind::InvalidResponse
        | TransportErrorKind::TooLarge
        | TransportErrorKind::Other => false,
    }
}
