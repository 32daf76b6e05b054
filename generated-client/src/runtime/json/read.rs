//! Decoding of all types.
//!
//! The visitor knows only targets, not types, so it is compiled once for each input format, not for each model.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde_core::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::path::{at_index, at_key};
use super::required::Required;
use super::value::primitive;
use super::{Codec, JsonValue, List, Object, OneOf, Primitive, Target, text};

/// Decodes a value of any type.
///
/// # Errors
///
/// Returns an error if the input does not match the type.
#[inline]
pub fn read<'de, T: JsonValue, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
    let mut value = T::empty();
    JsonReader::new(value.target()).deserialize(input)?;
    Ok(value)
}

/// Decodes a value into its target. If they don't match, returns an error with the expected and the found kind.
pub(crate) struct JsonReader<'a> {
    target: Target<'a>,
    role: Role,
}

/// The role of a value in a document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A value that may be null, which is decoded as the empty value.
    Part,
    /// A value that must not be null.
    RequiredPart,
    /// The whole document. It must not be null unless the type has a null value. An object that has keys must have a known
    /// one, because a document of another shape must not be decoded as an empty object.
    Document,
}

impl<'a> JsonReader<'a> {
    pub(crate) fn new(target: Target<'a>) -> Self {
        Self {
            target,
            role: Role::Part,
        }
    }

    /// Creates a reader for a whole document.
    pub(crate) fn document(target: Target<'a>) -> Self {
        Self {
            target,
            role: Role::Document,
        }
    }

    fn read_primitive<E: Error>(self, primitive: Primitive<'_>) -> Result<(), E> {
        match self.target {
            Target::Text(value) => {
                // `clone_into` would be slower: the string is empty, so it has no allocation to reuse.
                let text = text(primitive).map_err(|found| mismatch("a string", found))?;
                *value = String::from(text);
                Ok(())
            }
            Target::Scalar(scalar, codec) => scalar
                .set(primitive, codec)
                .map_err(|found| mismatch(scalar.expected(codec), found)),
            Target::Optional(optional, codec) => match primitive {
                Primitive::Null => {
                    optional.clear();
                    Ok(())
                }
                Primitive::Text("") if optional.fill().empty_is_absent() => {
                    optional.clear();
                    Ok(())
                }
                present => Self::new(optional.fill().coded(codec)).read_primitive(present),
            },
            Target::List(list, _) => match primitive {
                Primitive::Null => {
                    list.clear();
                    Ok(())
                }
                other => Err(mismatch("an array", other.kind())),
            },
            Target::Object(object, _) => match primitive {
                Primitive::Null if Required::new(object.marked_fields()).is_empty() => Ok(()),
                other => Err(mismatch("an object", other.kind())),
            },
            Target::OneOf(one_of) => match primitive {
                Primitive::Null => Ok(()),
                other => read_one_of_primitive(one_of, other),
            },
            Target::Any(value) => {
                *value = to_value(primitive);
                Ok(())
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for JsonReader<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for JsonReader<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        match (self.role, &self.target) {
            (Role::Part, _) | (Role::Document, Target::Optional(..) | Target::Any(_)) => {
                self.read_primitive(Primitive::Null)
            }
            (Role::RequiredPart, _) => Err(mismatch("a value other than null", "null")),
            (Role::Document, target) => Err(mismatch(target.expected(), "null")),
        }
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        self.deserialize(input)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.read_primitive(Primitive::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.read_primitive(Primitive::Signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.read_primitive(Primitive::Unsigned(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.read_primitive(Primitive::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.read_primitive(Primitive::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, input: A) -> Result<(), A::Error> {
        match self.target {
            Target::List(list, codec) => read_items(input, list, codec),
            Target::Optional(optional, codec) => Self::new(optional.fill().coded(codec)).visit_seq(input),
            Target::Any(value) => {
                *value = Value::deserialize(SeqAccessDeserializer::new(input))?;
                Ok(())
            }
            Target::OneOf(one_of) => read_one_of_array(input, one_of),
            other @ (Target::Text(_) | Target::Scalar(..) | Target::Object(..)) => {
                Err(mismatch(other.expected(), "an array"))
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, input: A) -> Result<(), A::Error> {
        match self.target {
            Target::Object(object, codec) => read_fields(input, object, codec, self.role),
            Target::OneOf(one_of) => read_one_of_object(input, one_of),
            Target::Optional(optional, codec) => Self {
                target: optional.fill().coded(codec),
                role: self.role,
            }
            .visit_map(input),
            Target::Any(value) => {
                *value = Value::deserialize(MapAccessDeserializer::new(input))?;
                Ok(())
            }
            Target::Text(_) | Target::Scalar(..) => read_digits(input, self.target),
            Target::List(..) => Err(mismatch("an array", "an object")),
        }
    }
}

fn read_items<'de, A: SeqAccess<'de>>(mut input: A, list: &mut dyn List, codec: Codec) -> Result<(), A::Error> {
    struct Next<'a>(&'a mut dyn List, Codec);

    impl<'de> DeserializeSeed<'de> for Next<'_> {
        type Value = ();

        fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
            JsonReader::new(self.0.grow().coded(self.1)).deserialize(input)
        }
    }

    list.clear();
    let mut index = 0;
    while input
        .next_element_seed(Next(list, codec))
        .map_err(|error| at_index(index, &error))?
        .is_some()
    {
        index += 1;
    }
    Ok(())
}

fn read_fields<'de, A: MapAccess<'de>>(
    mut input: A,
    object: &mut dyn Object,
    codec: Codec,
    role: Role,
) -> Result<(), A::Error> {
    let mut missing = Required::new(object.marked_fields());
    let contains_documents = object.contains_documents();
    let mut has_known_key = role != Role::Document;
    let mut unknown = None;
    while let Some(key) = next_key(&mut input)? {
        let role = match (missing.mark_present(&key), contains_documents) {
            (_, true) => Role::Document,
            (true, false) => Role::RequiredPart,
            (false, false) => Role::Part,
        };
        let field = FieldReader {
            object,
            name: &key,
            codec,
            role,
        };
        let is_known = input.next_value_seed(field).map_err(|error| at_key(&key, &error))?;
        has_known_key |= is_known;
        if !has_known_key {
            unknown.get_or_insert(key);
        }
    }
    if let Some(key) = unknown.filter(|_| !has_known_key) {
        return Err(no_known_key(&key));
    }
    match missing.first_missing() {
        None => Ok(()),
        Some(name) => Err(at_key(name, &A::Error::custom("the field is missing"))),
    }
}

/// Decodes the value of a field, and returns whether the field is known.
struct FieldReader<'a> {
    object: &'a mut dyn Object,
    name: &'a str,
    /// The codec of the values of a map. Fields of an object have codecs of their own.
    codec: Codec,
    role: Role,
}

impl<'de> DeserializeSeed<'de> for FieldReader<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<bool, D::Error> {
        let Some(target) = self.object.field(self.name) else {
            return IgnoredAny::deserialize(input).map(|_| false);
        };
        let role = self.role;
        let target = target.coded(self.codec);
        JsonReader { target, role }.deserialize(input).map(|()| true)
    }
}

// The functions for unions are separate, because inlining them would slow down the decoding of other types.

#[cold]
#[inline(never)]
fn read_one_of_primitive<E: Error>(one_of: &mut dyn OneOf, primitive: Primitive<'_>) -> Result<(), E> {
    one_of.decode(to_value(primitive)).map_err(E::custom)
}

#[cold]
#[inline(never)]
fn read_one_of_array<'de, A: SeqAccess<'de>>(input: A, one_of: &mut dyn OneOf) -> Result<(), A::Error> {
    let items = Value::deserialize(SeqAccessDeserializer::new(input))?;
    one_of.decode(items).map_err(A::Error::custom)
}

/// The member is often only known at the end of the object, so all entries are collected first.
#[cold]
#[inline(never)]
fn read_one_of_object<'de, A: MapAccess<'de>>(input: A, one_of: &mut dyn OneOf) -> Result<(), A::Error> {
    one_of.decode(read_entries(input)?).map_err(A::Error::custom)
}

/// Decodes a value that was collected to find the member of a union.
pub(crate) fn read_value(target: Target<'_>, value: Value) -> Result<(), serde_json::Error> {
    match target {
        Target::OneOf(one_of) if !value.is_null() => one_of.decode(value),
        other => JsonReader::new(other).deserialize(value),
    }
}

/// The key of a number as `serde_json` presents it if any crate in the build enables its feature `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

/// Collects the entries of an object.
fn read_entries<'de, A: MapAccess<'de>>(mut input: A) -> Result<Value, A::Error> {
    let mut entries = Map::new();
    while let Some(key) = next_key(&mut input)? {
        if key == NUMBER {
            let digits: Cow<'_, str> = input.next_value()?;
            return digits.parse().map(Value::Number).map_err(A::Error::custom);
        }
        let value: Value = input.next_value().map_err(|error| at_key(&key, &error))?;
        entries.insert(key.into_owned(), value);
    }
    Ok(Value::Object(entries))
}

/// Decodes a number with the key [`NUMBER`].
#[cold]
fn read_digits<'de, A: MapAccess<'de>>(mut input: A, target: Target<'_>) -> Result<(), A::Error> {
    if next_key(&mut input)?.as_deref() != Some(NUMBER) {
        return Err(mismatch(target.expected(), "an object"));
    }
    let digits: Cow<'_, str> = input.next_value()?;
    set_number(target, &digits).map_err(A::Error::custom)
}

fn set_number(target: Target<'_>, digits: &str) -> Result<(), serde_json::Error> {
    let number = digits.parse().ok().map(Value::Number);
    match number.as_ref().and_then(primitive) {
        Some(number) => JsonReader::new(target).read_primitive(number),
        None => Err(mismatch(target.expected(), "an unsupported number")),
    }
}

fn to_value(primitive: Primitive<'_>) -> Value {
    match primitive {
        Primitive::Null => Value::Null,
        Primitive::Bool(value) => value.into(),
        Primitive::Signed(value) => value.into(),
        Primitive::Unsigned(value) => value.into(),
        Primitive::Float(value) => value.into(),
        Primitive::Text(value) => value.into(),
    }
}

/// Reads the next key of an object. The key is borrowed from the input if it contains no escape sequences.
fn next_key<'de, A: MapAccess<'de>>(object: &mut A) -> Result<Option<Cow<'de, str>>, A::Error> {
    object.next_key_seed(Key)
}

struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        input.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

/// Returns the error for a document without a known key.
#[cold]
fn no_known_key<E: Error>(first: &str) -> E {
    E::custom(format_args!(
        "the object has no known key, only others such as `{first}`"
    ))
}

#[cold]
fn mismatch<E: Error>(expected: &str, found: &str) -> E {
    E::custom(format_args!("expected {expected}, found {found}"))
}
