//! The fake itself, in this process.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use serde_json::Value;

use super::clock::Clock;
use super::fault::Fault;
use super::outcome::Outcome;
use super::recorded_request::RecordedRequest;
#[cfg(feature = "fake-server")]
use super::rejection::Rejection;
use super::seed::Seed;
use super::settings::Settings;
use super::state::State;
#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::{self, Builder, Client, ClientBuilder, Limiter, Timestamp};

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

impl Fake {
    pub(super) fn over(settings: Settings, clock: Clock, limiter: Option<Limiter>, state: State) -> Self {
        Self {
            inner: Arc::new(Inner {
                settings,
                clock,
                limiter,
                state: Mutex::new(state),
            }),
        }
    }

    pub(super) fn clock(&self) -> &Clock {
        &self.inner.clock
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
        runtime::Settings::at(settings.api, &settings.base_url, settings.key.to_string())
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
    pub fn requests(&self) -> Vec<RecordedRequest> {
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
    pub fn seed<T: Seed>(&self, object: T) -> T {
        let now = self.now();
        // What programs write of reading and writing runs while nothing is held.
        let value = serde_json::to_value(&object);
        let mut state = self.state();
        let engine = &mut state.engine;
        let seeded = match (engine.index.id(T::RESOURCE), value) {
            (Some(collection), Ok(Value::Object(value))) => {
                let order = engine.seed(collection, None, value, now);
                order.and_then(|order| engine.store.show(collection, order))
            }
            _ => None,
        };
        drop(state);
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
    pub fn object_count(&self) -> usize {
        self.state().engine.store.count()
    }

    /// The objects of a type that are there now, the newest first.
    #[must_use]
    pub fn objects<T: Seed>(&self) -> Vec<T> {
        let shown: Vec<_> = {
            let engine = &self.state().engine;
            let Some(collection) = engine.index.id(T::RESOURCE) else {
                return Vec::new();
            };
            let store = &engine.store;
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

    pub(super) fn receive(&self, request: Request<Bytes>) -> Outcome {
        let Inner {
            settings,
            clock,
            limiter,
            ..
        } = &*self.inner;
        self.state().receive(request, settings, limiter.as_ref(), clock)
    }

    /// Rejects a request that is not read.
    #[cfg(feature = "fake-server")]
    pub(super) fn reject(&self, rejection: Rejection) -> http::Response<Bytes> {
        self.state().reject(rejection, &self.inner.clock)
    }

    /// Sleeps on Tokio, unless the fake's clock advances instead.
    #[cfg(feature = "fake-server")]
    pub(super) async fn sleep(&self, duration: Duration) {
        if let Some(left) = self.inner.clock.wait(duration) {
            tokio::time::sleep(left).await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
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
