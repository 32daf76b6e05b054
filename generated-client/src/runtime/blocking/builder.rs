//! The builder of the blocking client.

use super::{Client, Transport};
use crate::runtime::HttpTransport;
use crate::runtime::builder::client_builder;

client_builder!(Transport);

impl ClientBuilder {
    /// Sets the transport that sends the requests. Defaults to [`HttpTransport`].
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// Returns an error if any setting is invalid. The error lists all invalid settings. If no transport is set, also returns an
    /// error if an environment variable for a proxy is invalid: see [`HttpTransport`].
    pub fn build(self) -> Result<Client, Error> {
        let (settings, transport) = self.finish()?;
        let transport = match transport {
            Some(transport) => transport,
            None => Arc::new(HttpTransport::builder().build()?),
        };
        Ok(Client::over(settings, transport))
    }
}
