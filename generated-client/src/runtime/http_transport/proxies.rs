//! Proxies, from environment variables or settings.

use std::env;

use http::uri::Scheme;
use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use percent_encoding::percent_decode_str;
use url::Url;

use super::proxy_exceptions::ProxyExceptions;

/// The maximum length of a user or a password for a SOCKS proxy, in bytes.
const MAX_SOCKS_CREDENTIAL: usize = 255;

/// The proxies of a transport, by scheme and host of the server.
pub(crate) struct Proxies {
    matcher: Matcher,
    exceptions: ProxyExceptions,
}

/// The proxy for a server.
pub(crate) struct Proxy {
    intercept: Intercept,
    pub(crate) protocol: Protocol,
}

/// The protocol of a proxy.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    Http,
    Https,
    /// The client resolves host names.
    Socks4,
    /// The proxy resolves host names.
    Socks4a,
    /// The client resolves host names.
    Socks5,
    /// The proxy resolves host names.
    Socks5h,
}

impl Protocol {
    fn of(scheme: &str) -> Option<Self> {
        Some(match scheme {
            "http" => Self::Http,
            "https" => Self::Https,
            "socks4" => Self::Socks4,
            "socks4a" => Self::Socks4a,
            "socks5" => Self::Socks5,
            "socks5h" => Self::Socks5h,
            _ => return None,
        })
    }

    fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
            Self::Socks4 | Self::Socks4a | Self::Socks5 | Self::Socks5h => 1080,
        }
    }

    pub(crate) fn is_http(self) -> bool {
        match self {
            Self::Http | Self::Https => true,
            Self::Socks4 | Self::Socks4a | Self::Socks5 | Self::Socks5h => false,
        }
    }
}

impl Proxy {
    pub(crate) fn uri(&self) -> &Uri {
        self.intercept.uri()
    }

    /// Returns `true` if the proxy receives the requests for a server, instead of opening a tunnel.
    pub(crate) fn forwards(&self, server: &Uri) -> bool {
        self.protocol.is_http() && server.scheme() != Some(&Scheme::HTTPS)
    }

    /// Returns the value of `Proxy-Authorization` for an HTTP proxy.
    pub(crate) fn authorization(&self) -> Option<&HeaderValue> {
        self.intercept.basic_auth()
    }

    /// Returns the user and password for a SOCKS proxy.
    pub(crate) fn credentials(&self) -> Option<(&str, &str)> {
        self.intercept.raw_auth()
    }
}

impl Proxies {
    /// Uses no proxy.
    pub(crate) fn none() -> Self {
        Self {
            matcher: Matcher::builder().build(),
            exceptions: ProxyExceptions::default(),
        }
    }

    /// Uses one proxy for all servers, except for the given hosts.
    pub(crate) fn all(proxy: &str, exceptions: ProxyExceptions) -> Result<Self, String> {
        let proxy = parse(proxy).map_err(|problem| format!("invalid proxy URL: {problem}"))?;
        Ok(Self {
            matcher: Matcher::builder().all(proxy).build(),
            exceptions,
        })
    }

    /// Reads the proxies from environment variables.
    pub(crate) fn from_env(exceptions: ProxyExceptions) -> Result<Self, String> {
        let mut proxies =
            Self::from_variables(|name| env::var_os(name).map(|value| value.into_string().map_err(drop)))?;
        proxies.exceptions.extend(exceptions);
        Ok(proxies)
    }

    /// Reads the proxies from variables. A value that is not Unicode is an error.
    ///
    /// The upper-case `HTTP_PROXY` is not read, because a CGI server sets it to a header of its request.
    fn from_variables(variable: impl Fn(&str) -> Option<Result<String, ()>>) -> Result<Self, String> {
        let value = |names: [&'static str; 2]| {
            let set = names.into_iter().find_map(|name| match variable(name)? {
                // An empty variable counts as unset.
                Ok(value) if value.trim().is_empty() => None,
                value => Some((name, value)),
            });
            match set {
                Some((name, Err(()))) => Err(format!("the environment variable {name} is not valid Unicode")),
                Some((name, Ok(value))) => Ok(Some((name, value))),
                None => Ok(None),
            }
        };
        let proxy = |names| match value(names)? {
            Some((name, url)) => parse(&url)
                .map_err(|problem| format!("invalid proxy URL in the environment variable {name}: {problem}")),
            None => Ok(String::new()),
        };
        let exceptions = value(["no_proxy", "NO_PROXY"])?;
        let matcher = Matcher::builder()
            .all(proxy(["all_proxy", "ALL_PROXY"])?)
            .http(proxy(["http_proxy", "http_proxy"])?)
            .https(proxy(["https_proxy", "HTTPS_PROXY"])?);
        // The variable may contain entries for other programs, which this one does not understand.
        let (exceptions, _) = ProxyExceptions::parse(exceptions.as_ref().map_or("", |(_, hosts)| hosts));
        Ok(Self {
            matcher: matcher.build(),
            exceptions,
        })
    }

    /// Returns the proxy for the server of a URI, or `None` for a direct connection.
    pub(crate) fn proxy_for(&self, server: &Uri) -> Option<Proxy> {
        if self.exceptions.contain(server) {
            return None;
        }
        let intercept = self.matcher.intercept(server)?;
        let protocol = Protocol::of(intercept.uri().scheme_str()?)?;
        Some(Proxy { intercept, protocol })
    }
}

/// Validates and normalizes the URL of a proxy. Problems do not repeat the URL, which may contain a password.
fn parse(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    // Not a search for `://`, which compiles to much more code.
    let has_scheme = text.split_once(':').is_some_and(|(_, rest)| rest.starts_with("//"));
    let with_scheme = if has_scheme {
        text.to_owned()
    } else {
        format!("http://{text}")
    };
    let mut url = Url::parse(&with_scheme).map_err(|_| "expected a URL such as http://proxy.example.com:3128")?;
    let protocol = Protocol::of(url.scheme());
    let protocol = protocol.ok_or("the scheme must be http, https, socks4, socks4a, socks5 or socks5h")?;
    if url.host_str().is_none_or(str::is_empty) {
        return Err("it must have a host");
    }
    if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
        return Err("it must not have a path, query or fragment");
    }
    let is_invalid = |text| {
        let decoded = percent_decode_str(text).decode_utf8();
        decoded.map_or(true, |decoded| decoded.len() > MAX_SOCKS_CREDENTIAL)
    };
    if !protocol.is_http() && (is_invalid(url.username()) || url.password().is_some_and(is_invalid)) {
        return Err("the user and the password of a SOCKS proxy must be UTF-8, and not longer than 255 bytes");
    }
    if url.port().is_none() && !protocol.is_http() {
        url.set_port(Some(protocol.default_port()))
            .map_err(|()| "it must have a port")?;
    }
    Ok(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Variables, and the proxies for `http` and `https`.
    type Case = (
        &'static [(&'static str, &'static str)],
        Option<&'static str>,
        Option<&'static str>,
    );

    fn from(variables: &[(&str, &str)]) -> Result<Proxies, String> {
        Proxies::from_variables(|name| {
            let found = variables.iter().find(|(variable, _)| *variable == name)?;
            Some(Ok(found.1.to_owned()))
        })
    }

    fn proxy_for(variables: &[(&str, &str)], server: &str) -> Option<String> {
        let proxies = from(variables).expect("valid variables");
        let proxy = proxies.proxy_for(&server.parse().expect("a URI"))?;
        Some(proxy.uri().to_string())
    }

    #[test]
    fn reads_variables_by_scheme() {
        const ALL: (&str, &str) = ("all_proxy", "socks5://all");
        const HTTPS: (&str, &str) = ("HTTPS_PROXY", "secure.test:3128");

        let cases: [Case; 9] = [
            (&[], None, None),
            (&[("http_proxy", "http://p:1")], Some("http://p:1/"), None),
            (&[("HTTP_PROXY", "http://p:1")], None, None),
            (&[HTTPS], None, Some("http://secure.test:3128/")),
            (&[ALL], Some("socks5://all:1080/"), Some("socks5://all:1080/")),
            (
                &[ALL, HTTPS],
                Some("socks5://all:1080/"),
                Some("http://secure.test:3128/"),
            ),
            (&[HTTPS, ("https_proxy", "https://lower")], None, Some("https://lower/")),
            (
                &[("https_proxy", " "), ALL],
                Some("socks5://all:1080/"),
                Some("socks5://all:1080/"),
            ),
            (
                &[("ALL_PROXY", "socks5h://[::1]:9/")],
                Some("socks5h://[::1]:9/"),
                Some("socks5h://[::1]:9/"),
            ),
        ];
        for (variables, http, https) in cases {
            assert_eq!(proxy_for(variables, "http://h/").as_deref(), http, "{variables:?}");
            assert_eq!(proxy_for(variables, "https://h/").as_deref(), https, "{variables:?}");
        }
    }

    #[test]
    fn empty_variables_count_as_unset() {
        for (lower, upper) in [("https_proxy", "HTTPS_PROXY"), ("all_proxy", "ALL_PROXY")] {
            for empty in ["", " "] {
                let variables = [(lower, empty), (upper, "http://p:1")];
                assert_eq!(
                    proxy_for(&variables, "https://h/").as_deref(),
                    Some("http://p:1/"),
                    "{lower}"
                );
            }
        }
        let variables = [("all_proxy", "http://p:1"), ("no_proxy", ""), ("NO_PROXY", "h")];
        assert_eq!(proxy_for(&variables, "https://h/"), None);
    }

    #[test]
    fn exceptions_are_separated_by_commas_or_spaces() {
        let hosts = "a, localhost\t.internal  10.0.0.0/8,[::1],example.test.,";
        let variables = [("all_proxy", "http://p"), ("NO_PROXY", hosts)];
        for direct in [
            "http://a/",
            "http://LOCALHOST:9/",
            "https://x.internal/",
            "http://10.1.2.3/",
            "http://[::1]:80/",
            "https://www.example.test/",
        ] {
            assert_eq!(proxy_for(&variables, direct), None, "{direct}");
        }
        for proxied in ["http://b/", "http://xa/", "http://11.0.0.1/", "http://localhost.test/"] {
            assert!(proxy_for(&variables, proxied).is_some(), "{proxied}");
        }
        for all in ["*", "*, x", "http://x/ *"] {
            for server in ["http://h/", "http://127.0.0.1/", "https://[::1]:9/"] {
                let variables = [("all_proxy", "http://p"), ("no_proxy", all)];
                assert_eq!(proxy_for(&variables, server), None, "{all} {server}");
            }
        }
    }

    #[test]
    fn rejects_unusable_proxies() {
        for (url, problem) in [
            ("ftp://secret@proxy", "the scheme must be"),
            ("http://", "expected a URL"),
            ("http://proxy:99999", "expected a URL"),
            ("socks5://", "it must have a host"),
            ("http://secret@proxy/path", "a path, query or fragment"),
            ("socks5://secret@proxy/path", "a path, query or fragment"),
            ("http://secret@proxy?query", "a path, query or fragment"),
            ("http://secret@proxy/#fragment", "a path, query or fragment"),
            (&format!("socks5://secret{}@proxy", "x".repeat(250)), "255 bytes"),
            (&format!("socks4://u:secret{}@proxy", "x".repeat(250)), "255 bytes"),
            ("socks5://u:secret%FF@proxy", "must be UTF-8"),
        ] {
            for name in ["http_proxy", "HTTPS_PROXY", "ALL_PROXY"] {
                let error = from(&[(name, url)]).err().expect("an error");
                assert!(error.contains(name) && error.contains(problem), "{error}");
                assert!(!error.contains("secret"), "{error}");
            }
            assert!(Proxies::all(url, ProxyExceptions::default()).is_err());
        }
        let not_unicode = Proxies::from_variables(|name| (name == "NO_PROXY").then_some(Err(())));
        assert!(not_unicode.is_err_and(|error| error.contains("NO_PROXY")));
    }

    #[test]
    fn credentials_may_contain_any_character() {
        let server = "https://h/".parse().expect("a URI");
        for url in ["http://user:p@ss@proxy", "http://user:p%40ss@proxy"] {
            let proxy = Proxies::all(url, ProxyExceptions::default())
                .expect("a URL")
                .proxy_for(&server)
                .expect("a proxy");
            let expected = "Basic dXNlcjpwQHNz"; // user:p@ss
            assert_eq!(proxy.authorization().expect("credentials"), expected, "{url}");
        }
        let socks = Proxies::all("socks5://user:p@ss@proxy", ProxyExceptions::default())
            .expect("a URL")
            .proxy_for(&server);
        assert_eq!(socks.expect("a proxy").credentials(), Some(("user", "p@ss")));
    }
}
