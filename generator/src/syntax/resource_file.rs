//! Files in `resources/`.

use serde::Deserialize;

use super::{
    AuthExpr, BodyExpr, HeaderParameter, Http, Literal, OperationPaging, OrderedMap, Query, ReturnsExpr,
    TypeDefinition, TypeExpr, text,
};

/// The contents of a file in `resources/`: a resource with its operations and types.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a mapping with the keys `resource`, `doc`, `operations`, …"
)]
pub struct ResourceFile {
    #[serde(deserialize_with = "text::name")]
    pub resource: String,
    #[serde(deserialize_with = "text::doc")]
    pub doc: String,
    /// The singular of the resource name, if it is irregular.
    #[serde(default, deserialize_with = "text::optional_name")]
    pub singular: Option<String>,
    /// The resource whose deletion also deletes these objects.
    pub parent: Option<String>,
    /// The field of another resource that contains the object, as `RESOURCE.FIELD`.
    pub module_of: Option<String>,
    pub operations: OrderedMap<OperationDefinition>,
    #[serde(default)]
    pub types: OrderedMap<TypeDefinition>,
}

/// An operation: one HTTP request.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "an operation such as `{ http: \"GET /things/{id}\", returns: Thing, doc: \"…\" }`"
)]
pub struct OperationDefinition {
    pub http: Http,
    /// The types of path parameters that are not strings.
    #[serde(default)]
    pub params: OrderedMap<TypeExpr>,
    pub query: Option<Query>,
    /// The headers of the request that callers can set.
    #[serde(default)]
    pub headers: OrderedMap<HeaderParameter>,
    /// The request body. If absent, operations named `create` or `update` derive it from fields.
    pub body: Option<BodyExpr>,
    /// The key under which the request body is sent.
    pub request_key: Option<String>,
    /// The constant keys of the request body.
    #[serde(default)]
    pub fixed: OrderedMap<Literal>,
    pub returns: Option<ReturnsExpr>,
    /// The status of a successful response. Defaults to 200, or to 204 without `returns`.
    pub status: Option<u16>,
    /// The location of the items in a page. Defaults to the resource name.
    pub items: Option<String>,
    /// The paging of this operation, if it differs from that of the API.
    pub paging: Option<OperationPaging>,
    /// The location of the value in the response, if it differs from that of the API. Empty if the response is the value.
    pub response_key: Option<String>,
    /// `true` if the request is idempotent although its method is not.
    #[serde(default)]
    pub idempotent: bool,
    /// `none` if the request is sent without credentials.
    #[serde(default, deserialize_with = "AuthExpr::present")]
    pub auth: Option<AuthExpr>,
    #[serde(default, deserialize_with = "text::optional_doc")]
    pub deprecated: Option<String>,
    #[serde(deserialize_with = "text::doc")]
    pub doc: String,
}
