//! Hosts to which the client connects directly.

use std::net::IpAddr;

use http::Uri;
use http::uri::Scheme;
use ipnet::IpNet;

/// The hosts to which no proxy is used.
#[derive(Default)]
pub(crate) struct ProxyExceptions(Vec<Exception>);

/// Servers, with any port unless one is given.
struct Exception {
    hosts: Hosts,
    port: Option<u16>,
}

enum Hosts {
    All,
    /// A name without a leading dot, and its subdomains.
    Domain(String),
    Address(IpAddr),
    Network(IpNet),
}

impl ProxyExceptions {
    /// Parses a list whose entries are separated by commas or spaces. Also returns the invalid entries.
    pub(crate) fn parse(list: &str) -> (Self, Vec<&str>) {
        let entries = list.split(|c: char| c == ',' || c.is_whitespace());
        let mut invalid = Vec::new();
        let mut exceptions = Vec::new();
        for entry in entries.filter(|entry| !entry.is_empty()) {
            match Exception::parse(entry) {
                Some(exception) => exceptions.push(exception),
                None => invalid.push(entry),
            }
        }
        (Self(exceptions), invalid)
    }

    /// Adds the exceptions of another list.
    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Returns `true` if no proxy is used for the server of a URI.
    pub(crate) fn contain(&self, server: &Uri) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let default_port = if server.scheme() == Some(&Scheme::HTTPS) {
            443
        } else {
            80
        };
        let port = server.port_u16().unwrap_or(default_port);
        let host = without_brackets(server.host().unwrap_or_default());
        // A name is absolute with or without the trailing dot.
        let host = host.strip_suffix('.').unwrap_or(host);
        let address = host.parse::<IpAddr>().ok();
        self.0
            .iter()
            .any(|exception| exception.port.is_none_or(|own| own == port) && exception.hosts.contain(host, address))
    }
}

impl Exception {
    fn parse(entry: &str) -> Option<Self> {
        if let Some(hosts) = Hosts::parse(entry) {
            return Some(Self { hosts, port: None });
        }
        let (host, port) = entry.rsplit_once(':')?;
        let is_number = port.bytes().all(|byte| byte.is_ascii_digit());
        let port = port.parse().ok().filter(|_| is_number)?;
        match Hosts::parse(host)? {
            // In `::1:80`, the port could be a part of the address.
            Hosts::Network(..) => None,
            Hosts::Address(IpAddr::V6(_)) if !host.starts_with('[') => None,
            hosts => Some(Self {
                hosts,
                port: Some(port),
            }),
        }
    }
}

impl Hosts {
    fn parse(text: &str) -> Option<Self> {
        if text == "*" {
            return Some(Self::All);
        }
        if let Some((address, length)) = text.split_once('/') {
            let network = IpNet::new(address.parse().ok()?, length.parse().ok()?);
            return network.ok().map(Self::Network);
        }
        if let Ok(address) = without_brackets(text).parse() {
            return Some(Self::Address(address));
        }
        let name = text.strip_suffix('.').unwrap_or(text);
        let name = name
            .strip_prefix('*')
            .filter(|rest| rest.starts_with('.'))
            .unwrap_or(name);
        let name = name.strip_prefix('.').unwrap_or(name);
        is_domain(name).then(|| Self::Domain(name.to_ascii_lowercase()))
    }

    fn contain(&self, host: &str, address: Option<IpAddr>) -> bool {
        match self {
            Self::All => true,
            Self::Domain(domain) => {
                let start = host.len().checked_sub(domain.len());
                start.is_some_and(|start| {
                    let (subdomain, end) = host.as_bytes().split_at(start);
                    end.eq_ignore_ascii_case(domain.as_bytes()) && (subdomain.is_empty() || subdomain.ends_with(b"."))
                })
            }
            Self::Address(own) => address == Some(*own),
            Self::Network(network) => address.is_some_and(|address| network.contains(&address)),
        }
    }
}

/// Returns `true` for a host name. A name whose last label is a number would be an IPv4 address.
fn is_domain(name: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    let is_number = |label: &str| label.bytes().all(|byte| byte.is_ascii_digit());
    name.split('.').all(is_label) && !name.rsplit('.').next().is_some_and(is_number)
}

/// Removes the brackets of an IPv6 address.
fn without_brackets(host: &str) -> &str {
    let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    inner.filter(|inner| inner.as_bytes().contains(&b':')).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(entry: &str, server: &str) -> bool {
        let (exceptions, invalid) = ProxyExceptions::parse(entry);
        assert!(invalid.is_empty(), "{invalid:?}");
        exceptions.contain(&server.parse().expect("a URI"))
    }

    #[test]
    #[rustfmt::skip] // a table
    fn matches_hosts_and_ports() {
        for (entry, inside, outside) in [
            ("a.test", &["http://a.test/", "https://A.test:1/", "http://x.a.test./"][..], &["http://xa.test/", "http://test/"][..]),
            (".a.test.", &["http://a.test/", "http://x.a.test/"], &["http://xa.test/"]),
            ("*.a.test", &["http://a.test/", "http://x.a.test/"], &["http://xa.test/"]),
            ("a.test:81", &["http://a.test:81/", "https://x.a.test:81/"], &["http://a.test/", "https://a.test/"]),
            ("a.test:443", &["https://a.test/"], &["http://a.test/"]),
            ("127.0.0.1", &["http://127.0.0.1/", "http://127.0.0.1:9/"], &["http://127.0.0.2/", "http://x.127.0.0.1.test/"]),
            ("127.0.0.1:9", &["http://127.0.0.1:9/"], &["http://127.0.0.1/", "http://127.0.0.1:90/"]),
            ("::1", &["http://[::1]/", "http://[0:0::1]:9/"], &["http://[::2]/"]),
            ("[::1]", &["http://[::1]/"], &["http://[::2]/"]),
            ("[::1]:9", &["http://[::1]:9/"], &["http://[::1]/"]),
            ("10.0.0.0/8", &["http://10.1.2.3/"], &["http://11.0.0.1/", "http://[::a00:1]/"]),
            ("10.1.2.3/31", &["http://10.1.2.2/"], &["http://10.1.2.4/"]),
            ("10.1.2.3/32", &["http://10.1.2.3/"], &["http://10.1.2.2/"]),
            ("0.0.0.0/0", &["http://255.1.2.3/"], &["http://a.test/", "http://[::1]/"]),
            ("fd00::/8", &["http://[fdff::1]/"], &["http://[fe00::1]/"]),
            ("::/0", &["http://[fdff::1]/"], &["http://1.2.3.4/"]),
            ("*", &["http://a.test/", "http://127.0.0.1/", "http://[::1]:9/"], &[]),
            ("x, *", &["http://a.test/", "http://127.0.0.1/"], &[]),
            ("*:80", &["http://127.0.0.1/"], &["https://127.0.0.1/"]),
            ("", &[], &["http://a.test/"]),
        ] {
            for server in inside {
                assert!(contains(entry, server), "{entry} {server}");
            }
            for server in outside {
                assert!(!contains(entry, server), "{entry} {server}");
            }
        }
    }

    #[test]
    fn returns_invalid_entries() {
        for entry in [
            "http://x/",
            "x/y",
            "10.0.0.0/99",
            "010.0.0.0/8",
            "10.0.0.0/",
            "::/129",
            "10.0.0/8",
            "a.test:",
            "a.test:x",
            "a.test:99999",
            "a.test:+1",
            "256.1.1.1",
            "10.0.0",
            "::1:99999",
            "[::1",
            "[a.test]",
            "ü.test",
            "a..test",
            ".",
            "*a.test",
            "a@b",
            "10.0.0.0/8:80",
        ] {
            let (exceptions, invalid) = ProxyExceptions::parse(entry);
            assert_eq!((exceptions.0.len(), invalid), (0, vec![entry]));
        }
    }
}
