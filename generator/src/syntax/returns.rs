//! The `returns` of an operation.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::{OrderedMap, TypeExpr};

/// The result of an operation.
#[derive(Debug)]
pub enum ReturnsExpr {
    Type(TypeExpr),
    /// Types by the status of the response.
    ByStatus(OrderedMap<TypeExpr>),
}

impl ReturnsExpr {
    /// Returns the type of a successful response, which is the first one other than `nothing` if there are several.
    pub fn first(&self) -> Option<&TypeExpr> {
        match self {
            Self::Type(ty) => Some(ty),
            Self::ByStatus(types) => types.iter().map(|(_, ty)| ty).find(|ty| !ty.is_nothing()),
        }
    }
}

impl<'de> Deserialize<'de> for ReturnsExpr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ReturnsVisitor;

        impl<'de> Visitor<'de> for ReturnsVisitor {
            type Value = ReturnsExpr;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a type, or types by status such as `{ 200: Thing, 204: nothing }`")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<ReturnsExpr, E> {
                TypeExpr::deserialize(StrDeserializer::new(text)).map(ReturnsExpr::Type)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ReturnsExpr, A::Error> {
                OrderedMap::deserialize(MapAccessDeserializer::new(map)).map(ReturnsExpr::ByStatus)
            }
        }

        deserializer.deserialize_any(ReturnsVisitor)
    }
}
