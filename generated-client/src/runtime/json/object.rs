//! The macros that implement decoding and encoding for objects.

/// Implements serde's traits for a type, so that it also works with other formats and libraries.
#[allow(unused_macros, reason = "unused in an API without types")]
macro_rules! serde {
    ($name:ident) => {
        impl ::serde_core::Serialize for $name {
            fn serialize<S: ::serde_core::Serializer>(&self, output: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::runtime::write(self, output)
            }
        }

        impl<'de> ::serde_core::Deserialize<'de> for $name {
            fn deserialize<D: ::serde_core::Deserializer<'de>>(input: D) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::read(input)
            }
        }
    };
}
#[allow(unused_imports, reason = "unused in an API without types")]
pub(crate) use serde;

/// Implements a JSON object for a struct: `object!(Name { "key" => field, "key" => field required, })`.
///
/// A `required` field must be present when decoded, and is always encoded, unless it is an integer enum or an untagged union
/// without a value. An `always` field is always encoded, but may be absent when decoded.
/// Other fields are omitted if empty. `"key" as EpochSeconds => field,` sets the
/// [`Codec`](super::Codec) of a field, if its JSON representation is not the default one of its type.
/// A last entry `_ => field,` stores the keys that are no field in a map.
///
/// Also implements `Debug` and `PartialEq` as derived implementations do. `Default` is implemented unless the macro is called as
/// `object!(Name, no_default { … })`, for structs that are invalid without their required values.
// `Debug` and `PartialEq` are not derived, because the list of the fields for encoding serves them, too. A separate list for each
// would cost `cargo check` of a client 2 %.
// The functions are marked `#[inline]`, so that they are compiled in the programs that decode or encode the type, not in this crate:
// most programs use few types, and no program decodes all bodies of requests.
#[allow(unused_macros, reason = "unused in an API without objects")]
macro_rules! object {
    ($name:ident { $($entries:tt)* }) => {
        $crate::runtime::object!($name, no_default { $($entries)* });

        impl ::core::default::Default for $name {
            fn default() -> Self {
                $crate::runtime::JsonValue::empty()
            }
        }
    };
    ($name:ident, no_default {
        $($key:literal $(as $codec:ident)? => $field:ident $($marker:ident)?,)*
        $(_ $(as $rest_codec:ident)? => $rest:ident,)?
    }) => {
        impl $crate::runtime::ObjectView for $name {
            #[inline]
            fn members(&self, members: &mut $crate::runtime::Members<'_>) {
                members.add_fields(
                    &[$($key),*],
                    &[$(stringify!($field)),*],
                    &[$(&self.$field),*],
                    $crate::runtime::Object::marked_fields(self),
                    &[$($(($key, $crate::runtime::Codec::$codec),)?)*],
                )
                $(.add_rest(stringify!($rest), &self.$rest, $crate::runtime::object!(@rest_codec $($rest_codec)?)))?;
            }
        }

        impl $crate::runtime::Object for $name {
            $crate::runtime::object!(@marked $($($key $marker)?)*);

            #[inline]
            fn field(&mut self, name: &str) -> ::core::option::Option<$crate::runtime::Target<'_>> {
                ::core::option::Option::Some(match name {
                    $($key => $crate::runtime::JsonValue::target(&mut self.$field)$(.coded($crate::runtime::Codec::$codec))?,)*
                    _ => $crate::runtime::object!(@rest self name $($rest $($rest_codec)?)?),
                })
            }
        }

        impl $crate::runtime::JsonValue for $name {
            type Form = $crate::runtime::ObjectForm;

            fn empty() -> Self {
                Self { $($field: $crate::runtime::JsonValue::empty(),)* $($rest: $crate::runtime::JsonValue::empty(),)? }
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::runtime::debug_fields(self, stringify!($name), formatter)
            }
        }

        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::runtime::equal_fields(self, other)
            }
        }

        $crate::runtime::serde!($name);
    };
    (@rest_codec) => { $crate::runtime::Codec::Plain };
    (@rest_codec $codec:ident) => { $crate::runtime::Codec::$codec };
    (@rest $self:ident $name:ident) => { return ::core::option::Option::None };
    (@rest $self:ident $name:ident $rest:ident $($codec:ident)?) => {
        $crate::runtime::Object::field(&mut $self.$rest, $name)?$(.coded($crate::runtime::Codec::$codec))?
    };
    (@marked) => {};
    (@marked $($key:literal $marker:ident)+) => {
        fn marked_fields(&self) -> &'static [(&'static str, bool)] {
            &[$(($key, $crate::runtime::object!(@is_required $marker)),)+]
        }
    };
    (@is_required required) => { true };
    (@is_required always) => { false };
}
pub(crate) use object;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use crate::runtime::Timestamp;

    #[derive(Clone)]
    struct Profile {
        name: String,
        tags: Vec<String>,
        rest: BTreeMap<String, Value>,
    }

    object!(Profile {
        "name" => name required,
        "tags" => tags,
        _ => rest,
    });

    #[derive(Clone)]
    struct Visits {
        rest: BTreeMap<String, Timestamp>,
    }

    object!(Visits { _ as EpochSeconds => rest, });

    #[test]
    fn keys_that_are_no_field_are_kept_and_sent() {
        let text = r#"{"name":"a","b":null,"c":[1,{"name":2}]}"#;
        let profile: Profile = serde_json::from_str(text).expect("a profile");
        assert_eq!(
            profile.rest,
            BTreeMap::from([
                ("b".to_owned(), Value::Null),
                ("c".to_owned(), json!([1, { "name": 2 }]))
            ])
        );
        assert_eq!(serde_json::to_string(&profile).ok().as_deref(), Some(text));
        let error = serde_json::from_str::<Profile>(r#"{"b":1}"#).expect_err("no name");
        assert!(
            error.to_string().starts_with("at `name`: the field is missing"),
            "{error}"
        );
    }

    #[test]
    fn additional_key_does_not_replace_a_field() {
        let rest = ["name", "tags", "size"].map(|key| (key.to_owned(), json!(1)));
        let profile = Profile {
            name: "a".to_owned(),
            tags: Vec::new(),
            rest: rest.into(),
        };
        assert_eq!(
            serde_json::to_string(&profile).ok().as_deref(),
            Some(r#"{"name":"a","size":1}"#)
        );
    }

    #[test]
    fn additional_values_have_a_codec() {
        let visits: Visits = serde_json::from_str(r#"{"a":7}"#).expect("visits");
        assert_eq!(visits.rest["a"].as_second(), 7);
        assert_eq!(serde_json::to_string(&visits).ok().as_deref(), Some(r#"{"a":7}"#));
        let error = serde_json::from_str::<Visits>(r#"{"a":"x"}"#).expect_err("no time");
        assert!(
            error.to_string().starts_with("at `a`: expected a timestamp in seconds"),
            "{error}"
        );
    }

    #[derive(Clone)]
    struct Page {
        r#type: Option<String>,
        profile: Box<Option<Profile>>,
        ratios: Vec<f64>,
    }

    object!(Page {
        "pageType" => r#type,
        "profile" => profile,
        "ratios" => ratios,
    });

    fn page(rest: i32) -> Page {
        let profile = Profile {
            name: "a".to_owned(),
            tags: vec!["b".to_owned()],
            rest: BTreeMap::from([("size".to_owned(), json!(rest))]),
        };
        Page {
            r#type: None,
            profile: Box::new(Some(profile)),
            ratios: vec![0.5],
        }
    }

    /// The same types, whose implementations are derived.
    mod derived {
        use std::collections::BTreeMap;

        use serde_json::Value;

        #[derive(Debug)]
        #[allow(dead_code, reason = "the fields are only printed")]
        pub struct Profile {
            pub name: String,
            pub tags: Vec<String>,
            pub rest: BTreeMap<String, Value>,
        }

        #[derive(Debug)]
        #[allow(dead_code, reason = "the fields are only printed")]
        pub struct Page {
            pub r#type: Option<String>,
            pub profile: Box<Option<Profile>>,
            pub ratios: Vec<f64>,
        }
    }

    #[test]
    fn debug_prints_what_a_derived_implementation_prints() {
        let page = page(1);
        let profile = page.profile.clone().expect("a profile");
        let derived = derived::Page {
            r#type: page.r#type.clone(),
            profile: Box::new(Some(derived::Profile {
                name: profile.name,
                tags: profile.tags,
                rest: profile.rest,
            })),
            ratios: page.ratios.clone(),
        };
        assert_eq!(format!("{page:?}"), format!("{derived:?}"));
        assert_eq!(format!("{page:#?}"), format!("{derived:#?}"));
    }

    #[test]
    fn objects_are_equal_if_all_fields_are() {
        assert_eq!(page(1), page(1));
        assert_ne!(page(1), page(2));
        let different = [
            Page {
                r#type: Some(String::new()),
                ..page(1)
            },
            Page {
                profile: Box::new(None),
                ..page(1)
            },
            Page {
                ratios: vec![0.5, 0.5],
                ..page(1)
            },
        ];
        for other in different {
            assert_ne!(page(1), other);
            assert_eq!(other, other.clone());
        }
        let not_a_number = Page {
            ratios: vec![f64::NAN],
            ..page(1)
        };
        assert_ne!(not_a_number, not_a_number.clone());
    }
}
