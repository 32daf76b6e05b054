//! Parameters with another representation than the default one of their type.

use std::fmt::{self, Display};

use super::{Query, QueryValues};
use crate::runtime::base64;
use crate::runtime::json::{Codec, JsonValue, Primitive, View};

/// A parameter with its codec.
#[derive(Debug)]
#[allow(dead_code, reason = "unused in an API without such parameters")]
pub struct Coded<'a, T>(pub &'a T, pub Codec);

/// An object in a query, with or without a codec.
pub trait Viewed {
    /// Returns the view.
    fn encoded(&self) -> View<'_>;
}

impl<T: JsonValue> Viewed for T {
    fn encoded(&self) -> View<'_> {
        self.view()
    }
}

impl<T: JsonValue> Viewed for Coded<'_, T> {
    fn encoded(&self) -> View<'_> {
        self.0.view().coded(self.1)
    }
}

/// Writes a single value.
impl<T: JsonValue> Display for Coded<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shown(self.encoded()).fmt(formatter)
    }
}

impl<T: JsonValue> Query for Coded<'_, T> {
    fn each(&self, values: &mut QueryValues<'_>) {
        match self.encoded() {
            View::Null => {}
            View::List(list, codec) => {
                for item in (0..).map_while(|index| list.item(index)) {
                    values.add(&Shown(item.coded(codec)));
                }
            }
            single => values.add(&Shown(single)),
        }
    }
}

/// A single value as text. An object or a list has none.
pub(super) struct Shown<'a>(pub(super) View<'a>);

impl Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            View::Bool(value) | View::Quoted(Primitive::Bool(value)) => value.fmt(formatter),
            View::Signed(value) | View::Quoted(Primitive::Signed(value)) => value.fmt(formatter),
            View::Unsigned(value) | View::Quoted(Primitive::Unsigned(value)) => value.fmt(formatter),
            View::Float(value) | View::Quoted(Primitive::Float(value)) => value.fmt(formatter),
            View::Text(value) | View::Quoted(Primitive::Text(value)) => formatter.write_str(value),
            View::Timestamp(value) => value.fmt(formatter),
            View::Display(value) => value.fmt(formatter),
            View::Bytes(value) => formatter.write_str(&base64::encode(value)),
            View::Any(value) => value.fmt(formatter),
            View::Null | View::Quoted(Primitive::Null) | View::List(..) | View::Object(..) => Ok(()),
        }
    }
}
