//! The parts of a request body that are the same in every call of an operation.

use crate::runtime::json::{Codec, Members, ObjectView, View};

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
    fn view(&self) -> View<'_> {
        match *self {
            Self::Boolean(value) => View::Bool(value),
            Self::Integer(value) => View::Signed(value),
            Self::Text(value) => View::Text(value),
        }
    }
}

/// An object with constants, and the entries of another object.
pub(super) struct WithConstants<'a> {
    pub(super) constants: &'static [(&'static str, Constant)],
    /// The object, and the codec of its values if it is a map.
    pub(super) object: Option<(&'a dyn ObjectView, Codec)>,
}

impl ObjectView for WithConstants<'_> {
    fn members(&self, members: &mut Members<'_>) {
        for (key, value) in self.constants {
            members.add(key, value.view());
        }
        if let Some((object, codec)) = self.object {
            let is_constant = |key: &str| self.constants.iter().any(|(constant, _)| *constant == key);
            object.members(&mut Members::new(&mut |key, value| {
                if !is_constant(key) {
                    members.add(key, value.coded(codec));
                }
            }));
        }
    }
}

/// An object with one value under a key.
pub(super) struct UnderKey<'a> {
    pub(super) key: &'static str,
    pub(super) value: View<'a>,
}

impl ObjectView for UnderKey<'_> {
    fn members(&self, members: &mut Members<'_>) {
        members.add(self.key, self.value);
    }
}

/// Returns the view of an object.
pub(super) fn object(object: &dyn ObjectView) -> View<'_> {
    View::Object(object, Codec::Plain)
}
