//! TLS settings and handshakes.

use std::sync::Arc;

use http::Uri;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;

use super::connect_error::handshake_failed;
use super::stream::Stream;
use super::target::bare_host;
use crate::runtime::{BoxFuture, TransportError, TransportErrorKind};

/// The certificate chain of a client and its private key.
pub(crate) type Identity = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

/// Parses the certificates of a PEM file.
pub(crate) fn parse_certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(text(pem)?).collect();
    match certificates {
        Ok(certificates) if certificates.is_empty() => Err("found no certificate, expected PEM".to_owned()),
        Ok(certificates) => Ok(certificates),
        Err(error) => Err(describe(&error)),
    }
}

/// Parses the private key in a PEM file.
pub(crate) fn parse_private_key(pem: &[u8]) -> Result<PrivateKeyDer<'static>, String> {
    let pem = text(pem)?;
    if contains(pem, "BEGIN ENCRYPTED PRIVATE KEY") || contains(pem, "Proc-Type: 4,ENCRYPTED") {
        return Err("the private key is encrypted: decrypt it, for example with `openssl pkey`".to_owned());
    }
    PrivateKeyDer::from_pem_slice(pem).map_err(|error| match error {
        pem::Error::NoItemsFound => "found no private key, expected PEM".to_owned(),
        error => describe(&error),
    })
}

/// Returns a PEM file without a byte order mark.
fn text(file: &[u8]) -> Result<&[u8], String> {
    // Certificates and keys in DER begin with the tag of a sequence.
    if file.starts_with(&[0x30]) && !contains(file, "-----BEGIN ") {
        return Err("expected PEM, found DER".to_owned());
    }
    Ok(file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file))
}

fn contains(file: &[u8], text: &str) -> bool {
    file.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Describes an error without repeating any part of the file.
fn describe(error: &pem::Error) -> String {
    match error {
        pem::Error::MissingSectionEnd { .. } => "invalid PEM: the last section has no end".to_owned(),
        pem::Error::IllegalSectionStart { .. } => "invalid PEM: a section has an invalid first line".to_owned(),
        pem::Error::Base64Decode(_) => "invalid PEM: a section is not valid Base64".to_owned(),
        _ => "invalid PEM".to_owned(),
    }
}

/// Returns settings that trust Mozilla's certificate authorities and the given ones.
///
/// They name their crypto provider, so that the program does not have to install one.
pub(crate) fn connector(roots: &[CertificateDer<'static>], identity: Option<Identity>) -> Result<TlsConnector, String> {
    let mut store = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    for root in roots {
        let added = store.add(root.clone());
        added.map_err(|_| "invalid root certificates: the PEM contains an invalid X.509 certificate")?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(store);
    let mut config = match identity {
        Some((chain, key)) => builder
            .with_client_auth_cert(chain, key)
            .map_err(|error| format!("invalid client identity: {error}"))?,
        None => builder.with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsConnector::from(Arc::new(config)))
}

/// Starts TLS with a server or proxy over a connection. The future is boxed, so that only this module contains the code that drops
/// an unfinished handshake.
pub(crate) fn start_tls<'a>(
    tls: &'a TlsConnector,
    stream: Box<dyn Stream>,
    server: &'a Uri,
) -> BoxFuture<'a, Result<Box<dyn Stream>, TransportError>> {
    Box::pin(async move {
        let name = ServerName::try_from(bare_host(server).to_owned())
            .map_err(|error| TransportError::new(TransportErrorKind::Tls).with_source(error))?;
        let stream = tls.connect(name, stream).await.map_err(handshake_failed)?;
        Ok(Box::new(stream) as Box<dyn Stream>)
    })
}
