//! Connecting to servers, directly or through proxies.

use std::net::IpAddr;
use std::sync::Arc;

use http::Uri;
use http::uri::Scheme;
use hyper_util::client::legacy::connect::HttpConnector;
use tokio_rustls::TlsConnector;
use tower_service::Service;

use super::connect_error::{connect_failed, rejected_by_proxy};
use super::proxies::{Protocol, Proxies, Proxy};
use super::socks::{Handshake, socks_tunnel};
use super::stream::{HttpStream, Stream};
use super::target::{authority, bare_host, port, proxy_name, route};
use super::tls::start_tls;
use super::tunnel::http_tunnel;
use crate::runtime::TransportError;

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
            start_tls(&self.tls, stream, server).await?
        } else {
            stream
        }))
    }

    /// Connects to a server through a proxy that does not see the requests.
    async fn connect_tunnel(&self, proxy: &Proxy, server: &Uri) -> Result<Box<dyn Stream>, TransportError> {
        let mut stream = self.connect_proxy(proxy).await?;
        let (name, port) = (bare_host(server), port(server));
        let handshake = match proxy.protocol {
            Protocol::Http | Protocol::Https => {
                return http_tunnel(stream, &authority(server), proxy.authorization()).await;
            }
            Protocol::Socks4 => Handshake::socks4(resolve(name, port, IpAddr::is_ipv4).await?, port),
            Protocol::Socks4a => Handshake::socks4(name.to_owned(), port),
            Protocol::Socks5 => {
                let address = resolve(name, port, |_| true).await?;
                Handshake::socks5(address, port, proxy.credentials())
            }
            Protocol::Socks5h => Handshake::socks5(name.to_owned(), port, proxy.credentials()),
        };
        socks_tunnel(&mut *stream, handshake).await?;
        Ok(stream)
    }

    async fn connect_proxy(&self, proxy: &Proxy) -> Result<Box<dyn Stream>, TransportError> {
        let stream = self.connect_tcp(proxy.uri().clone()).await;
        let stream = match (stream, proxy.protocol) {
            (Ok(stream), Protocol::Https) => start_tls(&self.tls, stream, proxy.uri()).await,
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
}

/// Resolves a host, and returns its first address that a proxy supports.
async fn resolve(host: &str, port: u16, is_supported: fn(&IpAddr) -> bool) -> Result<String, TransportError> {
    let addresses = tokio::net::lookup_host((host, port)).await;
    let mut addresses = addresses.map_err(connect_failed)?;
    let address = addresses.find(|address| is_supported(&address.ip()));
    let address = address.ok_or_else(|| rejected_by_proxy("the host has no address that the proxy supports"))?;
    Ok(address.ip().to_string())
}
