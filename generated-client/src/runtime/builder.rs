//! The settings that every client can be built with.

use std::env::VarError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;

use super::exchange::{BaseUrl, Limiter};
use super::settings::Settings;
use super::{Api, Error, RateLimit, RetryPolicy};

/// Sets up a client. `ClientBuilder` is this type for the async client, `blocking::ClientBuilder` for the blocking one.
///
/// Settings that are not valid are collected, and returned as one error by `build`.
#[must_use = "a builder does nothing until `build`"]
pub struct Builder<T: ?Sized> {
    settings: Settings,
    transport: Option<Arc<T>>,
    problems: Vec<String>,
}

impl<T: ?Sized> Builder<T> {
    pub(crate) fn new(api: &'static Api, api_key: String) -> Self {
        Self::with(Settings::new(api, api_key), None)
    }

    pub(crate) fn with(settings: Settings, transport: Option<Arc<T>>) -> Self {
        Self {
            settings,
            transport,
            problems: Vec::new(),
        }
    }

    /// Starts with the API key in the environment variable that the API names.
    pub(crate) fn from_variable(api: &'static Api) -> Result<Self, Error> {
        let name = api.key_variable;
        match api_key(std::env::var(name)) {
            Ok(key) => Ok(Self::new(api, key)),
            Err(problem) => Err(Error::invalid_request(format!(
                "the environment variable {name} {problem}"
            ))),
        }
    }

    /// Sets the URL at which the API is called. A path in it precedes the path of every operation.
    ///
    /// `build` returns an error if it is not an `http` or `https` URL, or has a user, a query or a fragment.
    pub fn base_url(mut self, url: impl AsRef<str>) -> Self {
        self.settings.base = BaseUrl::parse(url.as_ref());
        self
    }

    /// Sets the timeout of each attempt of a call. Defaults to 30 seconds.
    ///
    /// It bounds the time until the head of the response is there, and then each silence of its body: a large body
    /// that keeps coming takes as long as it needs. See [`deadline`](Self::deadline) for a bound of the whole.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// Sets the deadline of each call, with all of its attempts, the waits between them and the response's body.
    /// There is none by default.
    ///
    /// A call does not wait for what would come too late: it fails at once, with the error of its last attempt.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.settings.deadline = Some(deadline);
        self
    }

    /// Sets how often a call is attempted, and how long it waits in between.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Sets the most requests that the client sends in a window of time: one that would exceed it waits. There is no
    /// limit by default.
    ///
    /// Clones of a client share the limit. A call whose deadline leaves no time to wait fails at once.
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.settings.limiter = Some(Limiter::new(limit));
        self
    }

    /// Sends a header with every request, replacing any of the same name.
    ///
    /// `build` returns an error if the name or the value is not valid in a header.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let set = self.settings.set_header(name.as_ref(), value.as_ref());
        self.problems.extend(set.err());
        self
    }

    /// Sets the `User-Agent`, instead of the name and version of this crate.
    ///
    /// `build` returns an error if it is not valid in a header.
    pub fn user_agent(self, agent: impl AsRef<str>) -> Self {
        self.header(USER_AGENT, agent)
    }

    /// Sets the maximum size of a response's body, in bytes. Defaults to 32 MiB.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.settings.max_body = bytes;
        self
    }

    pub(crate) fn set_transport(mut self, transport: Arc<T>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Returns the settings and the transport, or an error that names every setting that is not valid.
    pub(crate) fn finish(self) -> Result<(Settings, Option<Arc<T>>), Error> {
        let problems: Vec<_> = self.settings.problems().chain(self.problems).collect();
        if problems.is_empty() {
            Ok((self.settings, self.transport))
        } else {
            Err(Error::invalid_request(problems.join("; ")))
        }
    }
}

/// The API key that an environment variable holds, or why it holds none.
fn api_key(variable: Result<String, VarError>) -> Result<String, &'static str> {
    match variable {
        Ok(key) if key.is_empty() => Err("is empty"),
        Ok(key) => Ok(key),
        Err(VarError::NotPresent) => Err("is not set"),
        // The error itself would show the value.
        Err(VarError::NotUnicode(_)) => Err("is not valid Unicode"),
    }
}

/// Shows no setting: the API key is among them.
impl<T: ?Sized> fmt::Debug for Builder<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Builder").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_environment_variable_must_hold_an_api_key() {
        assert_eq!(api_key(Ok("k".to_owned())), Ok("k".to_owned()));
        assert_eq!(api_key(Ok(String::new())), Err("is empty"));
        assert_eq!(api_key(Err(VarError::NotPresent)), Err("is not set"));
        assert_eq!(
            api_key(Err(VarError::NotUnicode("k".into()))),
            Err("is not valid Unicode")
        );
    }
}
