//! Adding credentials to requests.

use bytes::Bytes;
use http::uri::PathAndQuery;
use http::{HeaderName, HeaderValue, Request, Uri};
use zeroize::Zeroizing;

use super::request::{append_query, insert_header};
use super::{Auth, Credentials};

/// The place of credentials in a request, with the credentials.
///
/// Kept apart from the other headers and the query, because not every operation sends them.
pub(crate) enum Authentication {
    /// A header. `Debug` doesn't print its value, and dropping its last copy erases it from memory.
    Header(HeaderName, HeaderValue),
    /// A query parameter: its name, and the percent-encoded pair `name=value`.
    Query(&'static str, Zeroizing<String>),
}

impl Authentication {
    /// Returns `None` for an API without authentication, and an error if the credentials are invalid.
    pub(crate) fn new(auth: Auth, credentials: &Credentials) -> Result<Option<Self>, String> {
        let Some(token) = credentials.token()? else {
            return Ok(None);
        };
        if let Some((name, prefix)) = auth.header() {
            return Ok(Some(Self::Header(header_name(name)?, header_value(prefix, &token)?)));
        }
        Ok(auth.query_parameter().map(|name| Self::Query(name, pair(name, &token))))
    }

    /// Returns `true` if this is the header with the given name.
    pub(crate) fn is_header(&self, name: &HeaderName) -> bool {
        match self {
            Self::Header(own, _) => own == name,
            Self::Query(..) => false,
        }
    }

    /// Returns the name of the query parameter, if this is one.
    pub(crate) fn query_parameter(&self) -> Option<&'static str> {
        match self {
            Self::Header(..) => None,
            Self::Query(name, _) => Some(name),
        }
    }

    /// Adds the credentials to a request.
    pub(crate) fn apply(&self, request: &mut Request<Bytes>) -> Result<(), http::Error> {
        match self {
            Self::Header(name, value) => insert_header(request.headers_mut(), name.clone(), value.clone()),
            Self::Query(_, pair) => *request.uri_mut() = with_pair(request.uri(), pair)?,
        }
        Ok(())
    }
}

pub(crate) fn header_name(name: &str) -> Result<HeaderName, String> {
    HeaderName::try_from(name).map_err(|_| format!("invalid header name `{name}` in the definition of the API"))
}

fn header_value(prefix: &str, token: &str) -> Result<HeaderValue, String> {
    let text = Zeroizing::new([prefix, token].concat().into_bytes());
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text))
        .map_err(|_| "the API key is not a valid header value".to_owned())?;
    value.set_sensitive(true);
    Ok(value)
}

fn pair(name: &str, token: &str) -> Zeroizing<String> {
    // A percent-encoded byte takes three. Growing the string would leave a copy of its beginning in memory.
    let mut pair = Zeroizing::new(String::with_capacity(3 * (name.len() + token.len()) + 1));
    append_query(&mut pair, name, &token);
    pair
}

/// Returns a URI with another pair in its query. Dropping its last copy erases it from memory.
fn with_pair(uri: &Uri, pair: &str) -> Result<Uri, http::Error> {
    let mut parts = uri.clone().into_parts();
    let target = parts.path_and_query.as_ref().map_or("/", PathAndQuery::as_str);
    let separator = match uri.query() {
        None => "?",
        Some("") => "",
        Some(_) => "&",
    };
    let target = Zeroizing::new([target, separator, pair].concat().into_bytes());
    parts.path_and_query = Some(PathAndQuery::from_maybe_shared(Bytes::from_owner(target))?);
    Ok(Uri::from_parts(parts)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apply(auth: Auth, credentials: &Credentials, uri: &'static str) -> Request<Bytes> {
        let mut request = Request::new(Bytes::new());
        *request.uri_mut() = Uri::from_static(uri);
        if let Some(authentication) = Authentication::new(auth, credentials).expect("valid credentials") {
            authentication.apply(&mut request).expect("a valid URI");
        }
        request
    }

    #[test]
    fn scheme_determines_the_header() {
        let key = Credentials::key("k");
        let token = Auth::Header {
            name: "authorization",
            prefix: "Token ",
        };
        let plain = Auth::Header {
            name: "x-api-key",
            prefix: "",
        };
        for (auth, credentials, name, expected) in [
            (Auth::Bearer, &key, "authorization", "Bearer k"),
            (token, &key, "authorization", "Token k"),
            (plain, &key, "x-api-key", "k"),
            (
                Auth::Basic,
                &Credentials::login("u", "p"),
                "authorization",
                "Basic dTpw",
            ),
        ] {
            let request = apply(auth, credentials, "https://h/things?a=b");
            assert_eq!(request.uri(), "https://h/things?a=b");
            assert_eq!(request.headers().len(), 1);
            let value = &request.headers()[name];
            assert_eq!(value, expected);
            assert!(value.is_sensitive());
        }
    }

    #[test]
    fn query_parameter_is_percent_encoded() {
        let key = Credentials::key("k&é=");
        for (uri, expected) in [
            ("https://h/things", "https://h/things?api%5Bkey%5D=k%26%C3%A9%3D"),
            (
                "https://h/things?a=b",
                "https://h/things?a=b&api%5Bkey%5D=k%26%C3%A9%3D",
            ),
            ("https://h/things?", "https://h/things?api%5Bkey%5D=k%26%C3%A9%3D"),
            ("https://h", "https://h/?api%5Bkey%5D=k%26%C3%A9%3D"),
        ] {
            let request = apply(Auth::Query("api[key]"), &key, uri);
            assert_eq!(request.uri(), expected);
            assert!(request.headers().is_empty());
        }
    }

    #[test]
    fn api_without_authentication_sends_nothing() {
        let request = apply(Auth::None, &Credentials::None, "https://h/things");
        assert_eq!(request.uri(), "https://h/things");
        assert!(request.headers().is_empty());
    }

    #[test]
    fn rejects_invalid_keys() {
        let problem = |auth, key| Authentication::new(auth, &Credentials::key(key)).err();
        for auth in [Auth::Bearer, Auth::Query("key")] {
            assert_eq!(problem(auth, "").as_deref(), Some("the API key is empty"));
            let line_break = "the API key contains a line break";
            assert_eq!(problem(auth, "a\nb").as_deref(), Some(line_break));
        }
        let invalid = Auth::Header {
            name: "x api",
            prefix: "",
        };
        assert!(problem(invalid, "k").is_some_and(|problem| problem.contains("`x api`")));
    }
}
