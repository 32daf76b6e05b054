//! Encoding of all types.

use std::fmt::Display;

use serde_core::ser::{Error, SerializeMap};
use serde_core::{Serialize, Serializer};

use super::{Codec, JsonValue, Members, ObjectView, Primitive, View};
use crate::runtime::base64;

const NOT_FINITE: &str = "infinity and NaN are not JSON numbers";

/// Encodes a value of any type.
///
/// # Errors
///
/// Returns an error if the value has no JSON representation, or the output fails.
pub fn write<T: JsonValue, S: Serializer>(value: &T, output: S) -> Result<S::Ok, S::Error> {
    value.view().serialize(output)
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Null => output.serialize_unit(),
            Self::Bool(value) => output.serialize_bool(value),
            Self::Signed(value) => output.serialize_i64(value),
            Self::Unsigned(value) => output.serialize_u64(value),
            // JSON cannot represent these. `serde_json` would write null.
            Self::Float(value) if !value.is_finite() => Err(S::Error::custom(NOT_FINITE)),
            Self::Float(value) => output.serialize_f64(value),
            Self::Text(value) => output.serialize_str(value),
            Self::Timestamp(value) => write_text(&value, output),
            Self::Display(value) => write_text(value, output),
            Self::Bytes(value) => output.serialize_str(&base64::encode(value)),
            Self::Quoted(value) => write_quoted(value, output),
            Self::List(list, codec) => {
                output.collect_seq((0..).map_while(|index| list.item(index).map(|item| item.coded(codec))))
            }
            Self::Object(object, codec) => write_entries(object, codec, output),
            Self::Any(value) => value.serialize(output),
        }
    }
}

fn write_quoted<S: Serializer>(value: Primitive<'_>, output: S) -> Result<S::Ok, S::Error> {
    match value {
        Primitive::Null => output.serialize_unit(),
        Primitive::Bool(value) => write_text(&value, output),
        Primitive::Signed(value) => write_text(&value, output),
        Primitive::Unsigned(value) => write_text(&value, output),
        Primitive::Float(value) if !value.is_finite() => Err(S::Error::custom(NOT_FINITE)),
        Primitive::Float(value) => write_text(&value, output),
        Primitive::Text(value) => output.serialize_str(value),
    }
}

/// Writes a value as a string. A trait object, so that this is compiled once for each format, not for each type.
fn write_text<S: Serializer>(value: &dyn Display, output: S) -> Result<S::Ok, S::Error> {
    output.collect_str(value)
}

fn write_entries<S: Serializer>(object: &dyn ObjectView, codec: Codec, output: S) -> Result<S::Ok, S::Error> {
    let mut map = output.serialize_map(None)?;
    let mut outcome = Ok(());
    object.members(&mut Members::new(&mut |key, value| {
        if outcome.is_ok() {
            outcome = map.serialize_entry(key, &value.coded(codec));
        }
    }));
    outcome?;
    map.end()
}
