//! How values read and write JSON: forgivingly in, sparingly out.
//!
//! A server that leaves out or nulls what is empty must not break a client, so null and absent read as the
//! empty value wherever a type has one. All reading goes through one visitor, and every level of nesting adds
//! its key to an error on the way out, so that a value which reads well pays nothing for good messages.

mod containers;
mod decode;
mod object;
mod one_of;
mod patch;
mod read;
mod scalars;
mod secret;
#[cfg(test)]
mod tests;
mod values;

use serde_core::Serialize;
use serde_core::de::Deserializer;

pub use decode::DecodeError;
pub(crate) use decode::decode;
pub(crate) use object::next_key;
#[allow(unused_imports, reason = "an API may have no objects")]
pub(crate) use object::object;
pub use object::{Object, Required, field, read_object, required_field};
#[allow(unused_imports, reason = "an API may have no unions")]
pub(crate) use one_of::one_of;
pub use one_of::{OneOf, UnknownKeys, read_one_of};
pub use patch::Patch;
pub(crate) use read::{Leaf, Plain, Read, at_index, at_key, mismatch, read};
pub use scalars::read_text;
pub use secret::SecretString;
#[allow(unused_imports, reason = "an API may have no enumerations")]
pub(crate) use values::values;

/// A value of the API: read forgivingly, left out of what is sent when empty.
pub trait Wire: Serialize + Sized {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// When the input is no JSON, or holds a value of another kind.
    fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error>;

    /// Whether an object that is sent leaves out a field of this value.
    fn is_empty(&self) -> bool;
}
