//! How the YAML is spelled: one serde type for each shape that a schema file may have.
//!
//! Nothing here knows what a name refers to; that is the business of `resolve`.

mod text;
pub mod yaml;

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

pub use text::{Http, Method, Scalar, TypeExpr};

/// `api.yaml`: what holds for the whole API.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "the keys of the whole API (`name`, `base_url`, …)")]
pub struct ApiFile {
    pub name: String,
    /// How the examples in the generated documentation name the crate.
    #[serde(rename = "crate")]
    pub crate_name: String,
    pub base_url: String,
    pub auth: Auth,
    pub key_variable: String,
    #[serde(default)]
    pub headers: Entries<String>,
    pub rate_limit: Option<RateLimit>,
    pub paging: Option<Paging>,
    #[serde(default)]
    pub errors: ErrorFields,
    #[serde(default)]
    pub query_sets: Entries<Entries<QueryParameter>>,
    #[serde(default)]
    pub types: Entries<TypeDefinition>,
}

/// How a request carries the key.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Auth {
    Bearer,
}

/// How many requests the API takes in a rolling window.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a rate limit such as `{ requests: 120, seconds: 60 }`"
)]
pub struct RateLimit {
    pub requests: u32,
    pub seconds: u32,
}

/// How a page says where the next one is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "paging such as `{ next_uri: next_page_uri }`")]
pub struct Paging {
    /// The key that holds the next page's URI.
    pub next_uri: String,
    /// The key that holds the page's own URI.
    pub uri: Option<String>,
}

/// Where an error body holds what, as JSON pointers.
#[derive(Debug, Default, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "where errors hold what, such as `{ message: /msg }`"
)]
pub struct ErrorFields {
    pub code: Option<String>,
    pub message: Option<String>,
    pub details: Option<String>,
    pub operation_id: Option<String>,
    /// The header that carries the operation ID of any answer.
    pub operation_id_header: Option<String>,
    /// The page that explains an error; `{code}` stands for the code in lower case.
    pub docs_url: Option<String>,
}

/// A query parameter, always optional.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a query parameter such as `{ type: uint32, doc: \"…\" }`"
)]
pub struct QueryParameter {
    #[serde(rename = "type")]
    pub ty: TypeExpr,
    pub doc: String,
}

/// A file of `resources/`: one resource with its operations and types.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "the keys of a resource (`resource`, `doc`, `operations`, …)"
)]
pub struct ResourceFile {
    pub resource: String,
    pub doc: String,
    pub operations: Entries<OperationDefinition>,
    #[serde(default)]
    pub types: Entries<TypeDefinition>,
}

/// One HTTP call.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "an operation such as `{ http: \"GET /things/{id}\", returns: Thing, doc: \"…\" }`"
)]
pub struct OperationDefinition {
    pub http: Http,
    /// The name of a query set.
    pub query: Option<String>,
    pub returns: Option<TypeExpr>,
    /// The page's key that holds its items; the resource's name where absent.
    pub items: Option<String>,
    pub doc: String,
}

/// A named object type.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a type such as `{ doc: \"…\", fields: { … } }`")]
pub struct TypeDefinition {
    pub doc: String,
    pub id_prefix: Option<String>,
    pub fields: Entries<FieldDefinition>,
}

/// A field of an object type.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a field such as `{ type: string, doc: \"…\" }`")]
pub struct FieldDefinition {
    #[serde(rename = "type")]
    pub ty: TypeExpr,
    pub doc: String,
}

/// A mapping in the order in which it was written, each key once.
#[derive(Debug)]
pub struct Entries<V>(IndexMap<String, V>);

impl<V> Entries<V> {
    pub fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    pub fn get(&self, key: &str) -> Option<&V> {
        self.0.get(key)
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl<V> Default for Entries<V> {
    fn default() -> Self {
        Self(IndexMap::new())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Entries<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<V>(PhantomData<V>);

        impl<'de, V: Deserialize<'de>> Visitor<'de> for EntriesVisitor<V> {
            type Value = Entries<V>;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a mapping")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = IndexMap::new();
                while let Some((key, value)) = map.next_entry::<String, V>()? {
                    if entries.contains_key(&key) {
                        return Err(de::Error::custom(format_args!("duplicate key `{key}`")));
                    }
                    entries.insert(key, value);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}
