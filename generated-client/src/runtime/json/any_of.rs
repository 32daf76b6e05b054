//! Untagged unions: values whose type is determined by their kind and, for objects, by their keys.

use std::fmt;

use serde_json::Value;

use super::read::read_value;
use super::value::{kind, primitive};
use super::{Codec, Fit, OneOf, Primitive, Target, View};
use crate::runtime::base64;

/// A value that matches no member known to this version of the client, kept verbatim.
///
/// `Debug` prints only the kind of the value, because it may be secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct UnknownJson(Value);

impl UnknownJson {
    /// Returns the value.
    #[must_use]
    pub fn as_json(&self) -> &Value {
        &self.0
    }

    #[doc(hidden)]
    #[must_use]
    pub fn view(&self) -> View<'_> {
        match &self.0 {
            Value::Null => View::Null,
            value => View::Any(value),
        }
    }
}

impl From<Value> for UnknownJson {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

impl From<UnknownJson> for Value {
    fn from(unknown: UnknownJson) -> Self {
        unknown.0
    }
}

impl fmt::Debug for UnknownJson {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(kind(&self.0))
    }
}

/// Decodes a value as the first member that it matches. Returns a value that matches none.
pub(crate) fn decode_any_of(
    one_of: &mut dyn OneOf,
    members: &[&'static str],
    value: Value,
) -> Result<Option<UnknownJson>, serde_json::Error> {
    let mut fits = [Fit::Known, Fit::Open].into_iter();
    let chosen = fits.find_map(|fit| matching(one_of, members, &value, fit));
    match chosen.and_then(|member| one_of.choose(member)) {
        Some(target) => read_value(target, value).map(|()| None),
        None => Ok(Some(UnknownJson(value))),
    }
}

/// Returns `true` if a value matches a member.
pub(crate) fn fits_any_of(one_of: &mut dyn OneOf, members: &[&'static str], value: &Value, fit: Fit) -> bool {
    matching(one_of, members, value, fit).is_some()
}

/// Returns the first member that a value matches.
fn matching(one_of: &mut dyn OneOf, members: &[&'static str], value: &Value, fit: Fit) -> Option<&'static str> {
    let mut members = members.iter().copied();
    members.find(|member| one_of.choose(member).is_some_and(|target| fits(target, value, fit)))
}

/// Returns `true` if the kind of a value matches a type. An object must also have the keys that the type requires.
fn fits(target: Target<'_>, value: &Value, fit: Fit) -> bool {
    match target {
        Target::Text(_) => value.is_string(),
        Target::Scalar(scalar, codec) => primitive(value).is_some_and(|primitive| {
            has_form_of(codec, primitive)
                && scalar.set(primitive, codec).is_ok()
                && (fit == Fit::Open || !scalar.is_unknown())
        }),
        Target::Optional(optional, codec) => fits(optional.fill().coded(codec), value, fit),
        Target::List(..) => value.is_array(),
        Target::Object(object, _) => value.as_object().is_some_and(|entries| {
            let has = |name: &str| entries.get(name).is_some_and(|value| !value.is_null());
            object
                .marked_fields()
                .iter()
                .all(|(name, required)| !required || has(name))
        }),
        Target::OneOf(one_of) => one_of.fits(value, fit),
        Target::Any(_) => true,
    }
}

/// Returns `true` if a primitive is written as a codec writes it. Other types also accept other forms.
fn has_form_of(codec: Codec, primitive: Primitive<'_>) -> bool {
    match (codec, primitive) {
        (Codec::Quoted, primitive) => matches!(primitive, Primitive::Text(_)),
        (Codec::Base64, Primitive::Text(text)) => {
            base64::decode(text).is_some_and(|bytes| *base64::encode(&bytes) == *text)
        }
        (Codec::Plain | Codec::EpochSeconds | Codec::EpochMilliseconds | Codec::Base64, _) => true,
    }
}

/// Implements an untagged union for an enum: `any_of!(Name { Id, CreatedAt as EpochSeconds, })`.
///
/// Each variant contains a value. Values are decoded as the first variant that they match. An additional variant,
/// `Unknown(UnknownJson)`, contains values that match none.
#[allow(unused_macros, reason = "unused in an API without untagged unions")]
macro_rules! any_of {
    ($name:ident { $($variant:ident $(as $codec:ident)?),* $(,)? }) => {
        impl $crate::runtime::OneOf for $name {
            fn expected(&self) -> &'static str {
                "a value other than null"
            }

            fn choose(&mut self, member: &str) -> ::core::option::Option<$crate::runtime::Target<'_>> {
                $(if member == stringify!($variant) {
                    *self = Self::$variant($crate::runtime::JsonValue::empty());
                })*
                ::core::option::Option::Some(match self {
                    $(Self::$variant(value) => $crate::runtime::JsonValue::target(value)
                        $(.coded($crate::runtime::Codec::$codec))?,)*
                    Self::Unknown(_) => return ::core::option::Option::None,
                })
            }

            fn decode(&mut self, value: ::serde_json::Value) -> ::core::result::Result<(), ::serde_json::Error> {
                let unknown = $crate::runtime::decode_any_of(self, &[$(stringify!($variant)),*], value)?;
                if let ::core::option::Option::Some(unknown) = unknown {
                    *self = Self::Unknown(unknown);
                }
                ::core::result::Result::Ok(())
            }

            fn fits(&mut self, value: &::serde_json::Value, fit: $crate::runtime::Fit) -> bool {
                $crate::runtime::fits_any_of(self, &[$(stringify!($variant)),*], value, fit)
            }
        }

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self::Unknown(::core::default::Default::default())
            }
        }

        impl $crate::runtime::JsonValue for $name {
            type Form = $crate::runtime::Direct;

            fn empty() -> Self {
                ::core::default::Default::default()
            }

            fn is_empty(&self) -> bool {
                ::core::matches!(self, Self::Unknown(unknown) if unknown.as_json().is_null())
            }
        }

        impl $crate::runtime::Form<$name> for $crate::runtime::Direct {
            fn target(value: &mut $name) -> $crate::runtime::Target<'_> {
                $crate::runtime::Target::OneOf(value)
            }

            fn view(value: &$name) -> $crate::runtime::View<'_> {
                match value {
                    $($name::$variant(value) => $crate::runtime::JsonValue::view(value)
                        $(.coded($crate::runtime::Codec::$codec))?,)*
                    $name::Unknown(unknown) => unknown.view(),
                }
            }
        }

        $crate::runtime::serde!($name);
    };
}
#[allow(unused_imports, reason = "unused in an API without untagged unions")]
pub(crate) use any_of;

/// Implements `From` for the members of a union whose types differ: `from_members!(Name { Id: String, Id: &str, })`.
#[allow(unused_macros, reason = "unused in an API without unions")]
macro_rules! from_members {
    ($name:ident { $($variant:ident: $type:ty),* $(,)? }) => {
        $(impl ::core::convert::From<$type> for $name {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        })*
    };
}
#[allow(unused_imports, reason = "unused in an API without unions")]
pub(crate) use from_members;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use bytes::Bytes;
    use serde_json::{Value, json};

    use super::UnknownJson;
    use crate::runtime::{
        Date, Timestamp, UnknownInteger, UnknownMember, UnknownValue, integer_values, object, tagged, values,
    };

    #[derive(Clone, Debug, PartialEq)]
    enum Setting {
        Level(Level),
        Count(i32),
        Ratio(f64),
        At(Timestamp),
        Named(Named),
        Source(Source),
        All(Vec<Setting>),
        Other(Box<Nested>),
        Unknown(UnknownJson),
    }

    any_of!(Setting {
        Level,
        Count,
        Ratio,
        At,
        Named,
        Source,
        All,
        Other,
    });

    from_members!(Setting {
        Count: i32,
        Named: Named,
        Other: Nested,
    });

    #[derive(Clone, Debug, PartialEq)]
    enum Moment {
        At(Timestamp),
        Times(Vec<Timestamp>),
        Day(Date),
        Count(i64),
        Digest(Bytes),
        Text(String),
        Unknown(UnknownJson),
    }

    any_of!(Moment {
        At as EpochSeconds,
        Times as EpochMilliseconds,
        Day,
        Count as Quoted,
        Digest as Base64,
        Text,
    });

    struct Moments {
        list: Vec<Moment>,
        map: BTreeMap<String, Moment>,
        maps: Vec<BTreeMap<String, Moment>>,
    }

    object!(Moments {
        "list" => list,
        "map" => map,
        "maps" => maps,
    });

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Grade {
        Best,
        Unknown(UnknownInteger),
    }

    integer_values!(Grade { 1 => Best, });

    #[derive(Clone, Debug, PartialEq)]
    enum Score {
        Grade(Grade),
        Points(f64),
        Unknown(UnknownJson),
    }

    any_of!(Score { Grade, Points });

    #[test]
    fn enum_of_integers_is_chosen_for_its_values_first() {
        for (text, score) in [
            ("1", Score::Grade(Grade::Best)),
            ("2", Score::Points(2.0)),
            ("2.5", Score::Points(2.5)),
        ] {
            assert_eq!(serde_json::from_str::<Score>(text).ok(), Some(score), "{text}");
        }
    }

    #[test]
    fn members_have_codecs() {
        let at: Timestamp = "1970-01-01T00:00:07Z".parse().expect("a timestamp");
        for (text, moment) in [
            ("7", Moment::At(at)),
            ("[7000]", Moment::Times(vec![at])),
            ("\"2024-01-02\"", Moment::Day("2024-01-02".parse().expect("a date"))),
            ("\"8\"", Moment::Count(8)),
            (
                "8.5",
                Moment::At("1970-01-01T00:00:08.5Z".parse().expect("a timestamp")),
            ),
            ("\"eA==\"", Moment::Digest(Bytes::from_static(b"x"))),
            // Not as the client encodes bytes.
            ("\"eA\"", Moment::Text("eA".to_owned())),
            ("\"2024-13-01\"", Moment::Text("2024-13-01".to_owned())),
            ("true", Moment::Unknown(json!(true).into())),
        ] {
            assert_eq!(
                serde_json::from_str::<Moment>(text).ok(),
                Some(moment.clone()),
                "{text}"
            );
            assert_eq!(serde_json::to_string(&moment).ok().as_deref(), Some(text));
        }
    }

    #[test]
    fn members_keep_their_codecs_in_lists_and_maps() {
        let text = r#"{"list":[[7000],7],"map":{"a":[7000]},"maps":[{"a":[7000]}]}"#;
        let moments: Moments = serde_json::from_str(text).expect("moments");
        assert!(
            matches!(&*moments.list, [Moment::Times(_), Moment::At(_)]),
            "{moments:?}"
        );
        assert_eq!(serde_json::to_string(&moments).ok().as_deref(), Some(text));
    }

    #[derive(Clone, Debug, PartialEq)]
    enum Nested {
        Flag(bool),
        Unknown(UnknownJson),
    }

    any_of!(Nested { Flag });

    #[derive(Clone, Debug, PartialEq, Eq)]
    enum Level {
        Low,
        Unknown(UnknownValue),
    }

    values!(Level { "low" => Low, });

    #[derive(Clone)]
    struct Named {
        name: String,
        sizes: Vec<u32>,
    }

    object!(Named {
        "name" => name required,
        "sizes" => sizes,
    });

    #[derive(Clone, Debug, PartialEq, Eq)]
    enum Source {
        Gone,
        Unknown(UnknownMember),
    }

    tagged!(Source, "type" { "gone" => Gone, });

    fn read(value: &Value) -> Setting {
        serde_json::from_str(&value.to_string()).expect("a setting")
    }

    #[test]
    fn first_matching_member_is_chosen_and_encoded_as_it_came() {
        let named = Named {
            name: "a".to_owned(),
            sizes: vec![1],
        };
        let at: Timestamp = "2024-01-02T03:04:05Z".parse().expect("a timestamp");
        for (value, setting) in [
            (json!("low"), Setting::Level(Level::Low)),
            (json!("high"), Setting::Level(Level::Unknown(UnknownValue::new("high")))),
            (json!(7), Setting::from(7)),
            (json!(2_147_483_648_u32), Setting::Ratio(2_147_483_648.0)),
            (json!(0.5), Setting::Ratio(0.5)),
            (json!("2024-01-02T03:04:05Z"), Setting::At(at)),
            (json!({ "name": "a", "sizes": [1] }), named.clone().into()),
            (json!({ "type": "gone" }), Setting::Source(Source::Gone)),
            (
                json!([7, "low"]),
                Setting::All(vec![Setting::Count(7), Setting::Level(Level::Low)]),
            ),
            (json!(true), Nested::Flag(true).into()),
        ] {
            assert_eq!(read(&value), setting);
            let written = serde_json::to_value(&setting).expect("JSON");
            assert!(
                written == value || written.as_f64() == value.as_f64(),
                "{written} {value}"
            );
        }
        let with_tag = json!({ "type": "gone", "name": "a", "sizes": [1] });
        assert_eq!(read(&with_tag), Setting::Named(named));
        let unknown = json!({ "type": "new", "a": 1 });
        let data = serde_json::from_value(json!({ "a": 1 })).expect("an object");
        assert_eq!(
            read(&unknown),
            Setting::Source(Source::Unknown(UnknownMember::new("new", data)))
        );
    }

    #[test]
    fn keeps_and_encodes_what_matches_no_member() {
        for value in [
            json!({}),
            json!({ "name": null, "a": [null, { "b": null }] }),
            json!({ "sizes": [] }),
        ] {
            let setting = read(&value);
            assert_eq!(setting, Setting::Unknown(UnknownJson::from(value.clone())));
            assert_eq!(serde_json::to_value(setting).ok(), Some(value));
        }
        assert_eq!(read(&Value::Null), Setting::default());
        assert_eq!(format!("{:?}", read(&json!({}))), "Unknown(an object)");
    }

    #[test]
    fn error_in_the_chosen_member_keeps_its_path() {
        let problem = |text: &str| serde_json::from_str::<Setting>(text).expect_err("an error").to_string();
        let error = problem(r#"[1, {"name": "a", "sizes": [1, "secret"]}]"#);
        assert!(
            error.starts_with("at `[1].sizes[1]`: expected an unsigned 32-bit integer, found a string"),
            "{error}"
        );
    }
}
