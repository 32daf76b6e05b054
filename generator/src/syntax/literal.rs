//! Literal values: defaults and examples.

use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

use super::OrderedMap;

/// A literal value in the schema.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    Boolean(bool),
    Integer(i64),
    Number(f64),
    Text(String),
    List(Vec<Literal>),
    Map(Vec<(String, Literal)>),
}

impl<'de> Deserialize<'de> for Literal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LiteralVisitor;

        impl<'de> Visitor<'de> for LiteralVisitor {
            type Value = Literal;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a string, a number, a boolean, a list or a mapping")
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
                    .map_err(|_| E::custom(format_args!("integer `{value}` is too large")))
            }

            fn visit_u128<E: de::Error>(self, value: u128) -> Result<Literal, E> {
                Err(E::custom(format_args!("integer `{value}` is too large")))
            }

            fn visit_i128<E: de::Error>(self, value: i128) -> Result<Literal, E> {
                Err(E::custom(format_args!("integer `{value}` is too small")))
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Literal, E> {
                if value.is_finite() {
                    Ok(Literal::Number(value))
                } else {
                    Err(E::custom("JSON cannot represent infinity or NaN"))
                }
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
                let entries = OrderedMap::<Literal>::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Literal::Map(entries.into_iter().collect()))
            }
        }

        deserializer.deserialize_any(LiteralVisitor)
    }
}
