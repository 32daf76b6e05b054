//! Constant values in request bodies.

use crate::runtime::json::View;

/// A constant value in a request body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "an API may not use all of these")]
pub enum Constant {
    /// A boolean.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// A string.
    Text(&'static str),
}

#[cfg(feature = "fake")]
impl PartialEq<serde_json::Value> for Constant {
    fn eq(&self, other: &serde_json::Value) -> bool {
        match self {
            Self::Boolean(value) => other == value,
            Self::Integer(value) => other == value,
            Self::Text(value) => other == value,
        }
    }
}

impl Constant {
    pub(super) fn view(&self) -> View<'_> {
        match *self {
            Self::Boolean(value) => View::Bool(value),
            Self::Integer(value) => View::Signed(value),
            Self::Text(value) => View::Text(value),
        }
    }
}
