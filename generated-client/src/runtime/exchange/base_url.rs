//! The base URL, and redirects within its origin.

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

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
        if text.contains(['?', '#']) {
            return invalid("it must not have a query or a fragment");
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
        if authority.as_str().contains('@') || authority.host().is_empty() {
            return invalid("it must have a host, and no user or password");
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

    /// Returns the target of a redirect from a URI of this origin, or `None` if the target is invalid or has a different origin.
    pub(crate) fn redirect(&self, from: &Uri, location: &str) -> Option<Uri> {
        let location = location.split('#').next().unwrap_or_default();
        let path = if location.starts_with("//") || has_scheme(location) {
            return self.within_origin(location);
        } else if location.starts_with('/') {
            location.to_owned()
        } else if location.starts_with('?') {
            [from.path(), location].concat()
        } else {
            let parent = from.path().rsplit_once('/').map_or("", |(parent, _)| parent);
            [parent, "/", location].concat()
        };
        self.uri(path).ok()
    }

    fn within_origin(&self, location: &str) -> Option<Uri> {
        let absolute = match location.strip_prefix("//") {
            Some(rest) => format!("{}://{rest}", self.scheme),
            None => location.to_owned(),
        };
        let parts = absolute.parse::<Uri>().ok()?.into_parts();
        let same = parts.scheme.as_ref() == Some(&self.scheme)
            && parts.authority.is_some_and(|it| self.is_same_authority(&it));
        let path = parts.path_and_query.as_ref().map_or("/", PathAndQuery::as_str);
        if same { self.uri(path.to_owned()).ok() } else { None }
    }

    fn is_same_authority(&self, other: &Authority) -> bool {
        let port = |authority: &Authority| {
            authority
                .port_u16()
                .unwrap_or(if self.scheme == Scheme::HTTPS { 443 } else { 80 })
        };
        !other.as_str().contains('@')
            && other.host().eq_ignore_ascii_case(self.authority.host())
            && port(other) == port(&self.authority)
    }

    fn uri(&self, path_and_query: String) -> Result<Uri, http::Error> {
        let path_and_query = PathAndQuery::try_from(path_and_query)?;
        Uri::builder()
            .scheme(self.scheme.clone())
            .authority(self.authority.clone())
            .path_and_query(path_and_query)
            .build()
    }
}

/// Returns `true` if a URI reference has a scheme, and is therefore absolute.
fn has_scheme(reference: &str) -> bool {
    let end = reference.find([':', '/', '?']).unwrap_or(reference.len());
    reference[end..].starts_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redirect(location: &str) -> Option<String> {
        let base = BaseUrl::parse("https://example.test/prefix/").expect("a URL");
        let from = base.join("/a/b", "x=1").expect("a URI");
        base.redirect(&from, location).map(|uri| uri.to_string())
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
        for text in [
            "",
            "h",
            "/p",
            "ftp://h",
            "http://",
            "http://u:p@h",
            "http://h?q",
            "http://h#f",
            "http://h:99999",
            "http://ü",
        ] {
            assert!(BaseUrl::parse(text).is_err(), "{text}");
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
        for foreign in [
            "http://example.test/c",
            "https://example.test:444/c",
            "https://other.test/c",
            "//other.test/c",
            "https://example.test@other.test/c",
            "https://user@example.test/c",
            "javascript:x",
            "https:///c",
        ] {
            assert_eq!(redirect(foreign), None, "{foreign}");
        }
    }
}
