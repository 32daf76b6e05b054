//! Named types and their fields.

use serde::Deserialize;

use super::{Literal, MemberDefinition, OrderedMap, TypeExpr, text};

/// A named type: an object (`fields`), a string enum (`values`) or a union (`one_of`, `any_of`).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a type such as `{ doc: \"…\", fields: { … } }`")]
pub struct TypeDefinition {
    #[serde(deserialize_with = "text::doc")]
    pub doc: String,
    pub id_prefix: Option<String>,
    pub fields: Option<OrderedMap<FieldDefinition>>,
    /// Documentation by value.
    pub values: Option<OrderedMap<text::Doc>>,
    /// Members by key or, with `tag`, by the value of the tag.
    pub one_of: Option<OrderedMap<MemberDefinition>>,
    /// The key whose value determines the member of `one_of`.
    #[serde(default, deserialize_with = "text::optional_name")]
    pub tag: Option<String>,
    /// Members that differ by kind or required keys.
    pub any_of: Option<OrderedMap<MemberDefinition>>,
}

/// A field of an object type.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a field such as `{ type: string, doc: \"…\" }`")]
#[expect(clippy::struct_excessive_bools, reason = "each is an optional key in the schema")]
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
    #[serde(default = "default_true")]
    pub read: bool,
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

fn default_true() -> bool {
    true
}

/// The role of a field in create requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InCreate {
    Required,
    Optional,
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
