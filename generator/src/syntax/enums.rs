//! The values of enums: strings or integers.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use super::OrderedMap;
use super::text::{self, Doc};

/// The values of a string enum, in source order.
#[derive(Debug)]
pub struct Values(OrderedMap<ValueDefinition>);

impl Values {
    pub fn iter(&self) -> impl Iterator<Item = (&str, &ValueDefinition)> {
        self.0.iter()
    }
}

/// The values of an integer enum, in source order.
#[derive(Debug)]
pub struct Integers(OrderedMap<ValueDefinition>);

impl Integers {
    pub fn iter(&self) -> impl Iterator<Item = (i64, &ValueDefinition)> {
        // The keys are the integers in decimal.
        let entries = self.0.iter();
        entries.filter_map(|(key, definition)| Some((key.parse().ok()?, definition)))
    }
}

/// A value of an enum: nothing, its documentation, or a mapping.
#[derive(Debug, Default)]
pub struct ValueDefinition {
    /// The name in generated code, if it is not derived from the value.
    pub alias: Option<String>,
    pub doc: Option<String>,
    pub deprecated: Option<String>,
}

/// The mapping that describes a value.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Described {
    #[serde(rename = "as", default, deserialize_with = "text::optional_name")]
    alias: Option<String>,
    #[serde(default, deserialize_with = "text::optional_doc")]
    doc: Option<String>,
    #[serde(default, deserialize_with = "text::optional_doc")]
    deprecated: Option<String>,
}

impl<'de> Deserialize<'de> for ValueDefinition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ValueVisitor;

        impl<'de> Visitor<'de> for ValueVisitor {
            type Value = ValueDefinition;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("documentation, or a mapping such as `{ as: NAME, doc: \"…\" }`")
            }

            fn visit_unit<E>(self) -> Result<ValueDefinition, E> {
                Ok(ValueDefinition::default())
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<ValueDefinition, E> {
                let Doc(doc) = Doc::from_str(text).map_err(E::custom)?;
                Ok(ValueDefinition {
                    doc: Some(doc),
                    ..ValueDefinition::default()
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ValueDefinition, A::Error> {
                let Described { alias, doc, deprecated } = Described::deserialize(MapAccessDeserializer::new(map))?;
                Ok(ValueDefinition { alias, doc, deprecated })
            }
        }

        deserializer.deserialize_any(ValueVisitor)
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        OrderedMap::with_keys::<Text, D>(deserializer).map(Self)
    }
}

/// A value of a string enum. Unlike other keys, it must not look like a number or a boolean: it is sent as a string.
struct Text(String);

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl Visitor<'_> for TextVisitor {
            type Value = Text;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a string")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
                text::Name::checked(text).map(|name| Text(name.0))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Text, E> {
                Err(E::custom(not_a_string(&number)))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Text, E> {
                Err(E::custom(not_a_string(&number)))
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Text, E> {
                Err(E::custom(format_args!(
                    "expected a string, found the number `{number}`\nquote it"
                )))
            }

            fn visit_bool<E: de::Error>(self, value: bool) -> Result<Text, E> {
                Err(E::custom(format_args!(
                    "expected a string, found `{value}`\nquote it: `\"{value}\"`"
                )))
            }
        }

        deserializer.deserialize_any(TextVisitor)
    }
}

/// Returns the error for a value that is written as an integer, with its fix.
fn not_a_string(number: &dyn fmt::Display) -> String {
    format!(
        "expected a string, found the integer `{number}`\nif the API sends integers, write `integers` instead of `values`; otherwise quote the value: `\"{number}\"`"
    )
}

impl<'de> Deserialize<'de> for Integers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        OrderedMap::with_keys::<Integer, D>(deserializer).map(Self)
    }
}

/// An integer in decimal.
struct Integer(i64);

impl From<Integer> for String {
    fn from(Integer(number): Integer) -> Self {
        number.to_string()
    }
}

impl FromStr for Integer {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_decimal = text
            .strip_prefix('-')
            .unwrap_or(text)
            .bytes()
            .all(|byte| byte.is_ascii_digit());
        match text.parse::<i64>() {
            Ok(number) if number.to_string() == text => Ok(Self(number)),
            Ok(number) => Err(format!("invalid integer `{text}`\nwrite `{number}`")),
            Err(_) if is_decimal && !text.is_empty() => Err(format!("the integer `{text}` does not fit in 64 bits")),
            Err(_) => Err(format!(
                "expected an integer, found `{text}`\nwrite integers in decimal; for an enum of strings, write `values`"
            )),
        }
    }
}

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::parse(deserializer, "an integer")
    }
}
