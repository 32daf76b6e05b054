//! Values that are written as a single string.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};

use crate::diagnostics::visible;

/// The maximum length of a name or key, in characters. Names become identifiers and file names.
const MAX_NAME: usize = 256;

/// The maximum length of a type, a path or another parsed string, in characters.
const MAX_PARSED: usize = 1024;

/// Deserializes a string and parses it. Errors carry the location of the string. The second line of an error is its fix.
pub fn parse<'de, T, D>(deserializer: D, expecting: &'static str) -> Result<T, D::Error>
where
    T: FromStr<Err = String>,
    D: Deserializer<'de>,
{
    let visitor = FromStrVisitor::<Parsed<T>> {
        expecting,
        max: MAX_PARSED,
        result: PhantomData,
    };
    Ok(deserializer.deserialize_str(visitor)?.0)
}

/// A value that was parsed from a single line.
struct Parsed<T>(T);

impl<T: FromStr<Err = String>> FromStr for Parsed<T> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.contains(char::is_control) {
            let text = visible(text);
            return Err(format!(
                "`{text}` contains a line break or another control character\nremove it"
            ));
        }
        text.parse().map(Self)
    }
}

/// Deserializes a text that is neither null nor blank.
pub fn doc<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Doc::deserialize(deserializer).map(|doc| doc.0)
}

/// Deserializes a text that is not blank, if there is one.
pub fn optional_doc<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Option::<Doc>::deserialize(deserializer).map(|doc| doc.map(|doc| doc.0))
}

/// Deserializes a name of limited length.
pub fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Name::deserialize(deserializer).map(|name| name.0)
}

/// Deserializes a name of limited length, if there is one.
pub fn optional_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Option::<Name>::deserialize(deserializer).map(|name| name.map(|name| name.0))
}

/// Deserializes a string, if there is one. Other values are errors, although `serde_yaml` converts them to strings.
pub fn optional_string<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    strict(deserializer, "a string")
}

/// Deserializes the name of a header, if there is one.
pub fn optional_header<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    strict(deserializer, "the name of a header")
}

/// Deserializes a string. Other values are errors, although `serde_yaml` converts them to strings.
pub fn string<'de, D: Deserializer<'de>>(deserializer: D, expecting: &'static str) -> Result<String, D::Error> {
    Ok(strict(deserializer, expecting)?.unwrap_or_default())
}

fn strict<'de, D: Deserializer<'de>>(deserializer: D, expecting: &'static str) -> Result<Option<String>, D::Error> {
    let string = FromStrVisitor::<Name> {
        expecting,
        max: MAX_NAME,
        result: PhantomData,
    };
    deserializer.deserialize_any(string).map(|name| Some(name.0))
}

/// A text that is not blank.
#[derive(Clone, Debug)]
pub struct Doc(pub String);

impl<'de> Deserialize<'de> for Doc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FromStrVisitor {
            expecting: "a string",
            max: usize::MAX,
            result: PhantomData,
        })
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

/// A name or key of limited length.
#[derive(Debug)]
pub struct Name(pub String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(FromStrVisitor {
            expecting: "a string",
            max: MAX_NAME,
            result: PhantomData,
        })
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0
    }
}

impl Name {
    /// Returns a name. Fails if it is too long.
    pub fn checked<E: de::Error>(text: &str) -> Result<Self, E> {
        let visitor = FromStrVisitor::<Self> {
            expecting: "a string",
            max: MAX_NAME,
            result: PhantomData,
        };
        visitor.visit_str(text)
    }
}

impl FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(Self(text.to_owned()))
    }
}

/// Parses inside a visitor, because `serde_yaml` adds a location to errors that occur there.
struct FromStrVisitor<T> {
    expecting: &'static str,
    /// The maximum length, in characters.
    max: usize,
    result: PhantomData<T>,
}

impl<T: FromStr<Err = String>> Visitor<'_> for FromStrVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(self.expecting)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        if text.len() > self.max && text.chars().nth(self.max).is_some() {
            return Err(E::custom(format_args!(
                "`{text}` is longer than {} characters",
                self.max
            )));
        }
        text.parse().map_err(E::custom)
    }
}
