//! Primitive types.

use serde_json::Value;

use super::{Codec, Direct, Form, JsonValue, Primitive, Scalar, Target, View};
use crate::runtime::Timestamp;

/// Returns the string of a primitive. Null becomes the empty string.
///
/// # Errors
///
/// Returns the kind of the primitive if it is not a string.
pub fn text(primitive: Primitive<'_>) -> Result<&str, &'static str> {
    match primitive {
        Primitive::Null => Ok(""),
        Primitive::Text(text) => Ok(text),
        other => Err(other.kind()),
    }
}

impl JsonValue for String {
    type Form = Direct;

    fn empty() -> Self {
        Self::default()
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

impl Form<String> for Direct {
    fn target(value: &mut String) -> Target<'_> {
        Target::Text(value)
    }

    fn view(value: &String) -> View<'_> {
        View::Text(value)
    }
}

impl Scalar for bool {
    fn expected(&self, codec: Codec) -> &'static str {
        match codec {
            Codec::Quoted => "a boolean in a string",
            _ => "a boolean",
        }
    }

    fn set(&mut self, primitive: Primitive<'_>, codec: Codec) -> Result<(), &'static str> {
        *self = match unquoted(primitive, codec)? {
            Primitive::Null => false,
            Primitive::Bool(value) => value,
            other => return Err(other.kind()),
        };
        Ok(())
    }
}

impl JsonValue for bool {
    type Form = Direct;

    fn empty() -> Self {
        Self::default()
    }

    fn is_empty(&self) -> bool {
        !self
    }
}

impl Form<bool> for Direct {
    fn target(value: &mut bool) -> Target<'_> {
        Target::Scalar(value, Codec::Plain)
    }

    fn view(value: &bool) -> View<'_> {
        View::Bool(*value)
    }
}

/// Returns the boolean or number in a string, if the codec is [`Codec::Quoted`]. Accepts values without quotes, too.
///
/// # Errors
///
/// Returns an error if the string contains neither.
fn unquoted(primitive: Primitive<'_>, codec: Codec) -> Result<Primitive<'_>, &'static str> {
    let Primitive::Text(text) = primitive else {
        return Ok(primitive);
    };
    if codec != Codec::Quoted {
        return Ok(primitive);
    }
    let is_number = text.ends_with(|last: char| last.is_ascii_digit())
        && text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    let number = is_number.then(|| {
        let signed = text.parse().map(Primitive::Signed);
        let integer = signed.or_else(|_| text.parse().map(Primitive::Unsigned)).ok();
        integer.or_else(|| text.parse().ok().map(Primitive::Float))
    });
    match (text, number.flatten()) {
        ("true", _) => Ok(Primitive::Bool(true)),
        ("false", _) => Ok(Primitive::Bool(false)),
        (_, Some(number)) => Ok(number),
        ("", None) => Err("an empty string"),
        (_, None) => Err("a string in another format"),
    }
}

macro_rules! integers {
    ($($type:ident $view:ident $expected:literal;)*) => {$(
        impl Scalar for $type {
            fn expected(&self, codec: Codec) -> &'static str {
                match codec {
                    Codec::Quoted => concat!($expected, " in a string"),
                    _ => $expected,
                }
            }

            fn set(&mut self, primitive: Primitive<'_>, codec: Codec) -> Result<(), &'static str> {
                let value = match unquoted(primitive, codec)? {
                    Primitive::Null => Ok(0),
                    Primitive::Signed(value) => Self::try_from(value).map_err(drop),
                    Primitive::Unsigned(value) => Self::try_from(value).map_err(drop),
                    Primitive::Float(value) if value.fract() == 0.0 => Self::try_from(integer(value)).map_err(drop),
                    other => return Err(other.kind()),
                };
                *self = value.map_err(|()| "an integer out of range")?;
                Ok(())
            }
        }

        impl JsonValue for $type {
            type Form = Direct;

            fn empty() -> Self {
                Self::default()
            }

            fn is_empty(&self) -> bool {
                *self == 0
            }
        }

        impl Form<$type> for Direct {
            fn target(value: &mut $type) -> Target<'_> {
                Target::Scalar(value, Codec::Plain)
            }

            fn view(value: &$type) -> View<'_> {
                View::$view((*value).into())
            }
        }
    )*};
}

integers! {
    i32 Signed "a signed 32-bit integer";
    i64 Signed "a signed 64-bit integer";
    u32 Unsigned "an unsigned 32-bit integer";
    u64 Unsigned "an unsigned 64-bit integer";
}

/// Converts a number without a fraction, such as `443.0`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a number out of range saturates, and is out of range of every type"
)]
fn integer(number: f64) -> i128 {
    number as i128
}

impl Scalar for f64 {
    fn expected(&self, codec: Codec) -> &'static str {
        match codec {
            Codec::Quoted => "a number in a string",
            _ => "a number",
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "the API declares a float: any JSON number is read as one"
    )]
    fn set(&mut self, primitive: Primitive<'_>, codec: Codec) -> Result<(), &'static str> {
        *self = match unquoted(primitive, codec)? {
            Primitive::Null => 0.0,
            Primitive::Signed(value) => value as f64,
            Primitive::Unsigned(value) => value as f64,
            Primitive::Float(value) => value,
            other @ (Primitive::Bool(_) | Primitive::Text(_)) => return Err(other.kind()),
        };
        Ok(())
    }
}

impl JsonValue for f64 {
    type Form = Direct;

    fn empty() -> Self {
        Self::default()
    }

    fn is_empty(&self) -> bool {
        *self == 0.0
    }
}

impl Form<f64> for Direct {
    fn target(value: &mut f64) -> Target<'_> {
        Target::Scalar(value, Codec::Plain)
    }

    fn view(value: &f64) -> View<'_> {
        View::Float(*value)
    }
}

impl Scalar for Timestamp {
    fn expected(&self, codec: Codec) -> &'static str {
        match codec {
            Codec::Plain | Codec::Base64 | Codec::Quoted => "an RFC 3339 timestamp",
            Codec::EpochSeconds => "a timestamp in seconds",
            Codec::EpochMilliseconds => "a timestamp in milliseconds",
        }
    }

    fn set(&mut self, primitive: Primitive<'_>, codec: Codec) -> Result<(), &'static str> {
        let number = match primitive {
            Primitive::Signed(number) => Some(number),
            Primitive::Unsigned(number) => i64::try_from(number).ok(),
            Primitive::Float(number) if number.fract() == 0.0 => i64::try_from(integer(number)).ok(),
            Primitive::Null | Primitive::Bool(_) | Primitive::Float(_) | Primitive::Text(_) => None,
        };
        let time = match (codec, primitive, number) {
            (Codec::Plain, Primitive::Text(text), _) => text.parse().ok(),
            (Codec::EpochSeconds, _, Some(number)) => Self::from_second(number).ok(),
            (Codec::EpochSeconds, Primitive::Float(number), None) => Self::from_decimal_second(number).ok(),
            (Codec::EpochMilliseconds, _, Some(number)) => Self::from_millisecond(number).ok(),
            (_, other, _) => return Err(other.kind()),
        };
        *self = time.ok_or(match primitive {
            Primitive::Text(_) => "a string in another format",
            Primitive::Float(_) => "a number out of range",
            _ => "an integer out of range",
        })?;
        Ok(())
    }

    fn empty_is_absent(&self) -> bool {
        true
    }
}

/// Null is an error, because no timestamp represents an empty value.
impl JsonValue for Timestamp {
    type Form = Direct;

    fn empty() -> Self {
        Self::default()
    }

    fn is_empty(&self) -> bool {
        false
    }
}

impl Form<Timestamp> for Direct {
    fn target(value: &mut Timestamp) -> Target<'_> {
        Target::Scalar(value, Codec::Plain)
    }

    fn view(value: &Timestamp) -> View<'_> {
        View::Timestamp(*value)
    }
}

/// Any JSON value, kept verbatim.
impl JsonValue for Value {
    type Form = Direct;

    fn empty() -> Self {
        Self::default()
    }

    fn is_empty(&self) -> bool {
        self.is_null()
    }
}

impl Form<Value> for Direct {
    fn target(value: &mut Value) -> Target<'_> {
        Target::Any(value)
    }

    fn view(value: &Value) -> View<'_> {
        View::Any(value)
    }
}
