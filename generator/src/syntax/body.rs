//! The `body` of an operation.

use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};

use super::{TypeExpr, text};

/// The request body of an operation.
#[derive(Clone, Debug)]
pub enum BodyExpr {
    /// `empty`: an object without fields.
    Empty,
    Type(TypeExpr),
}

impl FromStr for BodyExpr {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "empty" => Ok(Self::Empty),
            other => other.parse().map(Self::Type),
        }
    }
}

impl<'de> Deserialize<'de> for BodyExpr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::parse(deserializer, "a type or `empty`")
    }
}
