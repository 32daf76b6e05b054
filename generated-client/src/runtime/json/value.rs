//! The traits of types that can be decoded and encoded.

use std::any::Any;
use std::fmt;

use serde_json::Value;

use super::Codec;
use crate::runtime::Timestamp;

/// A type that can be decoded from JSON and encoded as JSON.
pub trait JsonValue: Sized {
    /// The functions that decode and encode the values of the type.
    type Form: Form<Self>;

    /// Returns the value before decoding. It may be invalid until its required fields are decoded, which is why this is
    /// not `Default`.
    fn empty() -> Self;

    /// Returns the target for decoding this value.
    fn target(&mut self) -> Target<'_> {
        Self::Form::target(self)
    }

    /// Returns the view for encoding this value.
    fn view(&self) -> View<'_> {
        Self::Form::view(self)
    }

    /// Like [`view`](Self::view), but a trait object in the view is made from the reference.
    // A trait object made from the value refers to the code that drops the value, which would be compiled although nothing calls it.
    fn view_of<'a>(value: &'a &Self) -> View<'a> {
        Self::Form::view_of(value)
    }

    /// Returns `true` if objects omit a field with this value. By default, those are the objects without a member to encode.
    fn is_empty(&self) -> bool {
        match self.view() {
            View::Object(object, _) => has_no_members(object),
            _ => false,
        }
    }
}

/// Decodes and encodes the values of a type.
///
/// An implementation may serve many types, such as all objects: this way, the compiler checks two functions fewer for each of
/// them.
pub trait Form<T> {
    /// Returns the target for decoding a value.
    fn target(value: &mut T) -> Target<'_>;

    /// Returns the view for encoding a value.
    fn view(value: &T) -> View<'_>;

    /// Returns the view of a reference: see [`JsonValue::view_of`].
    fn view_of<'a>(value: &'a &T) -> View<'a> {
        Self::view(value)
    }
}

/// A JSON value other than an array or an object.
#[derive(Clone, Copy, Debug)]
pub enum Primitive<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A signed integer.
    Signed(i64),
    /// An unsigned integer.
    Unsigned(u64),
    /// A floating-point number.
    Float(f64),
    /// A string.
    Text(&'a str),
}

impl Primitive<'_> {
    /// Returns the type of the value, such as `a boolean`, for error messages.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Signed(_) | Self::Unsigned(_) => "an integer",
            Self::Float(_) => "a floating-point number",
            Self::Text(_) => "a string",
        }
    }
}

/// Returns the type of a value, such as `a boolean`, for error messages.
pub(crate) fn kind(value: &Value) -> &'static str {
    match (primitive(value), value) {
        (Some(primitive), _) => primitive.kind(),
        (None, Value::Object(_)) => "an object",
        (None, _) => "an array",
    }
}

/// Returns a value that is neither an array nor an object.
pub(crate) fn primitive(value: &Value) -> Option<Primitive<'_>> {
    Some(match value {
        Value::Null => Primitive::Null,
        Value::Bool(value) => Primitive::Bool(*value),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Primitive::Unsigned(number),
            (None, Some(number)) => Primitive::Signed(number),
            (None, None) => Primitive::Float(number.as_f64()?),
        },
        Value::String(text) => Primitive::Text(text),
        Value::Array(_) | Value::Object(_) => return None,
    })
}

/// The target for decoding a value, with its codec.
pub enum Target<'a> {
    /// A string.
    Text(&'a mut String),
    /// A primitive value other than a string.
    Scalar(&'a mut dyn Scalar, Codec),
    /// An optional value.
    Optional(&'a mut dyn Optional, Codec),
    /// A list.
    List(&'a mut dyn List, Codec),
    /// An object.
    Object(&'a mut dyn Object, Codec),
    /// A union.
    OneOf(&'a mut dyn OneOf),
    /// Any JSON value, kept verbatim.
    Any(&'a mut Value),
}

impl Target<'_> {
    /// Returns `true` if an empty string stands for an absent value.
    pub(crate) fn empty_is_absent(&self) -> bool {
        match self {
            Self::Scalar(scalar, _) => scalar.empty_is_absent(),
            Self::Text(_) | Self::Optional(..) | Self::List(..) | Self::Object(..) | Self::OneOf(_) | Self::Any(_) => {
                false
            }
        }
    }

    /// Returns the expected kind of value, with an article.
    pub(crate) fn expected(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Scalar(scalar, codec) => scalar.expected(*codec),
            Self::List(..) => "an array",
            Self::Object(..) => "an object",
            Self::OneOf(one_of) => one_of.expected(),
            Self::Optional(..) | Self::Any(_) => "a value",
        }
    }

    /// Returns the same target, borrowed for a shorter time.
    pub(crate) fn reborrow(&mut self) -> Target<'_> {
        match self {
            Self::Text(text) => Target::Text(text),
            Self::Scalar(scalar, codec) => Target::Scalar(&mut **scalar, *codec),
            Self::Optional(optional, codec) => Target::Optional(&mut **optional, *codec),
            Self::List(list, codec) => Target::List(&mut **list, *codec),
            Self::Object(object, codec) => Target::Object(&mut **object, *codec),
            Self::OneOf(one_of) => Target::OneOf(&mut **one_of),
            Self::Any(value) => Target::Any(value),
        }
    }

    /// Sets the codec of the value, or of each value in it. [`Codec::Plain`] keeps the codec that the value has, such as that of a
    /// list in a union.
    #[must_use]
    pub fn coded(self, codec: Codec) -> Self {
        if codec == Codec::Plain {
            return self;
        }
        match self {
            Self::Scalar(scalar, _) => Self::Scalar(scalar, codec),
            Self::Optional(optional, _) => Self::Optional(optional, codec),
            Self::List(list, _) => Self::List(list, codec),
            Self::Object(object, _) => Self::Object(object, codec),
            Self::Text(_) | Self::OneOf(_) | Self::Any(_) => self,
        }
    }
}

/// The view for encoding a value.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A signed integer.
    Signed(i64),
    /// An unsigned integer.
    Unsigned(u64),
    /// A floating-point number.
    Float(f64),
    /// A string.
    Text(&'a str),
    /// A timestamp in RFC 3339.
    Timestamp(Timestamp),
    /// A value whose representation is the string that it displays, such as a date or a UUID.
    Display(&'a dyn fmt::Display),
    /// Bytes in Base64.
    Bytes(&'a [u8]),
    /// A boolean or a number in a string.
    Quoted(Primitive<'a>),
    /// A list, and the codec of its values.
    List(&'a dyn List, Codec),
    /// An object, and the codec of its values.
    Object(&'a dyn ObjectView, Codec),
    /// Any JSON value.
    Any(&'a Value),
}

impl View<'_> {
    /// Sets the codec of the value, or of each value in it. [`Codec::Plain`] keeps the codec that the value has, such as that of a
    /// list in a union.
    #[must_use]
    pub fn coded(self, codec: Codec) -> Self {
        match (self, codec) {
            (view, Codec::Plain) => view,
            (Self::Timestamp(time), Codec::EpochSeconds) => time
                .as_decimal_second()
                .map_or(Self::Signed(time.as_second()), Self::Float),
            (Self::Timestamp(time), Codec::EpochMilliseconds) => Self::Signed(time.as_millisecond()),
            (Self::Bool(value), Codec::Quoted) => Self::Quoted(Primitive::Bool(value)),
            (Self::Signed(value), Codec::Quoted) => Self::Quoted(Primitive::Signed(value)),
            (Self::Unsigned(value), Codec::Quoted) => Self::Quoted(Primitive::Unsigned(value)),
            (Self::Float(value), Codec::Quoted) => Self::Quoted(Primitive::Float(value)),
            (Self::List(list, _), codec) => Self::List(list, codec),
            (Self::Object(object, _), codec) => Self::Object(object, codec),
            (other, _) => other,
        }
    }
}

/// Prints no value, because it may be secret.
impl fmt::Debug for Target<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Target")
    }
}

/// Prints no value, because it may be secret.
impl fmt::Debug for View<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("View")
    }
}

/// Prints no member, because it may be secret.
impl fmt::Debug for Members<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Members")
    }
}

/// A value that is decoded from a primitive.
pub trait Scalar {
    /// Returns the expected kind of value, with an article.
    fn expected(&self, codec: Codec) -> &'static str;

    /// Sets the value.
    ///
    /// # Errors
    ///
    /// Returns the kind of the primitive if it does not match.
    fn set(&mut self, primitive: Primitive<'_>, codec: Codec) -> Result<(), &'static str>;

    /// Returns `true` if an empty string stands for an absent value where the value is optional.
    fn empty_is_absent(&self) -> bool {
        false
    }

    /// Returns `true` if the type lists its values, and this is another one.
    fn is_unknown(&self) -> bool {
        false
    }
}

/// An optional value.
pub trait Optional {
    /// Removes the value, because null was decoded.
    fn clear(&mut self);

    /// Adds an empty value, and returns the target for decoding it.
    fn fill(&mut self) -> Target<'_>;
}

/// A list of values.
pub trait List {
    /// Removes all values.
    fn clear(&mut self);

    /// Appends an empty value, and returns the target for decoding it.
    fn grow(&mut self) -> Target<'_>;

    /// Returns the view of the value at an index, or `None` past the end.
    fn item(&self, index: usize) -> Option<View<'_>>;

    /// Returns the number of values.
    fn length(&self) -> usize;
}

/// A value that is encoded as an object. Separate from [`Object`], so that a binary only contains the parts of a type that it
/// uses.
pub trait ObjectView {
    /// Adds each member to encode.
    fn members(&self, members: &mut Members<'_>);
}

impl<T: ObjectView> ObjectView for &T {
    fn members(&self, members: &mut Members<'_>) {
        (**self).members(members);
    }
}

fn has_no_members(object: &dyn ObjectView) -> bool {
    let mut is_empty = true;
    object.members(&mut Members::new(&mut |_, _| is_empty = false));
    is_empty
}

/// A value that is decoded from an object. Implemented by the macro `object!`.
pub trait Object {
    /// Returns the fields that are always encoded or required, with `true` if they are required. None by default.
    fn marked_fields(&self) -> &'static [(&'static str, bool)] {
        &[]
    }

    /// Returns the target for decoding a field, or `None` if the field is unknown.
    fn field(&mut self, name: &str) -> Option<Target<'_>>;

    /// Returns `true` if each value is decoded like a whole document: null is not an empty value, and an object must have a
    /// known key.
    fn contains_documents(&self) -> bool {
        false
    }
}

/// Receives the members of an object.
pub struct Members<'a> {
    // Behind a struct, because the compiler takes long to check each function whose signature has this type.
    pub(super) visitor: Visitor<'a>,
    /// The keys of the fields, which other members of the object don't replace.
    pub(super) keys: &'static [&'static str],
}

/// A function that is called with the contents of an object.
pub(super) enum Visitor<'a> {
    /// Called with each member to encode.
    Members(&'a mut dyn FnMut(&str, View<'_>)),
    /// Called with the fields of a struct.
    #[allow(dead_code, reason = "unused in an API without objects")]
    Fields(&'a mut dyn FnMut(Fields<'_>)),
}

/// Fields of a struct.
#[allow(dead_code, reason = "unused in an API without objects")]
pub(super) struct Fields<'a> {
    pub(super) names: &'a [&'a str],
    pub(super) values: &'a [&'a dyn FieldView],
}

/// The value of a field, borrowed to encode, print or compare it.
pub trait FieldView: Any + fmt::Debug {
    /// Returns the view, or `None` if the value is empty, unless `even_if_empty`.
    fn view_of_field(&self, even_if_empty: bool) -> Option<View<'_>>;

    /// Returns `true` if the other value is of the same type and equal.
    fn equals(&self, other: &dyn FieldView) -> bool;
}

/// A union. Implemented by the macros `one_of!`, `tagged!` and `any_of!`.
pub trait OneOf {
    /// Returns the expected kind of value, with an article.
    fn expected(&self) -> &'static str;

    /// Selects a member, and returns the target for decoding its value, or `None` if it has none.
    fn choose(&mut self, member: &str) -> Option<Target<'_>>;

    /// Decodes a value. A value of no known member is kept verbatim.
    ///
    /// # Errors
    ///
    /// Returns an error if the value has a known member but does not match its type.
    fn decode(&mut self, value: Value) -> Result<(), serde_json::Error>;

    /// Returns `true` if a value matches a member.
    fn fits(&mut self, value: &Value, fit: Fit) -> bool;
}

/// The values that a type matches when the members of a union are tried in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The values that the schema lists: of an enum, its values; of a union, its members.
    Known,
    /// Those, and the ones that the API may add.
    Open,
}
