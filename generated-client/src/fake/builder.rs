//! The builder of a fake.

use std::fmt;

use super::clock::Clock;
use super::engine::Engine;
use super::ids::Ids;
use super::in_process::Fake;
use super::settings::Settings;
use super::state::State;
use super::table::Index;
use crate::runtime::{Auth, Credentials, Limiter, RateLimit, Timestamp};

/// The default API key.
const KEY: &str = "fake-key";

/// The default user.
const USER: &str = "fake-user";

/// The default password.
const PASSWORD: &str = "fake-password";

/// A builder of a [`Fake`], returned by [`Fake::builder`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct FakeBuilder {
    index: &'static Index,
    credentials: Credentials,
    base_url: String,
    /// The clock, unless it is the default.
    clock: Option<Clock>,
    seed: u64,
    limit: Option<RateLimit>,
    record_requests: bool,
}

impl FakeBuilder {
    /// Creates a builder for a fake of the API described by an index.
    pub(crate) fn for_api(index: &'static Index) -> Self {
        Self {
            index,
            credentials: default_credentials(index.api.auth),
            base_url: index.api.base_url.to_owned(),
            clock: None,
            seed: 0,
            limit: None,
            record_requests: true,
        }
    }

    /// Returns the description of the API.
    #[cfg(feature = "fake-server")]
    pub(super) fn index(&self) -> &'static Index {
        self.index
    }

    /// Sets the credentials that requests must carry.
    #[allow(dead_code, reason = "unused in an API without authentication")]
    pub(crate) fn with_credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = credentials;
        self
    }

    /// Sets the base URL of the fake's clients and of the URIs in its responses. Defaults to the base URL of the API.
    ///
    /// If the URL is invalid, every call of the fake's clients returns an error.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Uses a simulated clock that starts at this time. By default, an in-process fake uses a simulated clock that starts
    /// at 2025-01-01T00:00:00Z, and a fake on a socket uses the system clock.
    ///
    /// The clock advances only when a call waits, when a delay fault applies, or when [`Fake::advance`] is called.
    pub fn start(mut self, start: Timestamp) -> Self {
        self.clock = Some(Clock::still(start));
        self
    }

    /// Uses the system clock instead of a simulated one: calls then wait in real time.
    pub fn system_clock(mut self) -> Self {
        self.clock = Some(Clock::System);
        self
    }

    /// Sets the seed of the random part of IDs and secrets. The same seed gives the same values. Defaults to 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets the rate limit. Requests beyond it are rejected with 429 Too Many Requests. Unlimited by default.
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Sets whether requests are recorded for [`Fake::requests`]. Defaults to `true`.
    pub fn record_requests(mut self, record: bool) -> Self {
        self.record_requests = record;
        self
    }

    /// Builds a fake without objects.
    #[must_use]
    pub fn build(self) -> Fake {
        self.build_with(Clock::default())
    }

    /// Builds a fake without objects. Uses the given clock if none was set.
    pub(super) fn build_with(self, default: Clock) -> Fake {
        let base_url = self.base_url.trim_end_matches('/').to_owned();
        let engine = Engine::new(self.index, Ids::new(self.seed), base_url.clone());
        let settings = Settings {
            api: self.index.api,
            credentials: self.credentials,
            base_url,
            record_requests: self.record_requests,
        };
        let limiter = self.limit.map(Limiter::new);
        Fake::over(settings, self.clock.unwrap_or(default), limiter, State::new(engine))
    }
}

/// Omits the credentials.
impl fmt::Debug for FakeBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("FakeBuilder")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}

fn default_credentials(auth: Auth) -> Credentials {
    match auth {
        Auth::None => Credentials::None,
        Auth::Basic => Credentials::login(USER, PASSWORD),
        Auth::Bearer | Auth::Header { .. } | Auth::Query(_) => Credentials::key(KEY),
    }
}
