//! What a fake can be built with.

use std::fmt;

use zeroize::Zeroizing;

use super::clock::Clock;
use super::engine::Engine;
use super::ids::Ids;
use super::in_process::Fake;
use super::settings::Settings;
use super::state::State;
use super::table::Index;
use crate::runtime::{Limiter, RateLimit, Timestamp};

/// The key of a fake that was given no other.
const KEY: &str = "fake-key";

/// Builds a [`Fake`].
#[must_use = "a builder does nothing until `build`"]
pub struct FakeBuilder {
    index: &'static Index,
    key: Zeroizing<String>,
    base_url: String,
    clock: Clock,
    seed: u64,
    limit: Option<RateLimit>,
    record_requests: bool,
}

impl FakeBuilder {
    /// A builder of fakes of the API that an index describes.
    pub(crate) fn for_api(index: &'static Index) -> Self {
        Self {
            index,
            key: Zeroizing::new(KEY.to_owned()),
            base_url: index.api.base_url.to_owned(),
            clock: Clock::default(),
            seed: 0,
            limit: None,
            record_requests: true,
        }
    }

    /// The key that requests must carry. `fake-key` unless set.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Zeroizing::new(key.into());
        self
    }

    /// Where the fake says that it is served: its own clients call it there, and the URIs in its responses begin so.
    /// The API's base URL unless set.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// When the fake's time begins. 2025-01-01T00:00:00Z unless set.
    ///
    /// It stands still but for what calls wait, for delays, and for [`Fake::advance`].
    pub fn start(mut self, start: Timestamp) -> Self {
        self.clock = Clock::still(start);
        self
    }

    /// Goes by the machine's clock: calls that wait do sleep.
    pub fn system_clock(mut self) -> Self {
        self.clock = Clock::System;
        self
    }

    /// What the random part of IDs and secrets is drawn from: the same ones come from the same seed. 0 unless set.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets the rate limit: requests beyond it get a 429 response. There is none by default.
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Whether requests are kept for [`Fake::requests`]. They are unless set.
    pub fn record_requests(mut self, record: bool) -> Self {
        self.record_requests = record;
        self
    }

    /// The fake, without any object.
    #[must_use]
    pub fn build(self) -> Fake {
        let base_url = self.base_url.trim_end_matches('/').to_owned();
        let engine = Engine::new(self.index, Ids::new(self.seed), base_url.clone());
        let settings = Settings {
            api: self.index.api,
            key: self.key,
            base_url,
            record_requests: self.record_requests,
        };
        let limiter = self.limit.map(Limiter::new);
        Fake::over(settings, self.clock, limiter, State::new(engine))
    }
}

/// Shows no key.
impl fmt::Debug for FakeBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("FakeBuilder")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}
