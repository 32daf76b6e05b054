//! The one visitor through which everything is read.
//!
//! It knows no type, only where a value goes: so it is compiled once for each kind of input, not for each model.

use std::borrow::Cow;
use std::fmt::{self, Display};

use serde_core::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde_core::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::one_of::read_one_of;
use super::{List, Object, OneOf, Optional, Scalar, Wire};

/// A JSON value that holds no others.
#[derive(Clone, Copy, Debug)]
pub enum Leaf<'a> {
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

impl Leaf<'_> {
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

/// Where a value that is read goes.
pub enum Target<'a> {
    /// Into a value that holds no others.
    Scalar(&'a mut dyn Scalar),
    /// Into a value that need not be there.
    Optional(&'a mut dyn Optional),
    /// Into a list.
    List(&'a mut dyn List),
    /// Into an object.
    Object(&'a mut dyn Object),
    /// Into a union.
    OneOf(&'a mut dyn OneOf),
    /// Anything is taken as it comes.
    Any(&'a mut Value),
}

/// Reads a value of any type.
///
/// # Errors
///
/// When the input does not fit the type.
pub fn read<'de, T: Wire, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
    let mut value = T::default();
    Reader::new(value.target()).deserialize(input)?;
    Ok(value)
}

/// Reads one value into its target; whatever that does not take is an error that names both kinds.
pub(crate) struct Reader<'a> {
    target: Target<'a>,
    /// Whether null stands for the empty value.
    nullable: bool,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(target: Target<'a>) -> Self {
        Self { target, nullable: true }
    }

    fn leaf<E: Error>(self, leaf: Leaf<'_>) -> Result<(), E> {
        match self.target {
            Target::Scalar(scalar) => scalar.set(leaf).map_err(|found| mismatch(scalar.expected(), found)),
            Target::Optional(optional) => match leaf {
                Leaf::Null => {
                    optional.clear();
                    Ok(())
                }
                present => Self::new(optional.fill()).leaf(present),
            },
            Target::List(list) => match leaf {
                Leaf::Null => {
                    list.clear();
                    Ok(())
                }
                other => Err(mismatch("a list", other.kind())),
            },
            Target::Object(object) => match leaf {
                Leaf::Null if object.required().is_empty() => Ok(()),
                other => Err(mismatch("an object", other.kind())),
            },
            Target::OneOf(_) => match leaf {
                Leaf::Null => Ok(()),
                other => Err(mismatch("an object", other.kind())),
            },
            Target::Any(value) => {
                *value = to_value(leaf);
                Ok(())
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        if self.nullable {
            self.leaf(Leaf::Null)
        } else {
            Err(mismatch("a value", "null"))
        }
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        self.deserialize(input)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.leaf(Leaf::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.leaf(Leaf::Signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.leaf(Leaf::Unsigned(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.leaf(Leaf::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.leaf(Leaf::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, input: A) -> Result<(), A::Error> {
        match self.target {
            Target::List(list) => read_items(input, list),
            Target::Optional(optional) => Self::new(optional.fill()).visit_seq(input),
            Target::Any(value) => {
                *value = Value::deserialize(SeqAccessDeserializer::new(input))?;
                Ok(())
            }
            Target::Scalar(scalar) => Err(mismatch(scalar.expected(), "a list")),
            Target::Object(_) | Target::OneOf(_) => Err(mismatch("an object", "a list")),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, input: A) -> Result<(), A::Error> {
        match self.target {
            Target::Object(object) => read_fields(input, object),
            Target::OneOf(one_of) => read_one_of(input, one_of),
            Target::Optional(optional) => Self::new(optional.fill()).visit_map(input),
            Target::Any(value) => {
                *value = Value::deserialize(MapAccessDeserializer::new(input))?;
                Ok(())
            }
            Target::Scalar(scalar) => read_digits(input, scalar),
            Target::List(_) => Err(mismatch("a list", "an object")),
        }
    }
}

fn read_items<'de, A: SeqAccess<'de>>(mut input: A, list: &mut dyn List) -> Result<(), A::Error> {
    struct Next<'a>(&'a mut dyn List);

    impl<'de> DeserializeSeed<'de> for Next<'_> {
        type Value = ();

        fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
            Reader::new(self.0.grow()).deserialize(input)
        }
    }

    list.clear();
    let mut index = 0;
    while input
        .next_element_seed(Next(list))
        .map_err(|error| at_index(index, &error))?
        .is_some()
    {
        index += 1;
    }
    Ok(())
}

fn read_fields<'de, A: MapAccess<'de>>(mut input: A, object: &mut dyn Object) -> Result<(), A::Error> {
    let mut missing = object.required();
    while let Some(key) = next_key(&mut input)? {
        match object.field(&key) {
            Some(target) => {
                let nullable = !missing.came(&key);
                input
                    .next_value_seed(Reader { target, nullable })
                    .map_err(|error| at_key(&key, &error))?;
            }
            None => {
                input.next_value::<IgnoredAny>()?;
            }
        }
    }
    match missing.first() {
        None => Ok(()),
        Some(name) => Err(at_key(name, &A::Error::custom("the field is missing"))),
    }
}

/// Reads a number as `serde_json` shows it once any crate of the build turns on its `arbitrary_precision`.
#[cold]
fn read_digits<'de, A: MapAccess<'de>>(mut input: A, scalar: &mut dyn Scalar) -> Result<(), A::Error> {
    let mismatch = |found| mismatch(scalar.expected(), found);
    if next_key(&mut input)?.as_deref() != Some("$serde_json::private::Number") {
        return Err(mismatch("an object"));
    }
    let digits: Cow<'_, str> = input.next_value()?;
    let unsigned = digits.parse().map(Leaf::Unsigned);
    let number = unsigned
        .or_else(|_| digits.parse().map(Leaf::Signed))
        .or_else(|_| digits.parse().map(Leaf::Float));
    let number = number.map_err(|_| mismatch("another number"))?;
    scalar
        .set(number)
        .map_err(|found| self::mismatch(scalar.expected(), found))
}

fn to_value(leaf: Leaf<'_>) -> Value {
    match leaf {
        Leaf::Null => Value::Null,
        Leaf::Bool(value) => value.into(),
        Leaf::Signed(value) => value.into(),
        Leaf::Unsigned(value) => value.into(),
        Leaf::Float(value) => value.into(),
        Leaf::Text(value) => value.into(),
    }
}

/// Reads the next key of an object, borrowed from the input where it stands there as it is.
pub(crate) fn next_key<'de, A: MapAccess<'de>>(object: &mut A) -> Result<Option<Cow<'de, str>>, A::Error> {
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

#[cold]
fn mismatch<E: Error>(expected: &str, found: &str) -> E {
    E::custom(format_args!("expected {expected}, found {found}"))
}

/// The error, as it reads one level further out: under a key of an object.
#[cold]
pub(crate) fn at_key<E: Error>(key: &str, error: &dyn Display) -> E {
    E::custom(outward(key, error))
}

/// The error, as it reads one level further out: at a place in a list.
#[cold]
fn at_index<E: Error>(index: usize, error: &E) -> E {
    E::custom(outward(&format!("[{index}]"), error))
}

const OPENING: &str = "at `";
const CLOSING: &str = "`: ";

fn outward(step: &str, error: &dyn Display) -> String {
    let text = error.to_string();
    match text.strip_prefix(OPENING) {
        Some(inner) if inner.starts_with('[') => format!("{OPENING}{step}{inner}"),
        Some(inner) => format!("{OPENING}{step}.{inner}"),
        None => format!("{OPENING}{step}{CLOSING}{text}"),
    }
}

/// Parts what [`at_key`] and [`at_index`] have joined: the path, empty at the top, and what is wrong there.
pub(crate) fn split_path(text: &str) -> (&str, &str) {
    text.strip_prefix(OPENING)
        .and_then(|rest| rest.split_once(CLOSING))
        .unwrap_or(("", text))
}
