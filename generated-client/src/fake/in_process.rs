//! The in-process fake.

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
use super::recorder::Recorder;
#[cfg(feature = "fake-server")]
use super::rejection::Rejection;
use super::seed::Seed;
use super::settings::Settings;
use super::state::State;
#[cfg(feature = "blocking")]
use crate::runtime::blocking;
use crate::runtime::{self, Client, ClientBuilder, Credentials, Limiter, Timestamp};

/// A fake of the API that runs in this process.
///
/// It is a transport for both the async and the blocking client. Clones are cheap and share their state.
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

    /// Returns an async client that calls this fake with its credentials.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::over(self.client_settings(), Arc::new(self.clone()))
    }

    /// Returns a builder of an async client that calls this fake with its credentials. A base URL with another path does not
    /// lead to the fake: set it with [`FakeBuilder::base_url`](super::FakeBuilder::base_url).
    pub fn client_builder(&self) -> ClientBuilder {
        ClientBuilder::with(self.client_settings(), Some(Arc::new(self.clone())))
    }

    /// Returns a blocking client that calls this fake with its credentials.
    #[cfg(feature = "blocking")]
    #[must_use]
    pub fn blocking_client(&self) -> blocking::Client {
        blocking::Client::over(self.client_settings(), Arc::new(self.clone()))
    }

    /// Returns a builder of a blocking client that calls this fake with its credentials. A base URL with another path does not
    /// lead to the fake: set it with [`FakeBuilder::base_url`](super::FakeBuilder::base_url).
    #[cfg(feature = "blocking")]
    pub fn blocking_client_builder(&self) -> blocking::ClientBuilder {
        blocking::ClientBuilder::with(self.client_settings(), Some(Arc::new(self.clone())))
    }

    fn client_settings(&self) -> runtime::Settings {
        let settings = &self.inner.settings;
        runtime::Settings::at(settings.api, &settings.base_url, &settings.credentials)
    }

    /// Returns the credentials that requests must carry.
    #[allow(dead_code, reason = "unused in an API without authentication")]
    pub(crate) fn credentials(&self) -> &Credentials {
        &self.inner.settings.credentials
    }

    /// Returns the base URL, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.inner.settings.base_url
    }

    /// Returns the current time of the fake's clock, in whole seconds.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// Advances a simulated clock. Does nothing if the fake uses the system clock.
    pub fn advance(&self, duration: Duration) {
        self.inner.clock.advance(duration);
    }

    /// Injects a fault into the next requests, or the next requests of one operation.
    ///
    /// Each request takes at most one fault: the first one added that applies to it.
    pub fn fault(&self, fault: Fault) {
        self.state().faults.add(fault);
    }

    /// Returns the number of pending faults. At the end of a test, 0 means that all injected faults took effect.
    ///
    /// A fault is pending until it has affected as many requests as [`Fault::times`] allows.
    #[must_use]
    pub fn pending_faults(&self) -> usize {
        self.state().faults.count()
    }

    /// Removes all pending faults.
    pub fn clear_faults(&self) {
        self.state().faults.clear();
    }

    /// Returns the recorded requests, oldest first.
    ///
    /// The latest 10,000 requests are kept, with bodies of up to 64 MiB in total. [`dropped_requests`](Self::dropped_requests) counts
    /// older ones.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state().recorder.requests()
    }

    /// Returns the number of requests that are no longer recorded, because there were too many or their bodies were too large.
    #[must_use]
    pub fn dropped_requests(&self) -> usize {
        self.state().recorder.dropped()
    }

    /// Removes all recorded requests.
    pub fn clear_requests(&self) {
        self.state().recorder = Recorder::default();
    }

    /// Inserts an object, replacing any with the same ID, and returns the stored value.
    ///
    /// The fake assigns the ID, the URI and required timestamps if they are unset, and the URIs of references to stored
    /// objects. It drops values that the API returns only on creation, such as a token. The object is not validated.
    ///
    /// Insert an object after the one that it belongs to. Replacing an object keeps the objects that belong to it. If the object lists them in a field, the new list replaces them.
    pub fn seed<T: Seed>(&self, object: T) -> T {
        let now = self.now();
        // Not under the lock: `Serialize` and `Deserialize` may be implemented by the caller.
        let value = serde_json::to_value(&object);
        let mut state = self.state();
        let engine = &mut state.engine;
        let seeded = match (engine.index.id(T::RESOURCE.0), value) {
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

    /// Inserts an example object of each type that has no objects. Its ID is the one in the examples of the
    /// documentation.
    pub fn seed_examples(&self) {
        let now = self.now();
        self.state().engine.seed_examples(now);
    }

    /// Returns the number of stored objects of all types.
    #[must_use]
    pub fn object_count(&self) -> usize {
        self.state().engine.store.count()
    }

    /// Returns the stored objects of a type, newest first.
    #[must_use]
    pub fn objects<T: Seed>(&self) -> Vec<T> {
        let shown: Vec<_> = {
            let engine = &self.state().engine;
            let Some(collection) = engine.index.id(T::RESOURCE.0) else {
                return Vec::new();
            };
            let store = &engine.store;
            let objects = store.listed(collection, None, None);
            objects.filter_map(|(order, _)| store.show(collection, order)).collect()
        };
        shown
            .into_iter()
            .filter_map(|value| serde_json::from_value(Value::Object(value)).ok())
            .collect()
    }

    /// Removes all objects, pending faults and recorded requests.
    ///
    /// The clock and the ID generator are not reset.
    pub fn reset(&self) {
        let mut state = self.state();
        state.engine.store.clear();
        state.faults.clear();
        state.recorder = Recorder::default();
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

    /// Returns the error response to a request whose body was not read.
    #[cfg(feature = "fake-server")]
    pub(super) fn reject(&self, rejection: Rejection) -> http::Response<Bytes> {
        self.state().reject(rejection, &self.inner.clock)
    }

    /// Advances a simulated clock, or sleeps on Tokio.
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

/// Omits the credentials.
impl fmt::Debug for Fake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Fake")
            .field("base_url", &self.base_url())
            .finish_non_exhaustive()
    }
}
