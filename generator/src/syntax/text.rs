//! Values that are written as a single string.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};

/// Deserializes a string and parses it. Errors carry the location of the string. The second line of an error is its fix.
pub fn parse<'de, T, D>(deserializer: D, expecting: &'static str) -> Result<T, D::Error>
where
    T: FromStr<Err = String>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(FromStrVisitor(PhantomData, expecting))
}

/// Deserializes a text that is neither null nor blank.
pub fn doc<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Doc::deserialize(deserializer).map(|doc| doc.0)
}

/// A text that is not blank.
#[derive(Clone, Debug)]
pub struct Doc(pub String);

impl<'de> Deserialize<'de> for Doc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FromStrVisitor(PhantomData, "a string"))
    }
}

impl FromStr for Doc {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            Err("the text is empty".to_owned())
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

/// Parses inside a visitor, because `serde_yaml` adds a location to errors that occur there.
struct FromStrVisitor<T>(PhantomData<T>, &'static str);

impl<T: FromStr<Err = String>> Visitor<'_> for FromStrVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(self.1)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}
