//! The async client.

use std::fmt;
use std::sync::Arc;

use tracing::Instrument;

use super::call::Prepared;
use super::exchange::{Answer, Exchange, Step};
use super::settings::Settings;
use super::{BoxFuture, Builder, Error, Transport};

/// A client of the API. Cheap to clone: clones share connections.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    settings: Settings,
    transport: Arc<dyn Transport>,
}

/// Builds a [`Client`].
pub type ClientBuilder = Builder<dyn Transport>;

impl Client {
    /// A client with this API key and default settings.
    ///
    /// A key that no request can carry is an error of the first call.
    #[cfg(feature = "async")]
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self::over(Settings::new(key.into()), Arc::new(super::Reqwest::new()))
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
        Builder::new(key.into())
    }

    pub(crate) fn over(settings: Settings, transport: Arc<dyn Transport>) -> Self {
        Self {
            inner: Arc::new(Inner { settings, transport }),
        }
    }

    /// Sends a request and whatever follows from it. Boxed here, so that it is compiled once and not for each operation.
    pub(crate) fn exchange(&self, request: Result<Prepared, Error>) -> BoxFuture<'static, Result<Answer, Error>> {
        let client = self.clone();
        Box::pin(async move { client.drive(request).await })
    }

    async fn drive(&self, request: Result<Prepared, Error>) -> Result<Answer, Error> {
        let transport = &self.inner.transport;
        let mut exchange = Exchange::new(&self.inner.settings, request?, transport.now())?;
        loop {
            match exchange.step(transport.now())? {
                Step::Send(request) => {
                    let sent = transport.send(request, exchange.attempt());
                    let outcome = sent.instrument(exchange.span().clone()).await;
                    exchange.receive(outcome);
                }
                Step::Wait(duration) => transport.sleep(duration).await,
                Step::Done(answer) => return Ok(answer),
            }
        }
    }
}

/// Shows no setting: the key is among them.
impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Client").finish_non_exhaustive()
    }
}

impl ClientBuilder {
    /// Sends requests through this transport.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// When no transport was given and the crate was built without one.
    pub fn build(self) -> Result<Client, Error> {
        #[cfg(feature = "async")]
        let transport = self.transport.or_else(|| Some(Arc::new(super::Reqwest::new())));
        #[cfg(not(feature = "async"))]
        let transport = self.transport;
        let transport = transport.ok_or_else(Error::no_transport)?;
        Ok(Client::over(self.settings, transport))
    }
}
