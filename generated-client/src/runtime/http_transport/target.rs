//! The hosts of a connection, for messages.

use http::Uri;
use http::uri::Scheme;

use super::proxies::Proxy;

/// Returns the host and port of a URI.
pub(crate) fn authority(uri: &Uri) -> String {
    let default = if uri.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
    format!(
        "{}:{}",
        uri.host().unwrap_or_default(),
        uri.port_u16().unwrap_or(default)
    )
}

/// Returns the `Host` header for a URI: the host, and the port unless it is the default one.
pub(crate) fn host(uri: &Uri) -> String {
    let host = uri.host().unwrap_or_default();
    match (uri.port_u16(), uri.scheme_str()) {
        (None, _) | (Some(443), Some("https")) | (Some(80), Some("http")) => host.to_owned(),
        (Some(port), _) => format!("{host}:{port}"),
    }
}

/// Returns the name of a proxy.
pub(crate) fn proxy_name(proxy: &Proxy) -> String {
    format!("the proxy {}", authority(proxy.uri()))
}

/// Returns the name of a server, and of the proxy through which it is reached.
pub(crate) fn route(server: &Uri, proxy: Option<&Proxy>) -> String {
    let server = authority(server);
    match proxy {
        Some(proxy) => format!("{server} through {}", proxy_name(proxy)),
        None => server,
    }
}
