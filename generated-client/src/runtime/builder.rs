//! What every client can be built with.

use std::env::VarError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::Error;
use super::settings::Settings;
use super::url::BaseUrl;
use crate::generated::API;

/// Builds a client over a kind of transport: see `ClientBuilder`, here and in `blocking`.
#[must_use = "a builder does nothing until `build`"]
pub struct Builder<T: ?Sized> {
    pub(crate) settings: Settings,
    pub(crate) transport: Option<Arc<T>>,
}

impl<T: ?Sized> Builder<T> {
    pub(crate) fn new(key: String) -> Self {
        Self {
            settings: Settings::new(key),
            transport: None,
        }
    }

    /// Begins with the API key that the environment holds.
    ///
    /// # Errors
    ///
    /// When the environment holds no such key.
    pub fn from_env() -> Result<Self, Error> {
        let problem = match std::env::var(API.key_variable) {
            Ok(key) => return Ok(Self::new(key)),
            Err(VarError::NotPresent) => "is not set",
            // The error itself would show the value.
            Err(VarError::NotUnicode(_)) => "is not valid Unicode",
        };
        Err(Error::unusable(format!(
            "the environment variable {} {problem}",
            API.key_variable
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
        self.settings.set_timeout(timeout);
        self
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
