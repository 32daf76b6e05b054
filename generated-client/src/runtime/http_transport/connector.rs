//! Connecting to servers, directly or through proxies.

use std::net::SocketAddr;
use std::sync::Arc;

use http::Uri;
use http::uri::Scheme;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio_rustls::TlsConnector;
use tower_service::Service;

use super::connect_error::ConnectError;
use super::proxies::{Protocol, Proxies, Proxy};
use super::stream::{HttpStream, Stream};
use super::target::{authority, proxy_name, route};
use super::tunnel::{http_tunnel, socks4_tunnel, socks5_tunnel};

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

    pub(crate) async fn connect(&self, server: &Uri) -> Result<HttpStream, ConnectError> {
        let proxy = self.proxies.proxy_for(server);
        let stream = self.connect_through(proxy.as_ref(), server).await;
        stream.map_err(|error| error.with_target(|| route(server, proxy.as_ref())))
    }

    async fn connect_through(&self, proxy: Option<&Proxy>, server: &Uri) -> Result<HttpStream, ConnectError> {
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
    async fn connect_tunnel(&self, proxy: &Proxy, server: &Uri) -> Result<Box<dyn Stream>, ConnectError> {
        let stream = self.connect_proxy(proxy).await?;
        match proxy.protocol {
            Protocol::Http | Protocol::Https => http_tunnel(stream, server, proxy.authorization()).await,
            Protocol::Socks4 => socks4_tunnel(stream, &resolve(server, SocketAddr::is_ipv4).await?).await,
            Protocol::Socks4a => socks4_tunnel(stream, &authority(server)).await,
            Protocol::Socks5 => {
                let server = resolve(server, |_| true).await?;
                socks5_tunnel(stream, &server, proxy.credentials()).await
            }
            Protocol::Socks5h => socks5_tunnel(stream, &authority(server), proxy.credentials()).await,
        }
    }

    async fn connect_proxy(&self, proxy: &Proxy) -> Result<Box<dyn Stream>, ConnectError> {
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
        stream.map_err(|error| error.with_target(|| proxy_name(proxy)))
    }

    async fn connect_tcp(&self, uri: Uri) -> Result<Box<dyn Stream>, ConnectError> {
        let mut tcp = self.tcp.clone();
        let stream = tcp.call(uri).await.map_err(ConnectError::connect)?;
        Ok(Box::new(stream))
    }

    async fn start_tls(&self, stream: Box<dyn Stream>, server: &Uri) -> Result<Box<dyn Stream>, ConnectError> {
        let host = server.host().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let name = ServerName::try_from(host).map_err(ConnectError::invalid_name)?;
        let stream = self.tls.connect(name, TokioIo::new(stream)).await;
        Ok(Box::new(TokioIo::new(stream.map_err(ConnectError::tls)?)))
    }
}

/// Resolves the host of a URI, and returns the first address that is supported, with its port.
async fn resolve(server: &Uri, is_supported: fn(&SocketAddr) -> bool) -> Result<String, ConnectError> {
    let addresses = tokio::net::lookup_host(authority(server)).await;
    let address = addresses.map_err(ConnectError::connect)?.find(is_supported);
    let address = address.ok_or_else(|| ConnectError::proxy("the host has no address that the proxy supports"))?;
    Ok(address.to_string())
}
