//! Connecting to servers, directly or through proxies.

use std::sync::Arc;

use http::Uri;
use http::uri::Scheme;
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::pki_types::ServerName;
use tokio_rustls::TlsConnector;
use tower_service::Service;

use super::connect_error::{connect_failed, handshake_failed, rejected_by_proxy};
use super::proxies::{Protocol, Proxies, Proxy};
use super::stream::{HttpStream, Stream};
use super::target::{authority, proxy_name, route};
use super::tunnel::{http_tunnel, socks4_tunnel, socks5_tunnel};
use crate::runtime::{TransportError, TransportErrorKind};

/// Opens the connections of a pool.
#[derive(Clone)]
pub(crate) struct Connector {
    tcp: HttpConnector,
    tls: TlsConnector,
    proxies: Arc<Proxies>,
}

impl Connector {
    pub(crate) fn new(tls: TlsConnector, proxies: Arc<Proxies>) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        Self { tcp, tls, proxies }
    }

    pub(crate) async fn connect(&self, server: &Uri) -> Result<HttpStream, TransportError> {
        let proxy = self.proxies.proxy_for(server);
        let stream = self.connect_through(proxy.as_ref(), server).await;
        stream.map_err(|error| error.with_target(route(server, proxy.as_ref())))
    }

    async fn connect_through(&self, proxy: Option<&Proxy>, server: &Uri) -> Result<HttpStream, TransportError> {
        let is_https = server.scheme() == Some(&Scheme::HTTPS);
        let stream = match proxy {
            None => self.connect_tcp(server.clone()).await?,
            Some(proxy) if proxy.forwards(server) => {
                return Ok(HttpStream::new(self.connect_proxy(proxy).await?));
            }
            Some(proxy) => self.connect_tunnel(proxy, server).await?,
        };
        Ok(HttpStream::new(if is_https {
            self.start_tls(stream, server).await?
        } else {
            stream
        }))
    }

    /// Connects to a server through a proxy that does not see the requests.
    async fn connect_tunnel(&self, proxy: &Proxy, server: &Uri) -> Result<Box<dyn Stream>, TransportError> {
        let stream = self.connect_proxy(proxy).await?;
        let server = match proxy.protocol {
            Protocol::Http | Protocol::Https | Protocol::Socks4a | Protocol::Socks5h => authority(server),
            Protocol::Socks4 | Protocol::Socks5 => resolve(server, proxy.protocol).await?,
        };
        match proxy.protocol {
            Protocol::Http | Protocol::Https => http_tunnel(stream, &server, proxy.authorization()).await,
            Protocol::Socks4 | Protocol::Socks4a => socks4_tunnel(stream, &server).await,
            Protocol::Socks5 | Protocol::Socks5h => socks5_tunnel(stream, &server, proxy.credentials()).await,
        }
    }

    async fn connect_proxy(&self, proxy: &Proxy) -> Result<Box<dyn Stream>, TransportError> {
        let stream = self.connect_tcp(proxy.uri().clone()).await;
        let stream = match (stream, proxy.protocol) {
            (Ok(stream), Protocol::Https) => self.start_tls(stream, proxy.uri()).await,
            (
                stream,
                Protocol::Http
                | Protocol::Https
                | Protocol::Socks4
                | Protocol::Socks4a
                | Protocol::Socks5
                | Protocol::Socks5h,
            ) => stream,
        };
        stream.map_err(|error| error.with_target(proxy_name(proxy)))
    }

    async fn connect_tcp(&self, uri: Uri) -> Result<Box<dyn Stream>, TransportError> {
        let mut tcp = self.tcp.clone();
        let stream = tcp.call(uri).await.map_err(connect_failed)?;
        Ok(Box::new(stream.into_inner()))
    }

    async fn start_tls(&self, stream: Box<dyn Stream>, server: &Uri) -> Result<Box<dyn Stream>, TransportError> {
        let host = server.host().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let name = ServerName::try_from(host)
            .map_err(|error| TransportError::new(TransportErrorKind::Tls).with_source(error))?;
        let stream = self.tls.connect(name, stream).await;
        Ok(Box::new(stream.map_err(handshake_failed)?))
    }
}

/// Resolves the host of a URI, and returns the first address that a proxy supports, with its port.
async fn resolve(server: &Uri, protocol: Protocol) -> Result<String, TransportError> {
    let addresses = tokio::net::lookup_host(authority(server)).await;
    let mut addresses = addresses.map_err(connect_failed)?;
    let address = addresses.find(|address| address.is_ipv4() || protocol != Protocol::Socks4);
    let address = address.ok_or_else(|| rejected_by_proxy("the host has no address that the proxy supports"))?;
    Ok(address.to_string())
}
