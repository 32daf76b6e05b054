//! The forms of texts that are sent with requests.

use std::net::Ipv6Addr;

/// The headers that the client sets itself or rejects: they describe the message, the connection or the proxy.
const MANAGED: [&str; 13] = [
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Returns `true` for an absolute URL without a query or fragment.
pub fn is_base_url(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or(url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        is_authority(authority) && path.chars().all(is_url_char)
    })
}

pub fn is_url_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%/".contains(c)
}

/// Returns `true` for a host with an optional port, without a user or password.
pub fn is_authority(authority: &str) -> bool {
    let after_host = if authority.starts_with('[') {
        authority.find(']').map_or(0, |end| end + 1)
    } else {
        authority.find(':').unwrap_or(authority.len())
    };
    let (host, port) = authority.split_at(after_host);
    let is_address = host.starts_with('[') && host.trim_matches(['[', ']']).parse::<Ipv6Addr>().is_ok();
    let is_name = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
    let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    (is_address || is_name) && is_port
}

pub fn is_header_name(name: &str) -> bool {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !name.is_empty() && name.chars().all(is_token)
}

/// Returns `true` for a header that the client sets itself or rejects.
pub fn is_managed_header(name: &str) -> bool {
    MANAGED.contains(&name.to_ascii_lowercase().as_str())
}
