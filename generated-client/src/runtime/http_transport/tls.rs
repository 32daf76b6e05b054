//! TLS settings.

use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;

/// The certificate chain of a client and its private key.
pub(crate) type Identity = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

/// Parses the certificates of a PEM file.
pub(crate) fn parse_certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match certificates {
        Ok(certificates) if certificates.is_empty() => Err("found no certificate, expected PEM".to_owned()),
        Ok(certificates) => Ok(certificates),
        Err(error) => Err(format!("invalid PEM: {error}")),
    }
}

/// Parses the private key in a PEM file.
pub(crate) fn parse_private_key(pem: &[u8]) -> Result<PrivateKeyDer<'static>, String> {
    // The error may print a part of the file.
    PrivateKeyDer::from_pem_slice(pem).map_err(|_| "found no valid private key, expected PEM".to_owned())
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
        added.map_err(|error| format!("invalid root certificate: {error}"))?;
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
