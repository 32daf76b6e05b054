//! The settings of a fake.

use crate::runtime::{Api, Credentials};

/// The settings of a fake, except for its clock.
pub(super) struct Settings {
    pub(super) api: &'static Api,
    /// The credentials that requests must carry.
    pub(super) credentials: Credentials,
    /// Without a trailing slash.
    pub(super) base_url: String,
    pub(super) record_requests: bool,
}
