//! How everything is written, whatever its type.

use std::fmt::Display;

use serde_core::ser::SerializeMap;
use serde_core::{Serialize, Serializer};
use serde_json::Value;

use super::{Entries, List};

/// A value as it is written.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number that may be negative.
    Signed(i64),
    /// A whole number.
    Unsigned(u64),
    /// A number with a fraction.
    Float(f64),
    /// A string.
    Text(&'a str),
    /// A string, as a value shows itself.
    Shown(&'a dyn Display),
    /// A list.
    List(&'a dyn List),
    /// An object.
    Object(&'a dyn Entries),
    /// Anything.
    Any(&'a Value),
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Null => output.serialize_unit(),
            Self::Bool(value) => output.serialize_bool(value),
            Self::Signed(value) => output.serialize_i64(value),
            Self::Unsigned(value) => output.serialize_u64(value),
            Self::Float(value) => output.serialize_f64(value),
            Self::Text(value) => output.serialize_str(value),
            Self::Shown(value) => output.collect_str(value),
            Self::List(list) => output.collect_seq((0..).map_while(|index| list.item(index))),
            Self::Object(object) => write_entries(object, output),
            Self::Any(value) => value.serialize(output),
        }
    }
}

fn write_entries<S: Serializer>(object: &dyn Entries, output: S) -> Result<S::Ok, S::Error> {
    let mut map = output.serialize_map(None)?;
    let mut outcome = Ok(());
    object.each(&mut |key, value| {
        if outcome.is_ok() {
            outcome = map.serialize_entry(key, &value);
        }
    });
    outcome?;
    map.end()
}
