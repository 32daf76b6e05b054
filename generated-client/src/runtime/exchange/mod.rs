//! Sending a prepared request: attempts, redirects, retries and limits.

mod attempt;
mod base_url;
mod duration;
mod rate_limit;
mod received;
mod retry;
mod steps;

pub use attempt::Attempt;
pub(crate) use base_url::BaseUrl;
pub(crate) use duration::MAX_DURATION;
pub(crate) use rate_limit::Limiter;
pub(crate) use received::receive_body;
pub use retry::RetryPolicy;
pub(crate) use steps::{Exchange, Step};
