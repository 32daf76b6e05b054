//! How the YAML is spelled: one serde type for each shape that a schema file may have.
//!
//! Nothing here knows what a name refers to; that is the business of `resolve`.

mod entries;
pub mod parse;
mod text;
pub mod yaml;

pub use entries::Entries;
pub use text::{Http, Method, Scalar, TypeExpr};

use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

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
    pub headers: Entries<String>,
    pub rate_limit: Option<RateLimit>,
    pub paging: Option<Paging>,
    #[serde(default)]
    pub errors: ErrorFields,
    #[serde(default)]
    pub fake: FakeRules,
    #[serde(default)]
    pub query_sets: Entries<Query>,
    #[serde(default)]
    pub types: Entries<TypeDefinition>,
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
    /// The key that holds the page's own URI.
    pub uri: Option<String>,
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
    pub operation_id: Option<String>,
    /// The header that carries the operation ID of any answer.
    pub operation_id_header: Option<String>,
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
    /// The status in the body of an error, as a JSON pointer.
    pub status: Option<String>,
    /// The code of an error, by its HTTP status.
    #[serde(default)]
    pub codes: Entries<String>,
    /// How the IDs of requests begin, without the underscore.
    pub operation_id: Option<String>,
}

impl FakeRules {
    /// The code of each status; none of what is no status of an error.
    pub fn status_codes(&self) -> impl Iterator<Item = (Option<u16>, &str, &str)> {
        let known = |status: &str| status.parse().ok().filter(|status| (400..=599).contains(status));
        self.codes
            .iter()
            .map(move |(status, code)| (known(status), status, code.as_str()))
    }
}

/// Query parameters: the name of a set, parameters of its own, or a list of both.
#[derive(Debug)]
pub enum Query {
    Set(String),
    Own(Entries<QueryParameter>),
    List(Vec<Query>),
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
    /// Its name in programs, where the name on the wire does not serve.
    #[serde(rename = "as")]
    pub alias: Option<String>,
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
    /// One of what the resource's name speaks of, where dropping its last `s` does not tell.
    pub singular: Option<String>,
    /// The resource whose deletion deletes these objects, too.
    pub parent: Option<String>,
    /// `RESOURCE.FIELD`: the object is that field of another one.
    pub module_of: Option<String>,
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
    /// The types of path parameters that are no strings.
    #[serde(default)]
    pub params: Entries<TypeExpr>,
    pub query: Option<Query>,
    /// What is sent, where it is not what `create` or `update` derive.
    pub body: Option<Body>,
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

/// What an operation sends.
#[derive(Clone, Debug)]
pub enum Body {
    /// `empty`: an object without fields.
    Empty,
    Type(TypeExpr),
}

/// A named type: an object (`fields`), an open enumeration (`values`), or a union by the one key present (`one_of`).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a type such as `{ doc: \"…\", fields: { … } }`")]
pub struct TypeDefinition {
    pub doc: String,
    pub id_prefix: Option<String>,
    pub fields: Option<Entries<FieldDefinition>>,
    /// Each value with its documentation.
    pub values: Option<Entries<String>>,
    /// Each key with its type.
    pub one_of: Option<Entries<TypeExpr>>,
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
    /// Whether only the answer to `create` shows it.
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

/// A value as it is written in the schema.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    Boolean(bool),
    Integer(i64),
    Number(f64),
    Text(String),
    List(Vec<Literal>),
    Map(Vec<(String, Literal)>),
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

impl<'de> Deserialize<'de> for Query {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct QueryVisitor;

        impl<'de> Visitor<'de> for QueryVisitor {
            type Value = Query;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("the name of a query set, parameters such as `{ limit: { … } }`, or a list of both")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Query, E> {
                Ok(Query::Set(name.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Query, A::Error> {
                Entries::deserialize(MapAccessDeserializer::new(map)).map(Query::Own)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Query, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Query::List(list))
            }
        }

        deserializer.deserialize_any(QueryVisitor)
    }
}

impl<'de> Deserialize<'de> for Literal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LiteralVisitor;

        impl<'de> Visitor<'de> for LiteralVisitor {
            type Value = Literal;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a text, a number, a boolean, or a list or mapping of them")
            }

            fn visit_bool<E>(self, value: bool) -> Result<Literal, E> {
                Ok(Literal::Boolean(value))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Literal, E> {
                Ok(Literal::Integer(value))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Literal, E> {
                i64::try_from(value)
                    .map(Literal::Integer)
                    .map_err(|_| E::custom("this number is too large"))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Literal, E> {
                Ok(Literal::Number(value))
            }

            fn visit_str<E>(self, value: &str) -> Result<Literal, E> {
                Ok(Literal::Text(value.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Literal, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Literal::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Literal, A::Error> {
                let entries = Entries::<Literal>::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Literal::Map(entries.into_iter().collect()))
            }
        }

        deserializer.deserialize_any(LiteralVisitor)
    }
}
