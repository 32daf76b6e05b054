//! The blocking client.

use std::fmt;
use std::sync::Arc;

use super::{Items, Pages, Transport, Ureq};
use crate::runtime::call::{Call, Prepared, WithResponse, decode, decode_whole, prepare, walk};
use crate::runtime::exchange::{Answer, Exchange, Step};
use crate::runtime::settings::Settings;
use crate::runtime::{self, Builder, Error, Operation, Paged};

/// A blocking client of the API. Cheap to clone: clones share connections.
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
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self::over(Settings::new(key.into()), Arc::new(Ureq::new()))
    }

    /// A client with the API key that the environment holds, and default settings.
    ///
    /// # Errors
    ///
    /// When the environment holds no such key.
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

    pub(crate) fn exchange(&self, request: Result<Prepared, Error>) -> Result<Answer, Error> {
        let transport = &self.inner.transport;
        let mut exchange = Exchange::new(&self.inner.settings, request?, transport.now())?;
        loop {
            match exchange.step(transport.now())? {
                Step::Send(request) => {
                    let send = || transport.send(request, exchange.attempt());
                    let outcome = exchange.span().in_scope(send);
                    exchange.receive(outcome);
                }
                Step::Wait(duration) => transport.sleep(duration),
                Step::Done(answer) => return Ok(answer),
            }
        }
    }
}

/// Shows no setting: the key is among them.
impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("blocking::Client").finish_non_exhaustive()
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
    /// None today: the signature leaves room for settings that need checking.
    pub fn build(self) -> Result<Client, Error> {
        let transport = self.transport.unwrap_or_else(|| Arc::new(Ureq::new()));
        Ok(Client::over(self.settings, transport))
    }
}

impl<O: Operation> Call<'_, Client, O> {
    /// Sends the call and waits for its answer.
    ///
    /// # Errors
    ///
    /// When the call cannot be sent, is not answered, is refused by the API, or its answer cannot be read.
    pub fn send(self) -> Result<O::Output, Error> {
        let client = self.client;
        decode(&O::SPEC, &client.exchange(prepare(self))?)
    }
}

impl<O: Operation> WithResponse<'_, Client, O> {
    /// Sends the call and waits for its answer.
    ///
    /// # Errors
    ///
    /// When the call cannot be sent, is not answered, is refused by the API, or its answer cannot be read.
    pub fn send(self) -> Result<runtime::Response<O::Output>, Error> {
        let client = self.call.client;
        decode_whole(&O::SPEC, client.exchange(prepare(self.call))?)
    }
}

impl<O: Paged> Call<'_, Client, O> {
    /// An iterator over every page. The call's options hold for each.
    pub fn pages(self) -> Pages<O> {
        Pages::new(self.client.clone(), walk(self))
    }

    /// An iterator over the items of every page. The call's options hold for each page.
    pub fn items(self) -> Items<O> {
        Items::new(self.pages())
    }
}
