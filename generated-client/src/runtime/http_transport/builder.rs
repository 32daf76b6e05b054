//! Settings of the transport.

use std::fmt;

use rustls::pki_types::CertificateDer;

use super::HttpTransport;
use super::proxies::Proxies;
use super::proxy_exceptions::ProxyExceptions;
use super::tls::{Identity, connector, parse_certificates, parse_private_key};
use crate::runtime::Error;

/// A builder for an [`HttpTransport`] with custom TLS and proxy settings.
///
/// Setters never fail. If settings are invalid, [`build`](Self::build) returns one error that lists all of them.
#[derive(Default)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct HttpTransportBuilder {
    roots: Vec<CertificateDer<'static>>,
    identity: Option<Identity>,
    proxy: ProxySetting,
    exceptions: String,
    problems: Vec<String>,
}

/// The source of the proxies.
#[derive(Default)]
enum ProxySetting {
    #[default]
    Environment,
    Direct,
    Url(String),
}

impl HttpTransport {
    /// Returns a builder for a transport with custom TLS and proxy settings.
    pub fn builder() -> HttpTransportBuilder {
        HttpTransportBuilder::default()
    }
}

impl HttpTransportBuilder {
    /// Trusts the certificate authorities in a PEM file, in addition to Mozilla's. Can be called several times.
    ///
    /// `build` returns an error unless the file contains at least one certificate. DER is not supported.
    pub fn add_root_certificates(mut self, pem: impl AsRef<[u8]>) -> Self {
        match parse_certificates(pem.as_ref()) {
            Ok(certificates) => self.roots.extend(certificates),
            Err(problem) => self.problems.push(format!("invalid root certificates: {problem}")),
        }
        self
    }

    /// Sets the certificate with which the client authenticates (mutual TLS).
    ///
    /// `certificates` is a PEM file with the certificate of the client, followed by intermediate certificates if there
    /// are any. `private_key` is a PEM file with the private key in PKCS #8, PKCS #1 or SEC1 format, not encrypted. If one file
    /// contains both, pass it twice.
    ///
    /// `build` returns an error if either is invalid, or if the key does not match the certificate.
    pub fn client_identity(mut self, certificates: impl AsRef<[u8]>, private_key: impl AsRef<[u8]>) -> Self {
        let chain = parse_certificates(certificates.as_ref());
        let key = parse_private_key(private_key.as_ref());
        let problems = [chain.as_ref().err(), key.as_ref().err()];
        let problems = problems.into_iter().flatten();
        self.problems
            .extend(problems.map(|problem| format!("invalid client identity: {problem}")));
        self.identity = chain.ok().zip(key.ok());
        self
    }

    /// Sends all requests through this proxy, and ignores the environment variables for proxies, including `NO_PROXY`.
    ///
    /// The scheme of the URL is `http`, `https`, `socks4`, `socks4a`, `socks5` or `socks5h`. The URL may contain a user
    /// and a password, which are sent to the proxy only. `build` returns an error if the URL is invalid.
    ///
    /// The last call of this method or [`no_proxy`](Self::no_proxy) wins.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = ProxySetting::Url(url.into());
        self
    }

    /// Sets the hosts to which the client connects directly. If the proxy is read from environment variables, these hosts are
    /// added to those of `NO_PROXY`.
    ///
    /// The list has the same [format](HttpTransport#proxies) as `NO_PROXY`, such as `localhost, .internal, 10.0.0.0/8`. `build`
    /// returns an error if an entry is invalid.
    pub fn proxy_exceptions(mut self, hosts: impl Into<String>) -> Self {
        self.exceptions = hosts.into();
        self
    }

    /// Connects to all servers directly, and ignores the environment variables for proxies.
    ///
    /// The last call of this method or [`proxy`](Self::proxy) wins.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxySetting::Direct;
        self
    }

    /// Builds the transport.
    ///
    /// # Errors
    ///
    /// Returns an error if any setting or any environment variable for a proxy is invalid, even if no base URL needs it. The error
    /// lists all of them. Variables are not read after [`proxy`](Self::proxy) or [`no_proxy`](Self::no_proxy).
    pub fn build(self) -> Result<HttpTransport, Error> {
        let mut problems = self.problems;
        let (exceptions, invalid) = ProxyExceptions::parse(&self.exceptions);
        problems.extend(invalid.into_iter().map(invalid_exception));
        let proxies = match self.proxy {
            ProxySetting::Environment => Proxies::from_env(exceptions),
            ProxySetting::Direct => Ok(Proxies::none()),
            ProxySetting::Url(url) => Proxies::all(&url, exceptions),
        };
        let tls = connector(&self.roots, self.identity);
        match (tls, proxies) {
            (Ok(tls), Ok(proxies)) if problems.is_empty() => return Ok(HttpTransport::with(tls, proxies)),
            (tls, proxies) => {
                problems.extend(tls.err());
                problems.extend(proxies.err());
            }
        }
        Err(Error::invalid_settings(&problems))
    }
}

fn invalid_exception(entry: &str) -> String {
    format!(
        "invalid proxy exception `{entry}`: expected a host or network, such as `.internal`, `localhost:8080` or `10.0.0.0/8`"
    )
}

/// Prints no settings, because they include secrets.
impl fmt::Debug for HttpTransportBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("HttpTransportBuilder").finish_non_exhaustive()
    }
}
