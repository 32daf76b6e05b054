//! The settings of a fake that its requests depend on.

use zeroize::Zeroizing;

use crate::runtime::Api;

/// The settings of a fake, except for its clock.
pub(super) struct Settings {
    pub(super) api: &'static Api,
    pub(super) key: Zeroizing<String>,
    /// Without a slash at its end.
    pub(super) base_url: String,
    pub(super) record_requests: bool,
}
