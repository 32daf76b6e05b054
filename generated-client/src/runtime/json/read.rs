//! The one visitor through which everything is read.

use std::fmt::{self, Display};
use std::marker::PhantomData;

use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::Wire;

/// A JSON value that holds no others.
#[derive(Clone, Copy)]
pub(crate) enum Leaf<'a> {
    Null,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    Float(f64),
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

/// Reads one kind of value; whatever it does not take is an error that names both kinds.
pub(crate) trait Read<'de>: Sized {
    type Value;

    /// What is taken, with its article.
    const EXPECTED: &'static str;

    /// Takes a leaf, or says what was found instead.
    fn leaf(self, leaf: Leaf<'_>) -> Result<Self::Value, &'static str> {
        Err(leaf.kind())
    }

    /// Takes a text that stands in the input as it is.
    fn borrowed(self, text: &'de str) -> Result<Self::Value, &'static str> {
        self.leaf(Leaf::Text(text))
    }

    fn list<A: SeqAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(mismatch(Self::EXPECTED, "a list"))
    }

    fn object<A: MapAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(mismatch(Self::EXPECTED, "an object"))
    }
}

/// Reads whatever comes next.
pub(crate) fn read<'de, D: Deserializer<'de>, R: Read<'de>>(input: D, reader: R) -> Result<R::Value, D::Error> {
    input.deserialize_any(AnyKind(reader))
}

struct AnyKind<R>(R);

impl<'de, R: Read<'de>> AnyKind<R> {
    fn leaf<E: Error>(self, leaf: Leaf<'_>) -> Result<R::Value, E> {
        self.0.leaf(leaf).map_err(|found| mismatch(R::EXPECTED, found))
    }
}

impl<'de, R: Read<'de>> Visitor<'de> for AnyKind<R> {
    type Value = R::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(R::EXPECTED)
    }

    fn visit_unit<E: Error>(self) -> Result<R::Value, E> {
        self.leaf(Leaf::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<R::Value, E> {
        self.leaf(Leaf::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<R::Value, E> {
        self.leaf(Leaf::Signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<R::Value, E> {
        self.leaf(Leaf::Unsigned(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<R::Value, E> {
        self.leaf(Leaf::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<R::Value, E> {
        self.leaf(Leaf::Text(value))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<R::Value, E> {
        self.0.borrowed(value).map_err(|found| mismatch(R::EXPECTED, found))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<R::Value, A::Error> {
        self.0.list(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<R::Value, A::Error> {
        self.0.object(object)
    }
}

/// Reads a value inside another one.
pub(crate) struct Plain<T>(PhantomData<T>);

impl<T> Plain<T> {
    pub(crate) const NEW: Self = Self(PhantomData);
}

impl<'de, T: Wire> DeserializeSeed<'de> for Plain<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<T, D::Error> {
        T::read(input)
    }
}

#[cold]
pub(crate) fn mismatch<E: Error>(expected: &str, found: &str) -> E {
    E::custom(format_args!("expected {expected}, found {found}"))
}

/// The error, as it reads one level further out: under a key of an object.
#[cold]
pub(crate) fn at_key<E: Error>(key: &str, error: &E) -> E {
    E::custom(outward(key, error))
}

/// The error, as it reads one level further out: at a place in a list.
#[cold]
pub(crate) fn at_index<E: Error>(index: usize, error: &E) -> E {
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
