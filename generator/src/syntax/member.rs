//! The members of unions, and the additional keys of objects.

use std::fmt;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use super::{OrderedMap, TypeExpr, text};

/// A member of a union, or the additional keys of an object: a type, or a mapping such as `{ type: T, as: name, doc: "…" }`.
#[derive(Debug)]
pub struct MemberDefinition {
    pub ty: TypeExpr,
    /// The name in generated code, if it differs from the key.
    pub alias: Option<String>,
    pub doc: Option<String>,
    pub deprecated: Option<String>,
    /// `true` if the member is a mapping.
    pub is_mapping: bool,
}

#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a type, or a mapping such as `{ type: T, as: name, doc: \"…\" }`"
)]
struct Mapping {
    #[serde(rename = "type")]
    ty: TypeExpr,
    #[serde(rename = "as", default, deserialize_with = "text::optional_name")]
    alias: Option<String>,
    #[serde(default, deserialize_with = "text::optional_doc")]
    doc: Option<String>,
    #[serde(default, deserialize_with = "text::optional_doc")]
    deprecated: Option<String>,
}

impl<'de> Deserialize<'de> for MemberDefinition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MemberVisitor;

        impl<'de> Visitor<'de> for MemberVisitor {
            type Value = MemberDefinition;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a type, or a mapping such as `{ type: T, as: name, doc: \"…\" }`")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<MemberDefinition, E> {
                Ok(MemberDefinition {
                    ty: TypeExpr::deserialize(StrDeserializer::new(text))?,
                    alias: None,
                    doc: None,
                    deprecated: None,
                    is_mapping: false,
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<MemberDefinition, A::Error> {
                let Mapping {
                    ty,
                    alias,
                    doc,
                    deprecated,
                } = Mapping::deserialize(MapAccessDeserializer::new(map))?;
                Ok(MemberDefinition {
                    ty,
                    alias,
                    doc,
                    deprecated,
                    is_mapping: true,
                })
            }
        }

        deserializer.deserialize_any(MemberVisitor)
    }
}

/// Deserializes the members of a union, if there are any. Their keys are strings.
pub fn optional_members<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<OrderedMap<MemberDefinition>>, D::Error> {
    OrderedMap::with_keys::<Key, D>(deserializer).map(Some)
}

/// The key of a member. Unlike other keys, it must not look like a number or a boolean: it may be sent as a string.
struct Key(String);

impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.0
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::string(deserializer, "a string, such as `\"1\"`").map(Self)
    }
}
