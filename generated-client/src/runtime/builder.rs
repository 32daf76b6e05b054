//! What every client can be built with.

use std::env::VarError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;

use super::exchange::{BaseUrl, Limiter};
use super::settings::Settings;
use super::{Api, Error, RateLimit, RetryPolicy};

/// Builds a client over a kind of transport: see `ClientBuilder`, here and in `blocking`.
#[must_use = "a builder does nothing until `build`"]
pub struct Builder<T: ?Sized> {
    pub(crate) settings: Settings,
    pub(crate) transport: Option<Arc<T>>,
}

impl<T: ?Sized> Builder<T> {
    pub(crate) fn new(api: &'static Api, key: String) -> Self {
        Self {
            settings: Settings::new(api, key),
            transport: None,
        }
    }

    /// Starts with the API key in the environment variable that the API names.
    pub(crate) fn from_variable(api: &'static Api) -> Result<Self, Error> {
        let problem = match std::env::var(api.key_variable) {
            Ok(key) => return Ok(Self::new(api, key)),
            Err(VarError::NotPresent) => "is not set",
            // The error itself would show the value.
            Err(VarError::NotUnicode(_)) => "is not valid Unicode",
        };
        Err(Error::unusable(format!(
            "the environment variable {} {problem}",
            api.key_variable
        )))
    }

    /// Calls the API at this URL. A path in it precedes the path of every operation.
    ///
    /// # Errors
    ///
    /// When it is no `http` or `https` URL, or has a user, a query or a fragment.
    pub fn base_url(mut self, url: &str) -> Result<Self, Error> {
        self.settings.base = Ok(BaseUrl::parse(url).map_err(Error::unusable)?);
        Ok(self)
    }

    /// Bounds each attempt of a call, from connecting to the last byte of the answer. 30 seconds unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// Bounds each call: all of its attempts and the waits between them. None unless set.
    ///
    /// A call does not wait for what would come too late: it fails at once, with the error of its last attempt.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.settings.deadline = Some(deadline);
        self
    }

    /// Says how often a call is attempted, and how long it waits in between.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Sends no more than this: a request that would pass the limit waits. No limit unless set.
    ///
    /// `RateLimit::default()` is what the API allows. Clones of a client share the limit. A call whose deadline
    /// leaves no time to wait fails at once.
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.settings.limiter = Some(Limiter::new(limit));
        self
    }

    /// Sends a header with every request, in the place of any of the same name.
    ///
    /// # Errors
    ///
    /// When no header can have the name or the value.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Result<Self, Error> {
        self.settings
            .set_header(name.as_ref(), value.as_ref())
            .map_err(Error::unusable)?;
        Ok(self)
    }

    /// Names the program that sends, in the place of this crate.
    ///
    /// # Errors
    ///
    /// When no header can carry it.
    pub fn user_agent(self, agent: impl AsRef<str>) -> Result<Self, Error> {
        self.header(USER_AGENT, agent)
    }

    /// Bounds the body of an answer, in bytes. 32 MiB unless set.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.settings.max_body = bytes;
        self
    }
}

/// Shows no setting: the key is among them.
impl<T: ?Sized> fmt::Debug for Builder<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Builder").finish_non_exhaustive()
    }
}
