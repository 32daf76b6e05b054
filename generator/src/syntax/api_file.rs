//! The file `api.yaml`.

use serde::Deserialize;

use super::{AuthExpr, KeyVariable, Literal, OrderedMap, Paging, Query, TypeDefinition, text};

/// The contents of `api.yaml`: settings and definitions for the whole API.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping with the keys `name`, `base_url`, …")]
pub struct ApiFile {
    #[serde(deserialize_with = "text::doc")]
    pub name: String,
    /// The API version, written to the OpenAPI document.
    #[serde(deserialize_with = "text::doc")]
    pub version: String,
    /// The crate name in generated examples.
    #[serde(rename = "crate")]
    pub crate_name: String,
    pub base_url: String,
    pub auth: AuthExpr,
    pub key_variable: Option<KeyVariable>,
    #[serde(default)]
    pub headers: OrderedMap<String>,
    pub rate_limit: Option<RateLimit>,
    pub paging: Option<Paging>,
    /// The location of the value in every response other than a page.
    pub response_key: Option<String>,
    #[serde(default)]
    pub missing_fields: MissingFields,
    /// The header for a key with which the API recognizes repeated requests.
    #[serde(default, deserialize_with = "text::optional_header")]
    pub idempotency_key: Option<String>,
    /// `true` if each resource has a cargo feature.
    #[serde(default)]
    pub resource_features: bool,
    #[serde(default)]
    pub errors: ErrorFields,
    #[serde(default)]
    pub fake: FakeRules,
    #[serde(default)]
    pub query_sets: OrderedMap<Query>,
    #[serde(default)]
    pub types: OrderedMap<TypeDefinition>,
}

/// The meaning of a field that a response leaves out or sets to null, unless its type is optional.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum MissingFields {
    /// The field is empty.
    #[default]
    Empty,
    /// The response is invalid.
    Error,
}

/// A rate limit: the number of requests allowed in a rolling window.
#[derive(Clone, Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a rate limit such as `{ requests: 120, seconds: 60 }`"
)]
pub struct RateLimit {
    pub requests: u32,
    pub seconds: u32,
    /// The response header with the time at which the limit resets.
    #[serde(default, deserialize_with = "text::optional_header")]
    pub reset: Option<String>,
}

/// The locations of error details, most of them JSON pointers into the body of an error response.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, expecting = "error fields such as `{ message: /msg }`")]
pub struct ErrorFields {
    /// The condition under which a response with a 2xx status is an error.
    pub failed: Option<FailedCondition>,
    /// A JSON pointer to the HTTP status in the body of an error response.
    pub status: Option<String>,
    /// Error codes by HTTP status.
    #[serde(default)]
    pub codes: OrderedMap<String>,
    pub code: Option<String>,
    pub message: Option<String>,
    pub details: Option<String>,
    pub request_id: Option<String>,
    /// The response header with the request ID.
    #[serde(default, deserialize_with = "text::optional_header")]
    pub request_id_header: Option<String>,
    /// The URL of the documentation of an error; `{code}` is replaced with the code in lower case.
    pub docs_url: Option<String>,
}

/// A condition for the body of a response. Has either `is` or `present`.
#[derive(Clone, Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a condition such as `{ at: /ok, is: false }` or `{ at: /error, present: true }`"
)]
pub struct FailedCondition {
    pub at: String,
    pub is: Option<Literal>,
    pub present: Option<bool>,
}

/// Conventions that only the fake follows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, expecting = "fake settings such as `{ order: newest_first }`")]
pub struct FakeRules {
    #[serde(default)]
    pub order: ListOrder,
    /// The query parameter for the ID of the object after which a page starts.
    pub before: Option<String>,
    /// The query parameter for a filter expression.
    pub filter: Option<String>,
    /// The key of the URI of an object or page.
    pub uri: Option<String>,
    /// The field with the time of the last change of an object; `updated_at` if it is not set.
    pub updated: Option<String>,
    #[serde(default)]
    pub empty: EmptyValues,
    /// The status of the response to an invalid request; 400 if it is not set.
    pub invalid: Option<u16>,
    /// The prefix of request IDs.
    pub request_id: Option<String>,
}

/// The meaning of empty strings, lists and maps.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum EmptyValues {
    #[default]
    Kept,
    Missing,
}

/// The order of lists.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum ListOrder {
    #[default]
    OldestFirst,
    NewestFirst,
}
