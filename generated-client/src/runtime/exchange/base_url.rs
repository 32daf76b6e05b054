//! The base URL, and redirects within its origin.

use http::Uri;
use http::uri::{Authority, Parts, PathAndQuery, Scheme};
use url::{Position, Url};

/// The base URL of an API: an origin, and a path that precedes the path of every operation.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    /// Without a trailing slash.
    prefix: String,
}

impl BaseUrl {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let invalid = |why: &str| Err(format!("invalid base URL: {why}"));
        if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return invalid("it must not contain spaces or control characters");
        }
        if text.contains(['?', '#']) {
            return invalid("it must not have a query or a fragment");
        }
        // Not a search for `://`, which compiles to much more code.
        let host = text
            .split_once(':')
            .and_then(|(_, rest)| rest.strip_prefix("//"))
            .unwrap_or_default();
        if host.split('/').next().is_some_and(|host| !host.is_ascii()) {
            return invalid("the host is not ASCII: write the host in Punycode");
        }
        let Ok(uri) = text.parse::<Uri>() else {
            return invalid("expected a URL such as https://api.example.com");
        };
        let parts = uri.into_parts();
        let Some((scheme, authority)) = parts.scheme.zip(parts.authority) else {
            return invalid("it must have a scheme and a host, such as https://api.example.com");
        };
        if scheme != Scheme::HTTP && scheme != Scheme::HTTPS {
            return invalid("the scheme must be http or https");
        }
        if authority.as_str().as_bytes().contains(&b'@') {
            return invalid("it must not have a user or password");
        }
        if authority.host().is_empty() {
            return invalid("it must have a host");
        }
        if authority.port_u16().is_none() && authority.as_str() != authority.host() {
            return invalid("the port must be a number up to 65535");
        }
        let path = parts.path_and_query.as_ref().map_or("", PathAndQuery::path);
        Ok(Self {
            scheme,
            authority,
            prefix: path.trim_end_matches('/').to_owned(),
        })
    }

    /// Returns the URI of a percent-encoded path and query below the base URL.
    pub(crate) fn join(&self, path: &str, query: &str) -> Result<Uri, http::Error> {
        let mark = if query.is_empty() { "" } else { "?" };
        self.uri([&self.prefix, path, mark, query].concat())
    }

    /// Resolves the location of a redirect from a URI of this origin, or returns the reason why it is not followed.
    pub(crate) fn redirect(&self, from: &Uri, location: &[u8]) -> Result<Uri, &'static str> {
        let invalid = |_| "the location is not a valid URL";
        let location = str::from_utf8(location).map_err(|_| "the location is not a valid URL")?;
        let from = Url::parse(&from.to_string()).map_err(invalid)?;
        let target = from.join(location).map_err(invalid)?;
        let has_credentials = !target.username().is_empty() || target.password().is_some();
        if target.origin() != from.origin() {
            return Err("the location has a different origin than the base URL");
        }
        if has_credentials {
            return Err("the location contains a user or password");
        }
        let path_and_query = target[Position::BeforePath..Position::AfterQuery].to_owned();
        self.uri(path_and_query).map_err(|_| "the location is not a valid URL")
    }

    fn uri(&self, path_and_query: String) -> Result<Uri, http::Error> {
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(PathAndQuery::try_from(path_and_query)?);
        Ok(Uri::from_parts(parts)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redirect(location: &str) -> Option<String> {
        let base = BaseUrl::parse("https://example.test/prefix/").expect("a URL");
        let from = base.join("/a/b", "x=1").expect("a URI");
        let target = base.redirect(&from, location.as_bytes());
        target.ok().map(|uri| uri.to_string())
    }

    #[test]
    fn join_keeps_the_prefix_and_does_not_double_slashes() {
        for text in ["http://h:1/p/q", "http://h:1/p/q/"] {
            let base = BaseUrl::parse(text).expect("a URL");
            assert_eq!(base.join("/x", "a=b").expect("a URI"), "http://h:1/p/q/x?a=b");
        }
        assert_eq!(
            BaseUrl::parse("http://h")
                .expect("a URL")
                .join("/x", "")
                .expect("a URI"),
            "http://h/x"
        );
    }

    #[test]
    fn rejects_invalid_base_urls() {
        for (text, reason) in [
            ("", "expected a URL"),
            ("h", "a scheme and a host"),
            ("/p", "a scheme and a host"),
            ("ftp://h", "http or https"),
            ("http://", "expected a URL"),
            ("http://:80", "it must have a host"),
            ("http://u:p@h", "user or password"),
            ("http://u@h", "user or password"),
            ("http://h?q", "a query or a fragment"),
            ("http://h#f", "a query or a fragment"),
            ("http://h:99999", "port"),
            ("http://ü", "Punycode"),
            ("http://ü.test/ä", "Punycode"),
            ("http://h/\n", "spaces or control characters"),
            (" http://h", "spaces or control characters"),
            ("http://h/a b", "spaces or control characters"),
            ("http://h\0", "spaces or control characters"),
        ] {
            let problem = BaseUrl::parse(text).expect_err(text);
            assert!(problem.contains(reason), "{text}: {problem}");
        }
    }

    #[test]
    fn redirects_stay_within_the_origin() {
        assert_eq!(redirect("/c?y=2#f").as_deref(), Some("https://example.test/c?y=2"));
        assert_eq!(redirect("?y=2").as_deref(), Some("https://example.test/prefix/a/b?y=2"));
        assert_eq!(redirect("c").as_deref(), Some("https://example.test/prefix/a/c"));
        assert_eq!(
            redirect("https://EXAMPLE.test:443/c").as_deref(),
            Some("https://example.test/c")
        );
        assert_eq!(redirect("//example.test/c").as_deref(), Some("https://example.test/c"));
        for (location, expected) in [
            ("", "https://example.test/prefix/a/b?x=1"),
            ("../c", "https://example.test/prefix/c"),
            ("./c/../d", "https://example.test/prefix/a/d"),
            ("/a b", "https://example.test/a%20b"),
            ("/ü?ä", "https://example.test/%C3%BC?%C3%A4"),
            ("/../../c", "https://example.test/c"),
            ("https://example.test", "https://example.test/"),
            ("/c%20d?e=%2F", "https://example.test/c%20d?e=%2F"),
        ] {
            assert_eq!(redirect(location).as_deref(), Some(expected), "{location}");
        }
        for foreign in [
            "http://example.test/c",
            "https://example.test:444/c",
            "https://other.test/c",
            "//other.test/c",
            "https://example.test@other.test/c",
            "https://user@example.test/c",
            "javascript:x",
        ] {
            assert_eq!(redirect(foreign), None, "{foreign}");
        }
    }
}
