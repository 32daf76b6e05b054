//! The checks of every request before its operation is called.

use std::time::Instant;

use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};

use super::received::Received;
use super::rejection::Rejection;
use super::settings::Settings;
use super::table::RouteMatch;
use crate::runtime::{Api, Credentials, Limiter};

/// Checks the credentials, the headers that the API requires, and the rate limit.
pub(super) fn admit(
    received: &Received,
    found: Option<&RouteMatch>,
    settings: &Settings,
    limiter: Option<&Limiter>,
    now: Instant,
) -> Result<(), Rejection> {
    if requires_credentials(found) {
        check_credentials(settings, received)?;
    }
    check_headers(settings.api, received.headers())?;
    match limiter.and_then(|limiter| limiter.admit(now)) {
        None => Ok(()),
        Some(_) => Err(Rejection::new(StatusCode::TOO_MANY_REQUESTS, "rate limit exceeded")),
    }
}

/// Returns `true` if a request must carry credentials. If no operation matches, it must.
pub(super) fn requires_credentials(found: Option<&RouteMatch>) -> bool {
    found.is_none_or(|found| found.route.info.authenticated)
}

fn check_credentials(settings: &Settings, received: &Received) -> Result<(), Rejection> {
    let (auth, credentials) = (settings.api.auth, &settings.credentials);
    let token = credentials.token().ok().flatten();
    let token = token.as_ref().map(|token| token.as_bytes());
    let (place, found) = if let Some((name, prefix)) = auth.header() {
        let values = received.headers().get_all(name).iter();
        let strip = if name == AUTHORIZATION {
            strip_scheme
        } else {
            strip_prefix
        };
        let tokens = values.map(|value| strip(value.as_bytes(), prefix));
        (format!("in the `{name}` header"), tokens.collect::<Vec<_>>())
    } else if let Some(name) = auth.query_parameter() {
        let tokens = received.keys().iter().map(|key| Some(key.as_bytes()));
        (format!("in the query parameter `{name}`"), tokens.collect())
    } else {
        return Ok(());
    };
    let problem = match found.as_slice() {
        [] => format!("{} {place}", missing(credentials)),
        [found] if found.is_some() && *found == token => return Ok(()),
        _ => invalid(credentials).to_owned(),
    };
    Err(Rejection::new(StatusCode::UNAUTHORIZED, problem))
}

fn missing(credentials: &Credentials) -> &'static str {
    match credentials {
        Credentials::Login { .. } => "missing user and password: send them",
        Credentials::Key(_) | Credentials::None => "missing API key: send it",
    }
}

fn invalid(credentials: &Credentials) -> &'static str {
    match credentials {
        Credentials::Login { .. } => "invalid user or password",
        Credentials::Key(_) | Credentials::None => "invalid API key",
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

/// Strips the name of an authentication scheme, which is case-insensitive.
fn strip_scheme<'a>(value: &'a [u8], scheme: &str) -> Option<&'a [u8]> {
    let (start, rest) = value.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme.as_bytes()).then_some(rest)
}

fn strip_prefix<'a>(value: &'a [u8], prefix: &str) -> Option<&'a [u8]> {
    value.strip_prefix(prefix.as_bytes())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
