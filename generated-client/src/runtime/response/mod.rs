//! Responses and their decoding.

mod decode;
mod raw;
mod with_response;

pub use decode::FromResponse;
pub(crate) use decode::{decode, decode_with_response, succeeded, undecodable};
pub use raw::RawResponse;
pub(crate) use raw::ReceivedResponse;
pub use with_response::Response;
