//! A fake of the API, in this process: for tests, and for a first look with neither an account nor a network.
//!
//! ```
//! # #[cfg(feature = "blocking")]
//! # fn main() -> Result<(), generated_client::Error> {
//! use generated_client::fake::Fake;
//!
//! let fake = Fake::new();
//! let client = fake.blocking_client(); // or fake.client(), to be awaited
//!
//! let key = client.api_keys().create().description("ci").send()?;
//! assert!(key.id.starts_with("ak_") && key.token.is_some());
//! assert_eq!(client.api_keys().get(&key.id).send()?.description, "ci");
//! assert!(client.api_keys().get("ak_nope").send().unwrap_err().is_not_found());
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "blocking"))]
//! # fn main() {}
//! ```
//!
//! What is created can be got, listed, updated and deleted; a request that the API would refuse is refused with the
//! API's own kind of error. All of it follows from the schema: the fake knows no resource by name.
//!
//! # What can be set up
//!
//! - objects that no call creates, with [`Fake::seed`] and [`Fake::seed_examples`];
//! - what goes wrong, with [`Fake::fault`]: a status, a delay, a cut-off body, garbage, a closed connection;
//! - the key, the time, the seed of IDs and a rate limit, with [`Fake::builder`].
//!
//! Time stands still but for what calls wait: a client that attempts a call again, or keeps to a rate, takes no time
//! of the test's. [`Fake::requests`] tells what was asked, [`Fake::objects`] what is there now.
//!
//! # Where it is simpler than the API
//!
//! - Values of an enumeration are any text, and texts such as a certificate or a CIDR are not looked into.
//! - What a server makes of other fields (the parts of a URL, the subject of a certificate) are the schema's examples.
//! - Operations that act elsewhere, such as on an agent, are answered, and change nothing.
//! - A list below an object of another kind, to which its items do not belong, shows all of them.
//! - A reference may name an object of any kind, unless the new object shall belong to it; it stays when that is
//!   deleted. Names in the place of IDs, and IDs within lists and maps that nothing shows as objects, are any text.
//! - Nothing has to be unique but keys; there are no quotas and no rights.

mod builder;
mod clock;
mod engine;
mod fault;
mod filter;
mod front;
mod ids;
mod index;
mod listing;
mod recorded;
mod refusal;
mod seeding;
#[cfg(feature = "fake-server")]
mod server;
mod shape;
mod store;
mod table;
mod transport;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use serde_json::Value;
use zeroize::Zeroizing;

#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::{self, Builder, Client, ClientBuilder, Limiter, Timestamp};
use clock::Clock;
use fault::Outcome;
use front::State;
use index::Index;

pub use builder::FakeBuilder;
pub use fault::Fault;
pub use recorded::Recorded;
#[cfg(feature = "fake-server")]
pub use server::Server;
pub use table::Seed;

#[allow(unused_imports, reason = "an API may lack any of these")]
pub(crate) use table::{Action, Collection, Field, Kind, Literal, Route, Rules, Shape, Table, Type};
pub(crate) use table::{collections, routes, seeds, shapes};

/// A fake of the API. Cheap to clone: clones are one and the same.
///
/// It is a transport for the async and for the blocking client.
#[derive(Clone)]
pub struct Fake {
    inner: Arc<Inner>,
}

struct Inner {
    settings: Settings,
    clock: Clock,
    limiter: Option<Limiter>,
    state: Mutex<State>,
}

/// What a fake is built with, but for its clock.
struct Settings {
    key: Zeroizing<String>,
    /// Without a slash at its end.
    base_url: String,
    records: bool,
}

impl Fake {
    /// A fake without any object, whose time stands still.
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// Begins to build a fake.
    pub fn builder() -> FakeBuilder {
        FakeBuilder::new()
    }

    /// An async client of this fake, with its key.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::over(self.client_settings(), Arc::new(self.clone()))
    }

    /// Begins to build an async client of this fake, with its key.
    pub fn client_builder(&self) -> ClientBuilder {
        Builder::with(self.client_settings(), Some(Arc::new(self.clone())))
    }

    /// A blocking client of this fake, with its key.
    #[cfg(feature = "blocking")]
    #[must_use]
    pub fn blocking_client(&self) -> blocking::Client {
        blocking::Client::over(self.client_settings(), Arc::new(self.clone()))
    }

    /// Begins to build a blocking client of this fake, with its key.
    #[cfg(feature = "blocking")]
    pub fn blocking_client_builder(&self) -> blocking::ClientBuilder {
        Builder::with(self.client_settings(), Some(Arc::new(self.clone())))
    }

    fn client_settings(&self) -> runtime::Settings {
        let settings = &self.inner.settings;
        runtime::Settings::at(&crate::generated::API, &settings.base_url, settings.key.to_string())
    }

    /// The key that requests must carry.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.inner.settings.key
    }

    /// Where the fake says that it is served, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.inner.settings.base_url
    }

    /// How many operations it knows.
    #[must_use]
    pub fn operations() -> usize {
        Index::get().table.routes.len()
    }

    /// The fake's time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// Lets the fake's time pass. By the machine's clock it passes by itself alone.
    pub fn advance(&self, duration: Duration) {
        self.inner.clock.advance(duration);
    }

    /// Makes calls go wrong: the next ones, or those of one operation. Faults that are added first go wrong first.
    pub fn fault(&self, fault: Fault) {
        self.state().faults.add(fault);
    }

    /// Lets no further call go wrong.
    pub fn clear_faults(&self) {
        self.state().faults.clear();
    }

    /// Every request so far, in turn, with what came of it.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.state().recorded.clone()
    }

    /// Forgets the requests so far.
    pub fn clear_requests(&self) {
        self.state().recorded.clear();
    }

    /// Puts an object there, in the place of one with the same ID, and gives it as it is kept.
    ///
    /// Where the ID, the URI, or a time that each object has is empty, the fake makes one. Nothing is checked. What
    /// belongs to the former object stays, but for what the object itself holds. An object that belongs to another one
    /// is seeded after that.
    ///
    /// ```
    /// use generated_client::fake::Fake;
    /// use generated_client::models::ApplicationSession;
    ///
    /// let fake = Fake::new();
    /// let mut session = ApplicationSession::default();
    /// session.public_url = "https://shop.example.com".to_owned();
    /// let session = fake.seed(session);
    /// assert!(session.id.starts_with("as_"));
    /// ```
    pub fn seed<T: Seed>(&self, object: T) -> T {
        let now = self.now();
        // What programs write of reading and writing runs while nothing is held.
        let value = serde_json::to_value(&object);
        let seeded = match (Index::get().id(T::RESOURCE), value) {
            (Some(collection), Ok(Value::Object(value))) => {
                let engine = &mut self.state().engine;
                let order = engine.seed(collection, None, value, now);
                order.and_then(|order| engine.store.show(collection, order))
            }
            _ => None,
        };
        let seeded = seeded.and_then(|value| serde_json::from_value(Value::Object(value)).ok());
        seeded.unwrap_or(object)
    }

    /// Puts an example of each kind of object there; where there is one of its kind already, that is enough.
    pub fn seed_examples(&self) {
        let now = self.now();
        self.state().engine.seed_examples(now);
    }

    /// How many objects are there now.
    #[must_use]
    pub fn count(&self) -> usize {
        self.state().engine.store.count()
    }

    /// The objects of a type that are there now, the newest first.
    #[must_use]
    pub fn objects<T: Seed>(&self) -> Vec<T> {
        let Some(collection) = Index::get().id(T::RESOURCE) else {
            return Vec::new();
        };
        let shown: Vec<_> = {
            let store = &self.state().engine.store;
            let objects = store.newest(collection, None, None);
            objects.filter_map(|(order, _)| store.show(collection, order)).collect()
        };
        shown
            .into_iter()
            .filter_map(|value| serde_json::from_value(Value::Object(value)).ok())
            .collect()
    }

    /// Deletes all objects, and forgets faults and requests. Time and IDs go on.
    pub fn reset(&self) {
        let mut state = self.state();
        state.engine.store.clear();
        state.faults.clear();
        state.recorded.clear();
    }

    fn receive(&self, request: Request<Bytes>) -> Outcome {
        let Inner {
            settings,
            clock,
            limiter,
            ..
        } = &*self.inner;
        self.state().receive(request, settings, limiter.as_ref(), clock)
    }

    /// An answer that is given before the request is looked at.
    #[cfg(feature = "fake-server")]
    fn refuse(&self, status: http::StatusCode, message: String) -> http::Response<Bytes> {
        self.state()
            .refuse(refusal::Refusal::new(status, message), &self.inner.clock)
    }

    /// Waits, on Tokio, where the fake's time does not pass by being waited for.
    #[cfg(feature = "fake-server")]
    async fn pass(&self, duration: Duration) {
        if let Some(left) = self.inner.clock.wait(duration) {
            tokio::time::sleep(left).await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Fake {
    fn default() -> Self {
        Self::new()
    }
}

/// Shows no key.
impl fmt::Debug for Fake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Fake")
            .field("base_url", &self.base_url())
            .finish_non_exhaustive()
    }
}
