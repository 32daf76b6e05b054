//! Named types and their fields.

use serde::Deserialize;

use super::{Literal, OrderedMap, TypeExpr};

/// A named type: an object (`fields`), an open enumeration (`values`), or a union by the one key present (`one_of`).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a type such as `{ doc: \"…\", fields: { … } }`")]
pub struct TypeDefinition {
    pub doc: String,
    pub id_prefix: Option<String>,
    pub fields: Option<OrderedMap<FieldDefinition>>,
    /// Each value with its documentation.
    pub values: Option<OrderedMap<String>>,
    /// Each key with its type.
    pub one_of: Option<OrderedMap<TypeExpr>>,
}

/// A field of an object type.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a field such as `{ type: string, doc: \"…\" }`")]
#[expect(clippy::struct_excessive_bools, reason = "each is a key that may be written or not")]
pub struct FieldDefinition {
    #[serde(rename = "type")]
    pub ty: TypeExpr,
    pub doc: String,
    /// Its name in programs, where the name on the wire does not serve.
    #[serde(rename = "as")]
    pub alias: Option<String>,
    pub create: Option<InCreate>,
    pub update: Option<InUpdate>,
    #[serde(default = "yes")]
    pub read: bool,
    /// Whether `new(…)` of a type that is written out takes it.
    #[serde(default)]
    pub required: bool,
    /// The type in requests, where it is not `type`.
    pub send: Option<TypeExpr>,
    #[serde(default)]
    pub secret: bool,
    pub deprecated: Option<String>,
    pub default: Option<Literal>,
    pub max_bytes: Option<u32>,
    pub example: Option<Literal>,
    /// The field that shows the object whose ID is sent here.
    pub shows_as: Option<String>,
    /// Whether only the response to `create` shows it.
    #[serde(default)]
    pub once: bool,
}

fn yes() -> bool {
    true
}

/// Whether a request to create needs a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InCreate {
    Required,
    Optional,
}

/// What a request to update may do to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InUpdate {
    /// Set it.
    Optional,
    /// Set it, or clear it with a null.
    Clearable,
}
