//! Decoding and encoding of JSON.
//!
//! Decoding is lenient: servers may omit empty values or send null, so both are decoded as the empty value if the type
//! has one. Encoding omits empty values unless they are required.
//!
//! A type only defines where to store a decoded value ([`Target`]) and which values to encode ([`View`]). The code that
//! decodes and encodes is compiled once, not for each model. If decoding fails, each level of nesting adds its key to
//! the error, so that messages contain the path without a cost for successful responses.

#[allow(dead_code, reason = "unused in an API without untagged unions")]
mod any_of;
mod codec;
mod containers;
mod decode;
mod form;
mod integer_enum;
mod members;
mod object;
mod one_of;
mod open_enum;
mod patch;
mod path;
mod read;
mod required;
mod scalars;
mod secret;
mod selection;
mod spans;
#[allow(dead_code, reason = "unused in an API without tagged unions")]
mod tagged;
#[cfg(test)]
mod tests;
mod text_scalars;
mod unknown_value;
mod value;
mod write;

pub use any_of::UnknownJson;
#[allow(unused_imports, reason = "unused in an API without untagged unions")]
pub(crate) use any_of::{any_of, decode_any_of, fits_any_of, from_members};
pub use codec::Codec;
pub use decode::DecodeError;
pub(crate) use decode::{decode_item, decode_json, dotted};
pub use form::{Direct, EnumForm, ObjectForm, StringEnum, UnionForm};
#[allow(unused_imports, reason = "unused in an API without integer enums")]
pub(crate) use integer_enum::integer_values;
pub use integer_enum::{IntegerEnum, IntegerEnumForm, UnknownInteger};
pub use members::{debug_fields, equal_fields};
#[allow(unused_imports, reason = "unused in an API without objects")]
pub(crate) use object::{object, serde};
pub use one_of::UnknownKeys;
#[allow(unused_imports, reason = "unused in an API without unions")]
pub(crate) use one_of::{decode_one_of, fits_one_of, one_of};
#[allow(unused_imports, reason = "unused in an API without enums")]
pub(crate) use open_enum::values;
pub use patch::Patch;
pub use read::read;
pub use scalars::text;
pub use secret::SecretString;
pub(crate) use selection::Selection;
pub(crate) use spans::{Span, array_items, find_value, parse};
pub use tagged::UnknownMember;
#[allow(unused_imports, reason = "unused in an API without tagged unions")]
pub(crate) use tagged::{add_tagged, decode_tagged, fits_tagged, tagged};
pub use unknown_value::UnknownValue;
pub use value::{
    Fit, Form, JsonValue, List, Members, Object, ObjectView, OneOf, Optional, Primitive, Scalar, Target, View,
};
pub use write::write;
