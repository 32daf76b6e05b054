//! The settings of a client.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use super::exchange::{BaseUrl, Limiter, RetryPolicy};
use super::request::parse_header;
use super::{Api, Auth};

/// The default timeout of an attempt.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The default maximum size of a response body, in bytes.
const MAX_BODY: usize = 32 * 1024 * 1024;

/// The default `User-Agent`.
const USER_AGENT_VALUE: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// The settings of a client. If a setting is invalid, every call returns an error.
pub(crate) struct Settings {
    pub(crate) api: &'static Api,
    pub(crate) base: Result<BaseUrl, String>,
    /// The headers of every request, including the API key.
    pub(crate) headers: Result<HeaderMap, String>,
    /// The timeout of an attempt.
    pub(crate) timeout: Duration,
    /// The deadline of a call, if any.
    pub(crate) deadline: Option<Duration>,
    pub(crate) max_body: usize,
    pub(crate) retry: RetryPolicy,
    pub(crate) limiter: Option<Limiter>,
}

impl Settings {
    pub(crate) fn new(api: &'static Api, key: String) -> Self {
        Self::at(api, api.base_url, key)
    }

    /// Creates settings with another base URL than the default of the API.
    pub(crate) fn at(api: &'static Api, base_url: &str, key: String) -> Self {
        Self {
            api,
            base: BaseUrl::parse(base_url),
            headers: headers(api, &Zeroizing::new(key)),
            timeout: TIMEOUT,
            deadline: None,
            max_body: MAX_BODY,
            retry: RetryPolicy::default(),
            limiter: None,
        }
    }

    /// Returns a description of each invalid setting.
    pub(crate) fn problems(&self) -> impl Iterator<Item = String> + use<> {
        let base = self.base.as_ref().err().cloned();
        base.into_iter().chain(self.headers.as_ref().err().cloned())
    }

    /// Sets a header of every request, replacing any header of the same name.
    pub(crate) fn set_header(&mut self, name: &str, value: &str) -> Result<(), String> {
        let (name, value) = parse_header(name, value)?;
        if let Ok(headers) = &mut self.headers {
            headers.insert(name, value);
        }
        Ok(())
    }
}

fn headers(api: &Api, key: &str) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(USER_AGENT, HeaderValue::from_static(USER_AGENT_VALUE));
    for (name, value) in api.headers {
        headers.insert(header_name(name)?, HeaderValue::from_static(value));
    }
    let (name, value) = key_header(api.auth, key)?;
    headers.insert(name, value);
    Ok(headers)
}

fn key_header(auth: Auth, key: &str) -> Result<(HeaderName, HeaderValue), String> {
    let (name, prefix) = match auth {
        Auth::Bearer => (AUTHORIZATION, "Bearer "),
        Auth::Header(name) => (header_name(name)?, ""),
    };
    Ok((name, secret_value(prefix, key)?))
}

fn header_name(name: &str) -> Result<HeaderName, String> {
    HeaderName::try_from(name).map_err(|_| format!("invalid header name `{name}` in the definition of the API"))
}

/// Returns the API key as a header value. `Debug` doesn't print it, and dropping its last copy erases it from memory.
fn secret_value(prefix: &str, key: &str) -> Result<HeaderValue, String> {
    if key.is_empty() {
        return Err("the API key is empty".to_owned());
    }
    let text = Zeroizing::new([prefix, key].concat().into_bytes());
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text))
        .map_err(|_| "the API key is not a valid header value".to_owned())?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn auth_scheme_determines_the_header() {
        for (auth, name, expected) in [
            (Auth::Bearer, "authorization", "Bearer k"),
            (Auth::Header("x-api-key"), "x-api-key", "k"),
        ] {
            let (header, value) = key_header(auth, "k").expect("a header");
            assert_eq!((header.as_str(), value.as_bytes()), (name, expected.as_bytes()));
            assert!(value.is_sensitive());
        }
        assert!(key_header(Auth::Header("x api"), "k").is_err_and(|problem| problem.contains("`x api`")));
    }
}
