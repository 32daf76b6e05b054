//! Constructors that hand the description of the API to the clients.

#[cfg(feature = "blocking")]
use super::blocking;
use super::{Builder, Client, ClientBuilder, Error, RateLimit};
use crate::generated::API;

impl Client {
    /// A client with this API key and default settings.
    ///
    /// A key that no request can carry is an error of the first call.
    #[cfg(feature = "async")]
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self::of(&API, key.into())
    }

    /// A client with the API key that the environment holds, and default settings.
    ///
    /// # Errors
    ///
    /// When the environment holds no such key.
    #[cfg(feature = "async")]
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build()
    }

    /// Begins to build a client with this API key.
    pub fn builder(key: impl Into<String>) -> ClientBuilder {
        Builder::new(&API, key.into())
    }
}

#[cfg(feature = "blocking")]
impl blocking::Client {
    /// A client with this API key and default settings.
    ///
    /// A key that no request can carry is an error of the first call.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self::of(&API, key.into())
    }

    /// A client with the API key that the environment holds, and default settings.
    ///
    /// # Errors
    ///
    /// When the environment holds no such key.
    pub fn from_env() -> Result<Self, Error> {
        blocking::ClientBuilder::from_env()?.build()
    }

    /// Begins to build a client with this API key.
    pub fn builder(key: impl Into<String>) -> blocking::ClientBuilder {
        Builder::new(&API, key.into())
    }
}

impl<T: ?Sized> Builder<T> {
    /// Begins with the API key that the environment holds.
    ///
    /// # Errors
    ///
    /// When the environment holds no such key.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_variable(&API)
    }
}

/// What the API allows; no limit at all where it does not say.
impl Default for RateLimit {
    fn default() -> Self {
        API.rate_limit.unwrap_or(Self {
            requests: u32::MAX,
            seconds: 0,
        })
    }
}
