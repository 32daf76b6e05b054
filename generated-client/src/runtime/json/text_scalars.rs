//! Types other than timestamps that are strings in JSON: dates, UUIDs and bytes.

use bytes::Bytes;
use uuid::Uuid;

use super::scalars::text;
use super::{Codec, JsonValue, Primitive, Scalar, Target, View};
use crate::runtime::{Date, base64};

/// The error for a string that does not have the format of its type.
const OTHER_FORMAT: &str = "a string in another format";

impl Scalar for Date {
    fn expected(&self, _: Codec) -> &'static str {
        "a date in the format YYYY-MM-DD"
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

/// Null is an error, because no date represents an empty value.
impl JsonValue for Date {
    fn empty() -> Self {
        Self::default()
    }

    fn target(&mut self) -> Target<'_> {
        Target::Scalar(self, Codec::Plain)
    }

    fn view(&self) -> View<'_> {
        View::Date(*self)
    }

    fn is_empty(&self) -> bool {
        false
    }
}

impl Scalar for Uuid {
    fn expected(&self, _: Codec) -> &'static str {
        "a UUID"
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

/// Null is an error: the nil UUID is a UUID like any other.
impl JsonValue for Uuid {
    fn empty() -> Self {
        Self::nil()
    }

    fn target(&mut self) -> Target<'_> {
        Target::Scalar(self, Codec::Plain)
    }

    fn view(&self) -> View<'_> {
        View::Uuid(*self)
    }

    fn is_empty(&self) -> bool {
        false
    }
}

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
    fn empty() -> Self {
        Self::new()
    }

    fn target(&mut self) -> Target<'_> {
        Target::Scalar(self, Codec::Plain)
    }

    fn view(&self) -> View<'_> {
        View::Bytes(self)
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}
