//! How values read and write JSON: forgivingly in, sparingly out.
//!
//! A server that leaves out or nulls what is empty must not break a client, so null and absent read as the
//! empty value wherever a type has one. A type says only where a value that is read goes ([`Target`]) and what of it is
//! written ([`View`]): reading and writing themselves are compiled once, not once for each model. Every level of nesting
//! adds its key to an error on the way out, so that a value which reads well pays nothing for good messages.

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
mod write;

pub use containers::{List, Optional};
pub use decode::DecodeError;
pub(crate) use decode::decode;
pub use object::{Entries, Object, Required};
#[allow(unused_imports, reason = "an API may have no objects")]
pub(crate) use object::{object, serde};
#[allow(unused_imports, reason = "an API may have no unions")]
pub(crate) use one_of::one_of;
pub use one_of::{OneOf, UnknownKeys};
pub use patch::Patch;
pub use read::{Leaf, Target, read};
pub use scalars::{Scalar, text};
pub use secret::SecretString;
#[allow(unused_imports, reason = "an API may have no enumerations")]
pub(crate) use values::values;
pub use write::View;

/// A value of the API: read forgivingly, left out of what is sent when empty.
pub trait Wire: Default {
    /// Where a value that is read goes.
    fn target(&mut self) -> Target<'_>;

    /// The value as it is written.
    fn view(&self) -> View<'_>;

    /// Whether an object that is sent leaves out a field of this value.
    fn is_empty(&self) -> bool;
}
