//! The values of `auth` and `key_variable`.

use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::OrderedMap;

/// The value of `auth`, as written. Any YAML value is accepted here, so that one error can list all valid forms.
#[derive(Clone, Debug)]
pub enum AuthExpr {
    /// A string, such as `bearer`.
    Word(String),
    /// A mapping, such as `{ header: X-Api-Key }`.
    Mapping(OrderedMap<AuthExpr>),
    /// Any other value.
    Other,
}

/// The environment variables that contain the credentials.
#[derive(Clone, Debug)]
pub enum KeyVariable {
    /// The variable of an API key.
    Key(String),
    /// The variables of a user and a password.
    Login(LoginVariables),
}

/// The environment variables of a user and a password.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoginVariables {
    pub user: String,
    pub password: String,
}

impl AuthExpr {
    /// Deserializes the value of an optional key, without treating null as an absent value.
    pub fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Self::deserialize(deserializer).map(Some)
    }
}

impl<'de> Deserialize<'de> for AuthExpr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AuthVisitor;

        impl<'de> Visitor<'de> for AuthVisitor {
            type Value = AuthExpr;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("any value")
            }

            fn visit_str<E>(self, text: &str) -> Result<AuthExpr, E> {
                Ok(AuthExpr::Word(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<AuthExpr, A::Error> {
                OrderedMap::deserialize(MapAccessDeserializer::new(map)).map(AuthExpr::Mapping)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<AuthExpr, A::Error> {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(AuthExpr::Other)
            }

            fn visit_bool<E>(self, _: bool) -> Result<AuthExpr, E> {
                Ok(AuthExpr::Other)
            }

            fn visit_i64<E>(self, _: i64) -> Result<AuthExpr, E> {
                Ok(AuthExpr::Other)
            }

            fn visit_u64<E>(self, _: u64) -> Result<AuthExpr, E> {
                Ok(AuthExpr::Other)
            }

            fn visit_f64<E>(self, _: f64) -> Result<AuthExpr, E> {
                Ok(AuthExpr::Other)
            }

            fn visit_unit<E>(self) -> Result<AuthExpr, E> {
                Ok(AuthExpr::Other)
            }
        }

        deserializer.deserialize_any(AuthVisitor)
    }
}

impl<'de> Deserialize<'de> for KeyVariable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVariableVisitor;

        impl<'de> Visitor<'de> for KeyVariableVisitor {
            type Value = KeyVariable;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("an environment variable, or `{ user: NAME, password: NAME }`")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<KeyVariable, E> {
                Ok(KeyVariable::Key(name.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<KeyVariable, A::Error> {
                LoginVariables::deserialize(MapAccessDeserializer::new(map)).map(KeyVariable::Login)
            }
        }

        deserializer.deserialize_any(KeyVariableVisitor)
    }
}
