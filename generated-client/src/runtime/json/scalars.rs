//! Values that hold no others.

use std::borrow::Cow;
use std::str::FromStr;

use serde_core::de::{Deserialize, Deserializer, MapAccess};
use serde_json::Value;

use super::{Leaf, Read, Wire, mismatch, next_key, read};
use crate::runtime::Timestamp;

struct Text;

impl<'de> Read<'de> for Text {
    type Value = Cow<'de, str>;
    const EXPECTED: &'static str = "a string";

    fn leaf(self, leaf: Leaf<'_>) -> Result<Self::Value, &'static str> {
        match leaf {
            Leaf::Null => Ok(Cow::Borrowed("")),
            Leaf::Text(text) => Ok(Cow::Owned(text.to_owned())),
            other => Err(other.kind()),
        }
    }

    fn borrowed(self, text: &'de str) -> Result<Self::Value, &'static str> {
        Ok(Cow::Borrowed(text))
    }
}

/// Reads a text, borrowed from the input where it stands there as it is; null is the empty one.
///
/// # Errors
///
/// When the input is no text.
pub fn read_text<'de, D: Deserializer<'de>>(input: D) -> Result<Cow<'de, str>, D::Error> {
    read(input, Text)
}

impl Wire for String {
    fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        read_text(input).map(Cow::into_owned)
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

struct Boolean;

impl Read<'_> for Boolean {
    type Value = bool;
    const EXPECTED: &'static str = "a boolean";

    fn leaf(self, leaf: Leaf<'_>) -> Result<bool, &'static str> {
        match leaf {
            Leaf::Null => Ok(false),
            Leaf::Bool(value) => Ok(value),
            other => Err(other.kind()),
        }
    }
}

impl Wire for bool {
    fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        read(input, Boolean)
    }

    fn is_empty(&self) -> bool {
        !self
    }
}

macro_rules! whole_numbers {
    ($($type:ident $reader:ident $expected:literal;)*) => {$(
        struct $reader;

        impl<'de> Read<'de> for $reader {
            type Value = $type;
            const EXPECTED: &'static str = $expected;

            fn leaf(self, leaf: Leaf<'_>) -> Result<$type, &'static str> {
                match leaf {
                    Leaf::Null => Ok(0),
                    Leaf::Signed(value) => $type::try_from(value).map_err(|_| "one out of its range"),
                    Leaf::Unsigned(value) => $type::try_from(value).map_err(|_| "one out of its range"),
                    other => Err(other.kind()),
                }
            }

            fn object<A: MapAccess<'de>>(self, object: A) -> Result<$type, A::Error> {
                read_digits(object, Self::EXPECTED)
            }
        }

        impl Wire for $type {
            fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                read(input, $reader)
            }

            fn is_empty(&self) -> bool {
                *self == 0
            }
        }
    )*};
}

whole_numbers! {
    i32 Int32 "a signed 32-bit whole number";
    i64 Int64 "a signed 64-bit whole number";
    u32 Uint32 "an unsigned 32-bit whole number";
    u64 Uint64 "an unsigned 64-bit whole number";
}

/// Reads a number as `serde_json` shows it once any crate of the build turns on its `arbitrary_precision`.
#[cold]
fn read_digits<'de, T: FromStr, A: MapAccess<'de>>(mut object: A, expected: &str) -> Result<T, A::Error> {
    match next_key(&mut object)? {
        Some(key) if key == "$serde_json::private::Number" => {
            let digits: Cow<'_, str> = object.next_value()?;
            digits.parse().map_err(|_| mismatch(expected, "another number"))
        }
        _ => Err(mismatch(expected, "an object")),
    }
}

struct Float64;

impl<'de> Read<'de> for Float64 {
    type Value = f64;
    const EXPECTED: &'static str = "a number";

    #[expect(
        clippy::cast_precision_loss,
        reason = "the API declares a float: any JSON number is read as one"
    )]
    fn leaf(self, leaf: Leaf<'_>) -> Result<f64, &'static str> {
        match leaf {
            Leaf::Null => Ok(0.0),
            Leaf::Signed(value) => Ok(value as f64),
            Leaf::Unsigned(value) => Ok(value as f64),
            Leaf::Float(value) => Ok(value),
            other @ (Leaf::Bool(_) | Leaf::Text(_)) => Err(other.kind()),
        }
    }

    fn object<A: MapAccess<'de>>(self, object: A) -> Result<f64, A::Error> {
        read_digits(object, Self::EXPECTED)
    }
}

impl Wire for f64 {
    fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        read(input, Float64)
    }

    fn is_empty(&self) -> bool {
        *self == 0.0
    }
}

struct Instant;

impl Read<'_> for Instant {
    type Value = Timestamp;
    const EXPECTED: &'static str = "an RFC 3339 timestamp";

    fn leaf(self, leaf: Leaf<'_>) -> Result<Timestamp, &'static str> {
        match leaf {
            Leaf::Text(text) => text.parse().map_err(|_| "another string"),
            other => Err(other.kind()),
        }
    }
}

/// Strict: no moment stands for "none".
impl Wire for Timestamp {
    fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        read(input, Instant)
    }

    fn is_empty(&self) -> bool {
        false
    }
}

/// JSON of any kind, kept as it came.
impl Wire for Value {
    fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Self::deserialize(input)
    }

    fn is_empty(&self) -> bool {
        self.is_null()
    }
}
