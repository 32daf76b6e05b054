//! The file `api.yaml`.

use serde::Deserialize;

use super::{AuthExpr, KeyVariable, OrderedMap, Query, TypeDefinition};

/// The contents of `api.yaml`: settings and definitions for the whole API.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping with the keys `name`, `base_url`, …")]
pub struct ApiFile {
    pub name: String,
    /// The API version, written to the OpenAPI document.
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
    #[serde(default)]
    pub errors: ErrorFields,
    #[serde(default)]
    pub fake: FakeRules,
    #[serde(default)]
    pub query_sets: OrderedMap<Query>,
    #[serde(default)]
    pub types: OrderedMap<TypeDefinition>,
}

/// A rate limit: the number of requests allowed in a rolling window.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a rate limit such as `{ requests: 120, seconds: 60 }`"
)]
pub struct RateLimit {
    pub requests: u32,
    pub seconds: u32,
}

/// The link from a page to the next one: either `next_uri`, or `cursor` and the `query` parameter that accepts it.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "paging such as `{ next_uri: next_page_uri }` or `{ cursor: next, query: after }`"
)]
pub struct Paging {
    /// The key of the next page's URI.
    pub next_uri: Option<String>,
    /// The key of the next page's cursor.
    pub cursor: Option<String>,
    /// The query parameter that accepts the cursor.
    pub query: Option<String>,
}

/// The locations of error details, most of them JSON pointers into the body of an error response.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, expecting = "error fields such as `{ message: /msg }`")]
pub struct ErrorFields {
    pub code: Option<String>,
    pub message: Option<String>,
    pub details: Option<String>,
    pub request_id: Option<String>,
    /// The response header with the request ID.
    pub request_id_header: Option<String>,
    /// The URL of the documentation of an error; `{code}` is replaced with the code in lower case.
    pub docs_url: Option<String>,
}

/// Paging and error conventions that the fake follows. The OpenAPI document includes `status` and `codes`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "fake settings such as `{ limit: limit, most: 100 }`"
)]
pub struct FakeRules {
    /// The query parameter for the page size.
    pub limit: Option<String>,
    /// The maximum page size.
    pub most: Option<u32>,
    /// The query parameter for the ID of the object after which a page starts.
    pub before: Option<String>,
    /// The query parameter for a filter expression.
    pub filter: Option<String>,
    /// The key of the URI of an object or page.
    pub uri: Option<String>,
    /// A JSON pointer to the HTTP status in the body of an error response.
    pub status: Option<String>,
    /// Error codes by HTTP status.
    #[serde(default)]
    pub codes: OrderedMap<String>,
    /// The prefix of request IDs, without the underscore.
    pub request_id: Option<String>,
}
