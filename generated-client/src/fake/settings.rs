//! The settings of a fake.

use zeroize::Zeroizing;

use crate::runtime::Api;

/// The settings of a fake, except for its clock.
pub(super) struct Settings {
    pub(super) api: &'static Api,
    pub(super) key: Zeroizing<String>,
    /// Without a trailing slash.
    pub(super) base_url: String,
    pub(super) record_requests: bool,
}
