//! The hosts of a connection, for handshakes and messages.

use http::Uri;
use http::uri::Scheme;

use super::proxies::Proxy;

/// Returns the host and port of a URI.
pub(crate) fn authority(uri: &Uri) -> String {
    format!("{}:{}", uri.host().unwrap_or_default(), port(uri))
}

/// Returns the host of a URI: a name or an address, without the brackets of an IPv6 address.
pub(crate) fn bare_host(uri: &Uri) -> &str {
    let host = uri.host().unwrap_or_default();
    host.trim_start_matches('[').trim_end_matches(']')
}

/// Returns the port of a URI, or the default one of its scheme.
pub(crate) fn port(uri: &Uri) -> u16 {
    uri.port_u16().unwrap_or(default_port(uri))
}

fn default_port(uri: &Uri) -> u16 {
    if uri.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 }
}

/// Returns the `Host` header for a URI: the host, and the port unless it is the default one.
pub(crate) fn host(uri: &Uri) -> String {
    let host = uri.host().unwrap_or_default();
    match uri.port_u16() {
        Some(port) if port != default_port(uri) => format!("{host}:{port}"),
        Some(_) | None => host.to_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_has_a_port_unless_it_is_the_default_one() {
        for (uri, expected) in [
            ("http://example.com/a", "example.com"),
            ("http://example.com:80", "example.com"),
            ("https://example.com:443", "example.com"),
            ("https://example.com:80", "example.com:80"),
            ("http://[::1]:443/", "[::1]:443"),
        ] {
            assert_eq!(host(&Uri::from_static(uri)), expected, "{uri}");
        }
    }
}
