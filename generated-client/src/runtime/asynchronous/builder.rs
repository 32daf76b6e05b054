//! The builder of the async client.

use super::{Client, Transport};
use crate::runtime::builder::client_builder;

client_builder!(Transport);

impl ClientBuilder {
    /// Sets the transport that sends the requests. Required unless the feature `async` is enabled, in which case it
    /// defaults to `Reqwest`.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// Returns an error if any setting is invalid, or if no transport is set and the feature `async` is disabled. The
    /// error lists all invalid settings.
    pub fn build(self) -> Result<Client, Error> {
        let (settings, transport) = self.finish()?;
        #[cfg(feature = "async")]
        let transport = transport.or_else(|| Some(Arc::new(super::Reqwest::new())));
        let transport = transport.ok_or_else(Error::no_transport)?;
        Ok(Client::over(settings, transport))
    }
}
