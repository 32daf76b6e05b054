//! The paging of lists.

use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Unexpected, Visitor};

use super::text;

/// The way from a page of a list to the next one. Exactly one of `next_uri`, `cursor`, `link`, `page`, `offset` and `last`
/// determines the style.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "paging such as `{ next_uri: next_page_uri }` or `{ cursor: next, query: after }`"
)]
pub struct Paging {
    /// The location of the next page's URI.
    #[serde(default, deserialize_with = "text::optional_string")]
    pub next_uri: Option<String>,
    /// The location of the next page's cursor.
    #[serde(default, deserialize_with = "text::optional_string")]
    pub cursor: Option<String>,
    /// The relation of the next page in the `Link` header.
    #[serde(default, deserialize_with = "text::optional_string")]
    pub link: Option<String>,
    /// The query parameter for the number of a page.
    #[serde(default, deserialize_with = "text::optional_string")]
    pub page: Option<String>,
    /// The query parameter for the number of items before a page.
    #[serde(default, deserialize_with = "text::optional_string")]
    pub offset: Option<String>,
    /// The field of a page's last item that identifies the next page.
    #[serde(default, deserialize_with = "text::optional_string")]
    pub last: Option<String>,
    /// The query parameter for the cursor, or for the field of the last item.
    pub query: Option<String>,
    /// The number of the first page. Defaults to 1.
    pub first: Option<u64>,
    /// The location of the next page's number.
    pub next: Option<String>,
    /// The location of the number of pages.
    #[serde(default, deserialize_with = "text::optional_string")]
    pub pages: Option<String>,
    /// The location of a boolean that is true if there is another page.
    #[serde(default, deserialize_with = "text::optional_string")]
    pub more: Option<String>,
    /// The location of the number of items in the list.
    #[serde(default, deserialize_with = "text::optional_string")]
    pub total: Option<String>,
    /// The query parameter for the size of a page.
    pub limit: Option<String>,
    /// The highest value of `limit`, and its default.
    pub max_limit: Option<u32>,
    /// The location of the items, unless an operation has its own.
    pub items: Option<String>,
    #[serde(default)]
    pub may_omit: Vec<Omittable>,
}

/// A part that a page may lack.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Omittable {
    Items,
    Next,
}

/// The paging of one operation.
#[derive(Debug)]
pub enum OperationPaging {
    /// `none`: the list has one page.
    None,
    Own(Box<Paging>),
}

impl<'de> Deserialize<'de> for OperationPaging {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PagingVisitor;

        impl<'de> Visitor<'de> for PagingVisitor {
            type Value = OperationPaging;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("`none`, or paging such as `{ next_uri: next_page_uri }`")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<OperationPaging, E> {
                match text {
                    "none" => Ok(OperationPaging::None),
                    other => Err(E::invalid_value(Unexpected::Str(other), &self)),
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<OperationPaging, A::Error> {
                let paging = Paging::deserialize(MapAccessDeserializer::new(map))?;
                Ok(OperationPaging::Own(Box::new(paging)))
            }
        }

        deserializer.deserialize_any(PagingVisitor)
    }
}
