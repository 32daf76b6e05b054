//! Tagged unions: objects with a key, the tag, whose value determines the type of the other keys.

use std::fmt;

use serde_json::{Map, Value};

use super::one_of::mismatch;
use super::read::read_value;
use super::{Fit, Members, OneOf, View};

/// An object whose tag is absent or unknown to this version of the client, kept verbatim.
///
/// `Debug` prints only the tag and the keys, because the values may be secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct UnknownMember {
    tag: Option<String>,
    data: Map<String, Value>,
}

impl UnknownMember {
    /// Creates an object with a tag, for a member that this version of the client does not know.
    pub fn new(tag: impl Into<String>, data: Map<String, Value>) -> Self {
        let tag = Some(tag.into());
        Self { tag, data }
    }

    /// Returns the tag, or `None` if the object has no tag that is a string.
    #[must_use]
    pub fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// Returns the other entries of the object.
    #[must_use]
    pub fn data(&self) -> &Map<String, Value> {
        &self.data
    }

    /// Adds each entry of the object, given the key of the tag.
    pub(crate) fn members(&self, key: &'static str, members: &mut Members<'_>) {
        if let Some(tag) = &self.tag {
            members.add(key, View::Text(tag));
        }
        let is_tag = |name: &str| self.tag.is_some() && name == key;
        for (name, value) in self.data.iter().filter(|(name, _)| !is_tag(name)) {
            members.add(name, View::Any(value));
        }
    }
}

impl fmt::Debug for UnknownMember {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys: Vec<_> = self.data.keys().collect();
        formatter
            .debug_struct("UnknownMember")
            .field("tag", &self.tag)
            .field("keys", &keys)
            .finish_non_exhaustive()
    }
}

/// Decodes a tagged union. Returns an object whose tag is not one of the known ones.
pub(crate) fn decode_tagged(
    one_of: &mut dyn OneOf,
    key: &'static str,
    tags: &[&'static str],
    value: Value,
) -> Result<Option<UnknownMember>, serde_json::Error> {
    let Value::Object(mut data) = value else {
        return Err(mismatch(one_of, &value));
    };
    let tag = match data.remove(key) {
        Some(Value::String(tag)) => tag,
        other => {
            data.extend(other.map(|other| (key.to_owned(), other)));
            return Ok(Some(UnknownMember { tag: None, data }));
        }
    };
    if !tags.contains(&tag.as_str()) {
        return Ok(Some(UnknownMember { tag: Some(tag), data }));
    }
    match one_of.choose(&tag) {
        Some(target) => read_value(target, Value::Object(data)).map(|()| None),
        None => Ok(None),
    }
}

/// Returns `true` if a value is an object with a known tag, or with any tag.
pub(crate) fn fits_tagged(key: &'static str, tags: &[&'static str], value: &Value, fit: Fit) -> bool {
    let tag = value.get(key).and_then(Value::as_str);
    tag.is_some_and(|tag| fit == Fit::Open || tags.contains(&tag))
}

/// Adds the entries of an object after its tag. An entry of a map with the key of the tag is left out.
pub(crate) fn add_tagged(key: &'static str, tag: &'static str, member: Option<View<'_>>, members: &mut Members<'_>) {
    members.add(key, View::Text(tag));
    if let Some(View::Object(object, codec)) = member {
        object.members(&mut Members::new(&mut |name, value| {
            if name != key {
                members.add(name, value.coded(codec));
            }
        }));
    }
}

/// Implements a tagged union for an enum: `tagged!(Name, "type" { "local" => Local(value), "none" => None, })`.
///
/// A variant with `(value)` contains an object with the other keys, and a variant without it contains nothing. An additional
/// variant, `Unknown(UnknownMember)`, contains objects whose tag is absent or not one of the known ones.
#[allow(unused_macros, reason = "unused in an API without tagged unions")]
macro_rules! tagged {
    ($name:ident, $key:literal { $($tag:literal $(as $codec:ident)? => $variant:ident $(($value:ident))?,)* }) => {
        impl $crate::runtime::ObjectView for $name {
            fn members(&self, members: &mut $crate::runtime::Members<'_>) {
                match self {
                    $(Self::$variant $(($value))? => {
                        let member = ::core::option::Option::None
                            $(.or(::core::option::Option::Some($crate::runtime::JsonValue::view($value))))?;
                        $(let member = member.map(|member| member.coded($crate::runtime::Codec::$codec));)?
                        $crate::runtime::add_tagged($key, $tag, member, members);
                    })*
                    Self::Unknown(unknown) => unknown.members($key, members),
                }
            }
        }

        impl $crate::runtime::OneOf for $name {
            fn expected(&self) -> &'static str {
                "an object"
            }

            fn choose(&mut self, member: &str) -> ::core::option::Option<$crate::runtime::Target<'_>> {
                match member {
                    $($tag => {
                        $(let $value = $crate::runtime::JsonValue::empty();)?
                        *self = Self::$variant $(($value))?;
                    })*
                    _ => {}
                }
                match self {
                    $(Self::$variant $(($value))? => ::core::option::Option::None
                        $(.or(::core::option::Option::Some($crate::runtime::JsonValue::target($value))))?
                        $(.map(|target| target.coded($crate::runtime::Codec::$codec)))?,)*
                    Self::Unknown(_) => ::core::option::Option::None,
                }
            }

            fn decode(&mut self, value: ::serde_json::Value) -> ::core::result::Result<(), ::serde_json::Error> {
                let unknown = $crate::runtime::decode_tagged(self, $key, &[$($tag),*], value)?;
                if let ::core::option::Option::Some(unknown) = unknown {
                    *self = Self::Unknown(unknown);
                }
                ::core::result::Result::Ok(())
            }

            fn fits(&mut self, value: &::serde_json::Value, fit: $crate::runtime::Fit) -> bool {
                $crate::runtime::fits_tagged($key, &[$($tag),*], value, fit)
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
#[allow(unused_imports, reason = "unused in an API without tagged unions")]
pub(crate) use tagged;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Map, Value, json};

    use super::UnknownMember;
    use crate::runtime::{Timestamp, object};

    #[derive(Clone, Debug, PartialEq)]
    enum Source {
        Local(Local),
        Chain(Box<Source>),
        Gone,
        Times(BTreeMap<String, Timestamp>),
        Unknown(UnknownMember),
    }

    tagged!(Source, "type" {
        "local" => Local(value),
        "chain/v1" => Chain(value),
        "gone" => Gone,
        "times" as EpochSeconds => Times(value),
    });

    #[derive(Clone)]
    struct Local {
        path: String,
        sizes: Vec<u32>,
        source: Option<Box<Source>>,
    }

    object!(Local {
        "path" => path,
        "sizes" => sizes,
        "source" => source,
    });

    fn read(value: &Value) -> Source {
        serde_json::from_str(&value.to_string()).expect("a source")
    }

    fn entries(value: Value) -> Map<String, Value> {
        serde_json::from_value(value).expect("an object")
    }

    #[test]
    fn tag_determines_the_variant_and_is_written_first() {
        let inner = Local {
            path: "b".to_owned(),
            ..Local::default()
        };
        let outer = Local {
            path: "a".to_owned(),
            source: Some(Box::new(Source::Local(inner))),
            ..Local::default()
        };
        let source = Source::Local(outer);
        let text = r#"{"type":"local","path":"a","source":{"type":"local","path":"b"}}"#;
        assert_eq!(serde_json::to_string(&source).ok().as_deref(), Some(text));
        assert_eq!(serde_json::from_str::<Source>(text).ok(), Some(source.clone()));
        let tag_last = r#"{"path":"a","source":{"path":"b","type":"local"},"new":1,"type":"local"}"#;
        assert_eq!(serde_json::from_str::<Source>(tag_last).ok(), Some(source));
        let gone = json!({ "type": "gone", "since": 1 });
        assert_eq!(read(&gone), Source::Gone);
        assert_eq!(
            serde_json::to_string(&Source::Gone).ok().as_deref(),
            Some(r#"{"type":"gone"}"#)
        );
    }

    #[test]
    fn members_have_codecs() {
        let at: Timestamp = "1970-01-01T00:00:07Z".parse().expect("a timestamp");
        let times = Source::Times(BTreeMap::from([("a".to_owned(), at)]));
        let text = r#"{"type":"times","a":7}"#;
        assert_eq!(serde_json::from_str::<Source>(text).ok(), Some(times.clone()));
        assert_eq!(serde_json::to_string(&times).ok().as_deref(), Some(text));
    }

    #[test]
    fn tag_is_sent_once() {
        let times = Source::Times(BTreeMap::from([("type".to_owned(), Timestamp::default())]));
        assert_eq!(
            serde_json::to_string(&times).ok().as_deref(),
            Some(r#"{"type":"times"}"#)
        );
    }

    #[test]
    fn keeps_and_encodes_unknown_and_absent_tags() {
        for (value, tag, data) in [
            (
                json!({ "type": "s3", "a": [1, null] }),
                Some("s3"),
                json!({ "a": [1, null] }),
            ),
            (json!({ "type": "", "a": null }), Some(""), json!({ "a": null })),
            (json!({ "path": "a" }), None, json!({ "path": "a" })),
            (
                json!({ "type": 1, "path": "a" }),
                None,
                json!({ "type": 1, "path": "a" }),
            ),
            (json!({ "type": null }), None, json!({ "type": null })),
        ] {
            let source = read(&value);
            let Source::Unknown(unknown) = &source else {
                panic!("{value} has no known tag");
            };
            assert_eq!((unknown.tag(), unknown.data()), (tag, &entries(data)));
            assert_eq!(serde_json::to_value(source).ok(), Some(value));
        }
    }

    #[test]
    fn unknown_member_is_sent_with_its_tag_once() {
        let data = entries(json!({ "a": 1, "type": "other" }));
        let source = Source::Unknown(UnknownMember::new("s3", data));
        assert_eq!(
            serde_json::to_string(&source).ok().as_deref(),
            Some(r#"{"type":"s3","a":1}"#)
        );
        assert_eq!(
            format!("{source:?}"),
            r#"Unknown(UnknownMember { tag: Some("s3"), keys: ["a", "type"], .. })"#
        );
    }

    #[test]
    fn decodes_null_as_empty_and_omits_it() {
        for value in [Value::Null, json!({})] {
            assert_eq!(read(&value), Source::default());
        }
        let local: Local = serde_json::from_str(r#"{"source":null}"#).expect("an object");
        assert_eq!(serde_json::to_string(&local).ok().as_deref(), Some("{}"));
    }

    #[test]
    fn errors_contain_path_and_kinds() {
        let problem = |text: &str| serde_json::from_str::<Source>(text).expect_err("an error").to_string();
        assert!(problem("[]").starts_with("expected an object, found an array at line 1"));
        assert!(problem("\"local\"").starts_with("expected an object, found a string at line 1"));
        let nested = problem(r#"{"type":"local","source":{"type":"local","sizes":[1,"secret"]}}"#);
        assert!(nested.starts_with("at `source.sizes[1]`: expected an unsigned 32-bit integer, found a string"));
        assert!(problem(r#"{"type":"local","source":"#).starts_with("at `source`: EOF"));
    }
}
