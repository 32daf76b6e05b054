//! Query parameters and query sets.

use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Literal, OrderedMap, TypeExpr, text};

/// Query parameters: the name of a query set, inline parameters, or a list of both.
#[derive(Debug)]
pub enum Query {
    Set(String),
    Own(OrderedMap<QueryParameter>),
    List(Vec<Query>),
}

/// A query parameter.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a query parameter such as `{ type: uint32, doc: \"…\" }`"
)]
pub struct QueryParameter {
    #[serde(rename = "type")]
    pub ty: TypeExpr,
    /// `true` if every request must have the parameter.
    #[serde(default)]
    pub required: bool,
    /// The style of a list or an object.
    pub style: Option<QueryStyle>,
    #[serde(deserialize_with = "text::doc")]
    pub doc: String,
    /// The name in generated code, if it differs from the wire name.
    #[serde(rename = "as")]
    pub alias: Option<String>,
    pub example: Option<Literal>,
    #[serde(default, deserialize_with = "text::optional_doc")]
    pub deprecated: Option<String>,
}

/// The style of a list or an object in a query.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum QueryStyle {
    /// One parameter with comma-separated values.
    Comma,
    /// A parameter `name[]` for each value.
    Brackets,
    /// A parameter `name[key]` for each entry.
    Deep,
}

/// A header of an operation's requests.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a header such as `{ type: string, doc: \"…\" }`")]
pub struct HeaderParameter {
    #[serde(rename = "type")]
    pub ty: TypeExpr,
    /// `true` if every request must have the header.
    #[serde(default)]
    pub required: bool,
    #[serde(deserialize_with = "text::doc")]
    pub doc: String,
    /// The name in generated code, if it differs from the wire name.
    #[serde(rename = "as", default, deserialize_with = "text::optional_name")]
    pub alias: Option<String>,
    pub example: Option<Literal>,
    #[serde(default, deserialize_with = "text::optional_doc")]
    pub deprecated: Option<String>,
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
                OrderedMap::deserialize(MapAccessDeserializer::new(map)).map(Query::Own)
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
