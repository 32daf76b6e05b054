//! Named types and their fields.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};

use super::{Integers, Literal, MemberDefinition, OrderedMap, TypeExpr, Values, member, text};

/// A named type: an object (`fields`), an enum (`values`, `integers`) or a union (`one_of`, `any_of`).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a type such as `{ doc: \"…\", fields: { … } }`")]
pub struct TypeDefinition {
    #[serde(deserialize_with = "text::doc")]
    pub doc: String,
    pub id_prefix: Option<String>,
    #[serde(default, deserialize_with = "text::optional_doc")]
    pub deprecated: Option<String>,
    pub fields: Option<OrderedMap<FieldDefinition>>,
    /// The type of the values whose keys are not in `fields`.
    pub additional: Option<MemberDefinition>,
    pub values: Option<Values>,
    pub integers: Option<Integers>,
    /// Members by key or, with `tag`, by the value of the tag.
    #[serde(default, deserialize_with = "member::optional_members")]
    pub one_of: Option<OrderedMap<MemberDefinition>>,
    /// The key whose value determines the member of `one_of`.
    #[serde(default, deserialize_with = "text::optional_string")]
    pub tag: Option<String>,
    /// Members that differ by kind or required keys.
    #[serde(default, deserialize_with = "member::optional_members")]
    pub any_of: Option<OrderedMap<MemberDefinition>>,
}

/// A field of an object type.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a field such as `{ type: string, doc: \"…\" }`")]
pub struct FieldDefinition {
    #[serde(rename = "type")]
    pub ty: TypeExpr,
    #[serde(deserialize_with = "text::doc")]
    pub doc: String,
    /// The name in generated code, if it differs from the wire name.
    #[serde(rename = "as", default, deserialize_with = "text::optional_name")]
    pub alias: Option<String>,
    pub create: Option<InCreate>,
    pub update: Option<InUpdate>,
    #[serde(default)]
    pub read: InResponse,
    /// `true` if `new(…)` takes the field. Only for types that are sent as is.
    #[serde(default)]
    pub required: bool,
    /// The type in requests, if it differs from `type`.
    pub send: Option<TypeExpr>,
    #[serde(default)]
    pub secret: bool,
    #[serde(default, deserialize_with = "text::optional_doc")]
    pub deprecated: Option<String>,
    pub default: Option<Literal>,
    pub max_bytes: Option<u32>,
    pub example: Option<Literal>,
    /// The response field for the value sent here, such as the object with this ID.
    pub shows_as: Option<String>,
    /// `true` if only the response to `create` contains the field.
    #[serde(default)]
    pub once: bool,
}

/// The role of a field in responses: `true`, `false` or `required`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InResponse {
    /// A response may leave the field out.
    #[default]
    Optional,
    /// A response without the field is an error.
    Required,
    /// No response contains the field.
    Never,
}

impl<'de> Deserialize<'de> for InResponse {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Role;

        impl Visitor<'_> for Role {
            type Value = InResponse;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("`true`, `false` or `required`")
            }

            fn visit_bool<E: de::Error>(self, is_read: bool) -> Result<InResponse, E> {
                Ok(if is_read {
                    InResponse::Optional
                } else {
                    InResponse::Never
                })
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<InResponse, E> {
                match text {
                    "required" => Ok(InResponse::Required),
                    other => Err(E::invalid_value(de::Unexpected::Str(other), &self)),
                }
            }
        }

        deserializer.deserialize_any(Role)
    }
}

/// The role of a field in create requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InCreate {
    Required,
    Optional,
    /// Can be set, or sent as null.
    Clearable,
}

/// The role of a field in update requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InUpdate {
    /// Can be set.
    Optional,
    /// Can be set, or cleared with null.
    Clearable,
}
