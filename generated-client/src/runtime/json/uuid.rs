//! UUIDs, which only some APIs use: the crate `uuid` is an optional dependency.

use uuid::Uuid;

use super::text_scalars::OTHER_FORMAT;
use super::{Codec, Direct, Form, JsonValue, Primitive, Scalar, Target, View};
use crate::runtime::{Query, QueryValues};

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
    type Form = Direct;

    fn empty() -> Self {
        Self::nil()
    }

    fn is_empty(&self) -> bool {
        false
    }
}

impl Form<Uuid> for Direct {
    fn target(value: &mut Uuid) -> Target<'_> {
        Target::Scalar(value, Codec::Plain)
    }

    fn view(value: &Uuid) -> View<'_> {
        View::Display(value)
    }
}

impl Query for Uuid {
    fn each(&self, values: &mut QueryValues<'_>) {
        values.add(self);
    }
}
