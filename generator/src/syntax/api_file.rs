//! `api.yaml`.

use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use super::{OrderedMap, Query, TypeDefinition};

/// `api.yaml`: what holds for the whole API.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "the keys of the whole API (`name`, `base_url`, …)")]
pub struct ApiFile {
    pub name: String,
    /// The API's version, for documents about it.
    pub version: String,
    /// How the examples in the generated documentation name the crate.
    #[serde(rename = "crate")]
    pub crate_name: String,
    pub base_url: String,
    pub auth: Auth,
    pub key_variable: String,
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

/// How a request carries the key.
#[derive(Clone, Debug)]
pub enum Auth {
    /// `bearer`: `Authorization: Bearer KEY`.
    Bearer,
    /// `{ header: NAME }`: the key alone, in a header of this name.
    Header(String),
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

/// How a page says where the next one is: by `next_uri`, or by `cursor` and the `query` parameter that takes it.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "paging such as `{ next_uri: next_page_uri }` or `{ cursor: next, query: after }`"
)]
pub struct Paging {
    /// The key that holds the next page's URI.
    pub next_uri: Option<String>,
    /// The key that holds the cursor of the next page.
    pub cursor: Option<String>,
    /// The query parameter that takes the cursor.
    pub query: Option<String>,
}

/// Where an error body holds what, as JSON pointers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "where errors hold what, such as `{ message: /msg }`"
)]
pub struct ErrorFields {
    pub code: Option<String>,
    pub message: Option<String>,
    pub details: Option<String>,
    pub request_id: Option<String>,
    /// The header of every response that carries the request ID.
    pub request_id_header: Option<String>,
    /// The page that explains an error; `{code}` stands for the code in lower case.
    pub docs_url: Option<String>,
}

/// What a fake of the API needs beyond the rest: how lists are paged, and what errors say.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "what a fake needs, such as `{ limit: limit, most: 100 }`"
)]
pub struct FakeRules {
    /// The query parameter that bounds a page.
    pub limit: Option<String>,
    /// How many items a page holds at most.
    pub most: Option<u32>,
    /// The query parameter that takes the ID of the object which a page comes after.
    pub before: Option<String>,
    /// The query parameter that takes a condition.
    pub filter: Option<String>,
    /// The key under which objects and pages hold their own URI.
    pub uri: Option<String>,
    /// The status in the body of an error, as a JSON pointer.
    pub status: Option<String>,
    /// The code of an error, by its HTTP status.
    #[serde(default)]
    pub codes: OrderedMap<String>,
    /// The prefix of request IDs, without the underscore.
    pub request_id: Option<String>,
}

impl<'de> Deserialize<'de> for Auth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct InHeader {
            header: String,
        }

        struct AuthVisitor;

        impl<'de> Visitor<'de> for AuthVisitor {
            type Value = Auth;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("`bearer` or `{ header: NAME }`")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Auth, E> {
                match text {
                    "bearer" => Ok(Auth::Bearer),
                    other => Err(E::unknown_variant(other, &["bearer"])),
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Auth, A::Error> {
                InHeader::deserialize(MapAccessDeserializer::new(map)).map(|auth| Auth::Header(auth.header))
            }
        }

        deserializer.deserialize_any(AuthVisitor)
    }
}
