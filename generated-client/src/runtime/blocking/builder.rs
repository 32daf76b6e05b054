//! The builder of the blocking client.

use super::{Client, Transport, Ureq};
use crate::runtime::builder::client_builder;

client_builder!(Transport);

impl ClientBuilder {
    /// Sets the transport that sends the requests. Defaults to [`Ureq`].
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// Returns an error if any setting is invalid. The error lists all invalid settings.
    pub fn build(self) -> Result<Client, Error> {
        let (settings, transport) = self.finish()?;
        let transport = transport.unwrap_or_else(|| Arc::new(Ureq::new()));
        Ok(Client::over(settings, transport))
    }
}
