//! Types other than timestamps that are strings in JSON: dates, UUIDs and bytes.

use bytes::Bytes;

use super::scalars::text;
use super::{Codec, Direct, Form, JsonValue, Primitive, Scalar, Target, View};
use crate::runtime::{Date, base64};

/// The error for a string that does not have the format of its type.
const OTHER_FORMAT: &str = "a string in another format";

/// Implements decoding and encoding for types that are parsed from a string and displayed as one. Null is an error, because none of
/// their values is an empty one.
macro_rules! parsed_scalar {
    ($type:ty, $expected:literal) => {
        impl Scalar for $type {
            fn expected(&self, _: Codec) -> &'static str {
                $expected
            }

            fn set(&mut self, primitive: Primitive<'_>, _: Codec) -> Result<(), &'static str> {
                let Primitive::Text(text) = primitive else {
                    return Err(primitive.kind());
                };
                *self = text.parse().map_err(|_| OTHER_FORMAT)?;
                Ok(())
            }

            fn empty_is_absent(&self) -> bool {
                true
            }
        }

        impl JsonValue for $type {
            type Form = Direct;

            fn empty() -> Self {
                Self::default()
            }

            fn is_empty(&self) -> bool {
                false
            }
        }

        impl Form<$type> for Direct {
            fn target(value: &mut $type) -> Target<'_> {
                Target::Scalar(value, Codec::Plain)
            }

            fn view(value: &$type) -> View<'_> {
                View::Display(value)
            }
        }
    };
}

parsed_scalar!(Date, "a date in the format YYYY-MM-DD");
#[cfg(feature = "uuid")]
parsed_scalar!(uuid::Uuid, "a UUID");

impl Scalar for Bytes {
    fn expected(&self, _: Codec) -> &'static str {
        "a Base64 string"
    }

    fn set(&mut self, primitive: Primitive<'_>, _: Codec) -> Result<(), &'static str> {
        *self = base64::decode(text(primitive)?).ok_or(OTHER_FORMAT)?.into();
        Ok(())
    }
}

impl JsonValue for Bytes {
    type Form = Direct;

    fn empty() -> Self {
        Self::new()
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

impl Form<Bytes> for Direct {
    fn target(value: &mut Bytes) -> Target<'_> {
        Target::Scalar(value, Codec::Plain)
    }

    fn view(value: &Bytes) -> View<'_> {
        View::Bytes(value)
    }
}
