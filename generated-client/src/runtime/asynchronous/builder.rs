//! The builder of the async client.

use super::{Client, Transport};
use crate::runtime::builder::client_builder;

client_builder!(Transport);

impl ClientBuilder {
    /// Sets the transport that sends the requests. Required unless the feature `async` is enabled, in which case it
    /// defaults to `HttpTransport`.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// Returns an error if any setting is invalid, or if no transport is set and the feature `async` is disabled. The
    /// error lists all invalid settings. If no transport is set, also returns an error if an environment variable for a proxy
    /// is invalid: see `HttpTransport`.
    pub fn build(self) -> Result<Client, Error> {
        let (settings, transport) = self.finish()?;
        let transport = match transport {
            Some(transport) => transport,
            None => default_transport()?,
        };
        Ok(Client::over(settings, transport))
    }
}

#[cfg(feature = "async")]
fn default_transport() -> Result<Arc<dyn Transport>, Error> {
    Ok(Arc::new(crate::runtime::HttpTransport::builder().build()?))
}

#[cfg(not(feature = "async"))]
fn default_transport() -> Result<Arc<dyn Transport>, Error> {
    Err(Error::no_transport())
}
