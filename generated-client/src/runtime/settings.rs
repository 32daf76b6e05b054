//! The settings of a client.

use std::time::Duration;

use http::header::{ACCEPT, USER_AGENT};
use http::{HeaderMap, HeaderValue};

use super::authentication::{Authentication, header_name};
use super::exchange::{BaseUrl, Limiter, RetryPolicy};
use super::request::{insert_header, must_not_be_zero, parse_header};
use super::{Api, Credentials};

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
    /// The headers of every request, without the credentials.
    pub(crate) headers: Result<HeaderMap, String>,
    /// The credentials; `None` if there are none, or if a header replaces them.
    pub(crate) authentication: Result<Option<Authentication>, String>,
    /// The timeout of an attempt.
    pub(crate) timeout: Duration,
    /// The deadline of a call, if any.
    pub(crate) deadline: Option<Duration>,
    pub(crate) max_body: usize,
    pub(crate) retry: RetryPolicy,
    pub(crate) limiter: Option<Limiter>,
}

impl Settings {
    pub(crate) fn new(api: &'static Api, credentials: &Credentials) -> Self {
        Self::at(api, api.base_url, credentials)
    }

    /// Creates settings with another base URL than the default of the API.
    pub(crate) fn at(api: &'static Api, base_url: &str, credentials: &Credentials) -> Self {
        Self {
            api,
            base: BaseUrl::parse(base_url),
            headers: headers(api),
            authentication: Authentication::new(api.auth, credentials),
            timeout: TIMEOUT,
            deadline: None,
            max_body: MAX_BODY,
            retry: RetryPolicy::default(),
            limiter: None,
        }
    }

    /// Returns a description of each invalid setting.
    pub(crate) fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        problems.extend(self.base.as_ref().err().cloned());
        problems.extend(self.headers.as_ref().err().cloned());
        problems.extend(self.authentication.as_ref().err().cloned());
        for (name, is_zero) in [
            ("timeout", self.timeout.is_zero()),
            ("deadline", self.deadline.is_some_and(|deadline| deadline.is_zero())),
            ("maximum size of a body", self.max_body == 0),
        ] {
            if is_zero {
                problems.push(must_not_be_zero(name));
            }
        }
        problems
    }

    /// Sets a header of every request, replacing any header of the same name. The header of the credentials replaces
    /// them, so that operations without authentication send it too.
    pub(crate) fn set_header(&mut self, name: &str, value: &str) -> Result<(), String> {
        let (name, value) = parse_header(name, value)?;
        if let Ok(authentication) = &mut self.authentication
            && authentication.as_ref().is_some_and(|own| own.is_header(&name))
        {
            *authentication = None;
        }
        if let Ok(headers) = &mut self.headers {
            insert_header(headers, name, value);
        }
        Ok(())
    }
}

fn headers(api: &Api) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    insert_header(&mut headers, ACCEPT, HeaderValue::from_static("application/json"));
    insert_header(&mut headers, USER_AGENT, HeaderValue::from_static(USER_AGENT_VALUE));
    for (name, value) in api.headers {
        insert_header(&mut headers, header_name(name)?, HeaderValue::from_static(value));
    }
    Ok(headers)
}
