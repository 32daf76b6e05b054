//! What a type says of itself so that it can be read and written.

use std::fmt;

use serde_json::{Map, Value};

use super::{Codec, Required};
use crate::runtime::Timestamp;

/// A value of the API: read forgivingly, left out of what is sent when empty.
pub trait JsonValue: Sized {
    /// Returns the value that reading starts with. Not every type is complete without what is then read, so that it
    /// need not be a `Default`.
    fn empty() -> Self;

    /// Where a value that is read goes.
    fn target(&mut self) -> Target<'_>;

    /// The value as it is written.
    fn view(&self) -> View<'_>;

    /// Whether an object that is sent leaves out a field of this value.
    fn is_empty(&self) -> bool;
}

/// A JSON value that holds no others.
#[derive(Clone, Copy, Debug)]
pub enum Primitive<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number that may be negative.
    Signed(i64),
    /// A whole number.
    Unsigned(u64),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(&'a str),
}

impl Primitive<'_> {
    /// What the value is, never what it holds.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Signed(_) | Self::Unsigned(_) => "a whole number",
            Self::Float(_) => "a number with a fraction",
            Self::Text(_) => "a string",
        }
    }
}

/// Where a value that is read goes, and its form in JSON.
pub enum Target<'a> {
    /// Into a value that holds no others.
    Scalar(&'a mut dyn Scalar, Codec),
    /// Into a value that need not be there.
    Optional(&'a mut dyn Optional, Codec),
    /// Into a list.
    List(&'a mut dyn List, Codec),
    /// Into an object.
    Object(&'a mut dyn Object, Codec),
    /// Into a union.
    OneOf(&'a mut dyn OneOf),
    /// Anything is taken as it comes.
    Any(&'a mut Value),
}

impl Target<'_> {
    /// Reads the value, or each value in it, by this codec.
    #[must_use]
    pub fn coded(self, codec: Codec) -> Self {
        match self {
            Self::Scalar(scalar, _) => Self::Scalar(scalar, codec),
            Self::Optional(optional, _) => Self::Optional(optional, codec),
            Self::List(list, _) => Self::List(list, codec),
            Self::Object(object, _) => Self::Object(object, codec),
            Self::OneOf(_) | Self::Any(_) => self,
        }
    }
}

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
    /// A timestamp in RFC 3339.
    Timestamp(Timestamp),
    /// A list, and the codec of its values.
    List(&'a dyn List, Codec),
    /// An object, and the codec of its values.
    Object(&'a dyn ObjectView, Codec),
    /// Anything.
    Any(&'a Value),
}

impl View<'_> {
    /// Writes the value, or each value in it, by this codec.
    #[must_use]
    pub fn coded(self, codec: Codec) -> Self {
        match (self, codec) {
            (Self::Timestamp(time), Codec::EpochSeconds) => Self::Signed(time.as_second()),
            (Self::Timestamp(time), Codec::EpochMilliseconds) => Self::Signed(time.as_millisecond()),
            (Self::List(list, _), codec) => Self::List(list, codec),
            (Self::Object(object, _), codec) => Self::Object(object, codec),
            (other, _) => other,
        }
    }
}

/// Shows no value: it may be secret.
impl fmt::Debug for Target<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Target")
    }
}

/// Shows no value: it may be secret.
impl fmt::Debug for View<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("View")
    }
}

/// A value that holds no others.
pub trait Scalar {
    /// What is taken, with its article.
    fn expected(&self, codec: Codec) -> &'static str;

    /// Takes a leaf.
    ///
    /// # Errors
    ///
    /// What was found, where it does not fit.
    fn set(&mut self, leaf: Primitive<'_>, codec: Codec) -> Result<(), &'static str>;
}

/// A value that need not be there.
pub trait Optional {
    /// Makes it absent, since null came.
    fn clear(&mut self);

    /// Makes it present, since another value came: that goes into the target.
    fn fill(&mut self) -> Target<'_>;
}

/// A list of values.
pub trait List {
    /// Takes all values out.
    fn clear(&mut self);

    /// Adds an empty value at the end, which is read into the target.
    fn grow(&mut self) -> Target<'_>;

    /// The value at this place, as it is written; none past the end.
    fn item(&self, index: usize) -> Option<View<'_>>;
}

/// What is written as an object.
pub trait ObjectView {
    /// Hands on each entry that is written.
    fn each(&self, write: &mut dyn FnMut(&str, View<'_>));
}

/// What is read from an object. Made by `object!` beside the struct.
pub trait Object {
    /// The fields that must be there.
    fn required(&self) -> Required;

    /// Where the value of this field goes; none where there is no such field.
    fn field(&mut self, name: &str) -> Option<Target<'_>>;
}

/// A value told from others by the one key that is set. Made by `one_of!` beside the enum.
pub trait OneOf {
    /// The keys that the schema lists.
    fn keys(&self) -> &'static [&'static str];

    /// Makes it the value of a listed key, which is read into the target.
    fn choose(&mut self, key: &str) -> Option<Target<'_>>;

    /// Keeps entries of which not exactly one is listed.
    fn keep(&mut self, entries: Map<String, Value>);
}
