//! Responses and their decoding.

mod by_status;
mod decode;
mod raw;
mod with_response;

#[allow(unused_imports, reason = "unused in an API without such operations")]
pub(crate) use by_status::responses;
pub use decode::FromResponse;
pub(crate) use decode::{decode, decode_with_response, succeeded, undecodable};
pub use raw::RawResponse;
pub(crate) use raw::ReceivedResponse;
pub use with_response::Response;
