//! The files of `resources/`.

use serde::Deserialize;

use super::{BodyExpr, Http, OrderedMap, Query, TypeDefinition, TypeExpr};

/// A file of `resources/`: one resource with its operations and types.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "the keys of a resource (`resource`, `doc`, `operations`, …)"
)]
pub struct ResourceFile {
    pub resource: String,
    pub doc: String,
    /// One of what the resource's name speaks of, where dropping its last `s` does not tell.
    pub singular: Option<String>,
    /// The resource whose deletion deletes these objects, too.
    pub parent: Option<String>,
    /// `RESOURCE.FIELD`: the object is that field of another one.
    pub module_of: Option<String>,
    pub operations: OrderedMap<OperationDefinition>,
    #[serde(default)]
    pub types: OrderedMap<TypeDefinition>,
}

/// One HTTP call.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "an operation such as `{ http: \"GET /things/{id}\", returns: Thing, doc: \"…\" }`"
)]
pub struct OperationDefinition {
    pub http: Http,
    /// The types of path parameters that are no strings.
    #[serde(default)]
    pub params: OrderedMap<TypeExpr>,
    pub query: Option<Query>,
    /// What is sent, where it is not what `create` or `update` derive.
    pub body: Option<BodyExpr>,
    pub returns: Option<TypeExpr>,
    /// The status of a success; 200, or 204 where nothing is returned.
    pub status: Option<u16>,
    /// The page's key that holds its items; the resource's name where absent.
    pub items: Option<String>,
    /// Whether sending it twice does no more than sending it once, though its method does not say so.
    #[serde(default)]
    pub idempotent: bool,
    pub deprecated: Option<String>,
    pub doc: String,
}
