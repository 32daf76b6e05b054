//! Failures before a request is sent.

use std::error::Error;
use std::io;

use rustls::{CertificateError, InvalidMessage};

use crate::runtime::{TransportError, TransportErrorKind};

/// Returns the error for a server or proxy that cannot be resolved or reached, or a connection that was lost during a handshake. A
/// retry may succeed.
pub(crate) fn connect_failed(source: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
    TransportError::new(TransportErrorKind::Connect).with_source(source)
}

/// Returns the error for a proxy that did not connect to the server.
pub(crate) fn rejected_by_proxy(source: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
    TransportError::new(TransportErrorKind::Proxy).with_source(source)
}

/// Returns the error for a TLS handshake that failed.
pub(crate) fn handshake_failed(source: io::Error) -> TransportError {
    match tls_error(&source) {
        // The first bytes are not a TLS message.
        Some(rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType)) => {
            TransportError::new(TransportErrorKind::Tls).with_source("the server does not use TLS on this port")
        }
        // rustls has no variant for this.
        Some(rustls::Error::InvalidCertificate(CertificateError::Other(other)))
            if other.to_string() == "CaUsedAsEndEntity" =>
        {
            TransportError::new(TransportErrorKind::Tls).with_source(
                "the certificate of the server is that of an authority, such as a self-signed one: it needs one that an authority issued",
            )
        }
        Some(_) => TransportError::new(TransportErrorKind::Tls).with_source(source),
        None => connect_failed(source),
    }
}

/// Returns the error of the TLS protocol, such as an untrusted certificate. A lost connection is no such error.
pub(crate) fn tls_error(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref()?.downcast_ref()
}
