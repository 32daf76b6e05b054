//! Responses and their decoding.

mod by_status;
mod decode;
mod raw;
mod with_response;

#[allow(unused_imports, reason = "unused in an API without such operations")]
pub(crate) use by_status::responses;
pub use decode::FromResponse;
pub(crate) use decode::decode_with_response;
pub use raw::{RawResponse, ReceivedResponse};
pub use with_response::Response;
