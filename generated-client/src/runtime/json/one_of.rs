//! Unions: objects with one key, which determines the type of its value.

use std::fmt;

use serde_json::{Map, Value};

use super::path::at_key;
use super::read::read_value;
use super::value::kind;
use super::{Fit, Members, ObjectView, OneOf, View};

/// An object that does not contain exactly one known key, kept verbatim except for null values.
///
/// Use [`get`](Self::get) to read a value. A later version of the client may add a variant for its key.
///
/// `Debug` prints only the keys, because the values may be secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct UnknownKeys(Map<String, Value>);

impl UnknownKeys {
    /// Returns the value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// Returns the keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Returns `true` if the object is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Map<String, Value>> for UnknownKeys {
    fn from(entries: Map<String, Value>) -> Self {
        Self(entries)
    }
}

impl From<UnknownKeys> for Map<String, Value> {
    fn from(keys: UnknownKeys) -> Self {
        keys.0
    }
}

impl ObjectView for UnknownKeys {
    fn members(&self, members: &mut Members<'_>) {
        for (key, value) in &self.0 {
            members.add(key, View::Any(value));
        }
    }
}

impl fmt::Debug for UnknownKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

/// Decodes a union by its only known key. Keys with a null value are ignored. Returns an object that does not have exactly one
/// of the keys.
#[allow(dead_code, reason = "unused in an API without unions")]
pub(crate) fn decode_one_of(
    one_of: &mut dyn OneOf,
    keys: &[&'static str],
    value: Value,
) -> Result<Option<UnknownKeys>, serde_json::Error> {
    let Value::Object(mut entries) = value else {
        return Err(mismatch(one_of, &value));
    };
    let Some(key) = only_key(keys, &entries) else {
        return Ok(Some(UnknownKeys(without_nulls(entries))));
    };
    if let (Some(value), Some(target)) = (entries.get_mut(key), one_of.choose(key)) {
        read_value(target, value.take()).map_err(|error| at_key::<serde_json::Error>(key, &error))?;
    }
    Ok(None)
}

/// Returns `true` if a value is an object with exactly one known key, or with any key.
#[allow(dead_code, reason = "unused in an API without unions")]
pub(crate) fn fits_one_of(keys: &[&'static str], value: &Value, fit: Fit) -> bool {
    value.as_object().is_some_and(|entries| match fit {
        Fit::Known => only_key(keys, entries).is_some(),
        Fit::Open => !entries.is_empty(),
    })
}

fn without_nulls(entries: Map<String, Value>) -> Map<String, Value> {
    let mut kept = Map::new();
    for (key, value) in entries {
        if !value.is_null() {
            kept.insert(key, value);
        }
    }
    kept
}

/// Returns the key that is set in an object, if there is exactly one.
fn only_key(keys: &[&'static str], entries: &Map<String, Value>) -> Option<&'static str> {
    let is_set = |key: &&&'static str| entries.get(**key).is_some_and(|value| !value.is_null());
    let mut set = keys.iter().filter(is_set);
    match (set.next(), set.next()) {
        (Some(key), None) => Some(key),
        _ => None,
    }
}

/// Returns the error for a value that is no object.
#[cold]
pub(super) fn mismatch(one_of: &dyn OneOf, value: &Value) -> serde_json::Error {
    serde_core::de::Error::custom(format_args!("expected {}, found {}", one_of.expected(), kind(value)))
}

/// Implements a union for an enum: `one_of!(Name { "key" => Variant, })`. `"key" as EpochSeconds => Variant,` sets the
/// [`Codec`](super::Codec) of a variant.
///
/// Each variant contains the value of its key. An additional variant, `Unknown(UnknownKeys)`, contains objects that do
/// not have exactly one of the keys.
#[allow(unused_macros, reason = "unused in an API without unions")]
macro_rules! one_of {
    ($name:ident { $($key:literal $(as $codec:ident)? => $variant:ident,)* }) => {
        impl $crate::runtime::ObjectView for $name {
            fn members(&self, members: &mut $crate::runtime::Members<'_>) {
                match self {
                    $(Self::$variant(value) => {
                        members.add($key, $crate::runtime::JsonValue::view(value)$(.coded($crate::runtime::Codec::$codec))?);
                    })*
                    Self::Unknown(entries) => $crate::runtime::ObjectView::members(entries, members),
                }
            }
        }

        impl $crate::runtime::OneOf for $name {
            fn expected(&self) -> &'static str {
                "an object"
            }

            fn choose(&mut self, key: &str) -> ::core::option::Option<$crate::runtime::Target<'_>> {
                match key {
                    $($key => *self = Self::$variant($crate::runtime::JsonValue::empty()),)*
                    _ => {}
                }
                match self {
                    $(Self::$variant(value) => ::core::option::Option::Some(
                        $crate::runtime::JsonValue::target(value)$(.coded($crate::runtime::Codec::$codec))?
                    ),)*
                    Self::Unknown(_) => ::core::option::Option::None,
                }
            }

            fn decode(&mut self, value: ::serde_json::Value) -> ::core::result::Result<(), ::serde_json::Error> {
                if let ::core::option::Option::Some(unknown) = $crate::runtime::decode_one_of(self, &[$($key),*], value)? {
                    *self = Self::Unknown(unknown);
                }
                ::core::result::Result::Ok(())
            }

            fn fits(&mut self, value: &::serde_json::Value, fit: $crate::runtime::Fit) -> bool {
                $crate::runtime::fits_one_of(&[$($key),*], value, fit)
            }
        }

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self::Unknown(::core::default::Default::default())
            }
        }

        impl $crate::runtime::JsonValue for $name {
            type Form = $crate::runtime::UnionForm;

            fn empty() -> Self {
                ::core::default::Default::default()
            }
        }

        $crate::runtime::serde!($name);
    };
}
#[allow(unused_imports, reason = "unused in an API without unions")]
pub(crate) use one_of;

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::runtime::object;

    #[derive(Clone, Debug, PartialEq)]
    enum Sink {
        Queue(Queue),
        Log(String),
        Nested(Box<Sink>),
        Unknown(super::UnknownKeys),
    }

    one_of!(Sink {
        "queue" => Queue,
        "log" => Log,
        "nested" => Nested,
    });

    #[derive(Clone)]
    struct Queue {
        sizes: Vec<u32>,
        target: Box<Sink>,
        spare: Option<Box<Sink>>,
    }

    object!(Queue {
        "sizes" => sizes,
        "target" => target,
        "spare" => spare,
    });

    fn read(text: &str) -> Sink {
        serde_json::from_str(text).expect("a sink")
    }

    fn problem(text: &str) -> String {
        serde_json::from_str::<Sink>(text).expect_err("an error").to_string()
    }

    fn log(text: &str) -> Sink {
        Sink::Log(text.to_owned())
    }

    fn unknown(entries: Value) -> Sink {
        match entries {
            Value::Object(entries) => Sink::Unknown(entries.into()),
            _ => Sink::default(),
        }
    }

    #[test]
    fn key_determines_the_variant() {
        let queue = Queue {
            sizes: vec![1],
            target: Box::new(log("x")),
            spare: Some(Box::new(Sink::Nested(Box::new(log(""))))),
        };
        let text = r#"{"queue":{"sizes":[1],"target":{"log":"x"},"spare":{"nested":{"log":""}}}}"#;
        assert_eq!(read(text), Sink::Queue(queue.clone()));
        assert_eq!(serde_json::to_string(&Sink::Queue(queue)).ok().as_deref(), Some(text));
        assert_eq!(read(r#"{"queue": {}}"#), Sink::Queue(Queue::default()));
        assert_eq!(
            serde_json::to_value(Sink::Queue(Queue::default())).ok(),
            Some(json!({ "queue": {} }))
        );
    }

    #[test]
    fn ignores_null_values_and_unknown_keys_next_to_a_known_one() {
        assert_eq!(read(r#"{"queue":null,"log":"a","new":null}"#), log("a"));
        assert_eq!(read(r#"{"new":{"a":[1]},"log":"a","newer":1}"#), log("a"));
    }

    #[test]
    fn keeps_and_encodes_unknown_keys() {
        for entries in [
            json!({ "new": { "a": [1, null] } }),
            json!({ "new": 1, "newer": "2" }),
            json!({ "log": "a", "queue": { "sizes": [], "unlisted": 1 } }),
            json!({ "log": 1, "queue": true, "new": [] }),
        ] {
            let target = read(&entries.to_string());
            assert_eq!(target, unknown(entries.clone()));
            assert_eq!(serde_json::to_value(target).ok(), Some(entries));
        }
    }

    #[test]
    fn decodes_null_and_no_key_as_empty_and_omits_it() {
        for text in ["{}", "null", r#"{"log":null,"new":null}"#] {
            assert_eq!(read(text), Sink::default());
        }
        assert_eq!(serde_json::to_string(&Queue::default()).ok().as_deref(), Some("{}"));
    }

    #[test]
    fn errors_contain_path_and_kinds() {
        assert!(problem("[]").starts_with("expected an object, found an array at line 1"));
        assert!(problem("1").starts_with("expected an object, found an integer at line 1"));
        assert!(
            problem(r#"{"nested":{"queue":{"sizes":[1,"secret"]}}}"#)
                .starts_with("at `nested.queue.sizes[1]`: expected an unsigned 32-bit integer, found a string")
        );
        assert!(problem(r#"{"new":"#).starts_with("at `new`: EOF"));
        assert!(problem(&r#"{"nested":"#.repeat(10_000)).contains("recursion limit"));
    }
}
