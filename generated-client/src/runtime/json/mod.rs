//! How values read and write JSON: forgivingly in, sparingly out.
//!
//! A server that leaves out or nulls what is empty must not break a client, so null and absent read as the
//! empty value wherever a type has one. A type says only where a value that is read goes ([`Target`]) and what of it is
//! written ([`View`]): reading and writing themselves are compiled once, not once for each model. Every level of nesting
//! adds its key to an error on the way out, so that a value which reads well pays nothing for good messages.

mod codec;
mod containers;
mod decode;
mod object;
mod one_of;
mod open_enum;
mod patch;
mod path;
mod read;
mod required;
mod scalars;
mod secret;
#[cfg(test)]
mod tests;
mod unknown_value;
mod value;
mod write;

pub use codec::Codec;
pub use decode::DecodeError;
pub(crate) use decode::decode_json;
#[allow(unused_imports, reason = "an API may have no objects")]
pub(crate) use object::{object, serde};
pub use one_of::UnknownKeys;
#[allow(unused_imports, reason = "an API may have no unions")]
pub(crate) use one_of::one_of;
#[allow(unused_imports, reason = "an API may have no enumerations")]
pub(crate) use open_enum::values;
pub use patch::Patch;
pub use read::read;
pub use required::Required;
pub use scalars::text;
pub use secret::SecretString;
pub use unknown_value::UnknownValue;
pub use value::{JsonValue, List, Object, ObjectView, OneOf, Optional, Primitive, Scalar, Target, View};
