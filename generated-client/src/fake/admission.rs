//! The checks of every request before its operation is called.

use std::time::Instant;

use http::{HeaderMap, StatusCode};

use super::rejection::Rejection;
use crate::runtime::{Api, Auth, Limiter};

/// Checks the API key, the headers that the API requires, and the rate limit.
pub(super) fn admit(
    api: &Api,
    headers: &HeaderMap,
    key: &str,
    limiter: Option<&Limiter>,
    now: Instant,
) -> Result<(), Rejection> {
    check_key(api, headers, key)?;
    check_headers(api, headers)?;
    match limiter.and_then(|limiter| limiter.admit(now)) {
        None => Ok(()),
        Some(_) => Err(Rejection::new(StatusCode::TOO_MANY_REQUESTS, "rate limit exceeded")),
    }
}

/// Returns the name of the header with the API key, and the prefix of its value.
pub(super) fn key_header(api: &Api) -> (&'static str, &'static str) {
    match api.auth {
        Auth::Bearer => ("authorization", "Bearer "),
        Auth::Header(name) => (name, ""),
    }
}

fn check_key(api: &Api, headers: &HeaderMap, key: &str) -> Result<(), Rejection> {
    let (name, prefix) = key_header(api);
    let unauthorized = |why: &str| Rejection::new(StatusCode::UNAUTHORIZED, why);
    match text(headers, name) {
        None => Err(unauthorized(&format!(
            "missing API key: send it in the `{name}` header"
        ))),
        Some(value) if strip_scheme(value, prefix) == Some(key) => Ok(()),
        Some(_) => Err(unauthorized("invalid API key")),
    }
}

fn check_headers(api: &Api, headers: &HeaderMap) -> Result<(), Rejection> {
    for (name, expected) in api.headers {
        let problem = match text(headers, name) {
            Some(value) if value == *expected => continue,
            Some(_) => format!("the `{name}` header must be `{expected}`"),
            None => format!("missing `{name}` header: send `{expected}`"),
        };
        return Err(Rejection::bad_request(problem));
    }
    Ok(())
}

/// Strips a case-insensitive prefix.
fn strip_scheme<'a>(value: &'a str, prefix: &str) -> Option<&'a str> {
    let (scheme, rest) = value.split_at_checked(prefix.len())?;
    scheme.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
