//! String enums that keep unknown values.

use super::{Codec, Primitive, Scalar, StringEnum, text};
use crate::runtime::{Query, QueryValues};

impl<T: StringEnum> Scalar for T {
    fn expected(&self, _: Codec) -> &'static str {
        "a string"
    }

    fn set(&mut self, primitive: Primitive<'_>, _: Codec) -> Result<(), &'static str> {
        *self = Self::from(text(primitive)?);
        Ok(())
    }

    fn is_unknown(&self) -> bool {
        StringEnum::is_unknown(self)
    }
}

impl<T: StringEnum> Query for T {
    fn each(&self, values: &mut QueryValues<'_>) {
        values.add(self);
    }
}

/// Implements a string enum: `values!(Name { "value" => Variant, })`.
///
/// An additional variant, `Unknown(UnknownValue)`, contains all other strings, including the empty one.
#[allow(unused_macros, reason = "unused in an API without enums")]
macro_rules! values {
    ($name:ident { $($text:literal => $variant:ident,)* }) => {
        impl $name {
            /// Returns the value as used by the API, including values unknown to this version of the client.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Unknown($crate::runtime::UnknownValue::new(text)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }

        /// Never fails: unknown values are kept.
        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            // `Self::Err` would be ambiguous if a value is called `err`.
            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(text))
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        /// Compares with [`as_str`](Self::as_str).
        impl ::core::cmp::PartialEq<str> for $name {
            fn eq(&self, text: &str) -> bool {
                self.as_str() == text
            }
        }

        /// Compares with [`as_str`](Self::as_str).
        impl ::core::cmp::PartialEq<&str> for $name {
            fn eq(&self, text: &&str) -> bool {
                self.as_str() == *text
            }
        }

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self::Unknown(::core::default::Default::default())
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl $crate::runtime::StringEnum for $name {
            fn is_unknown(&self) -> bool {
                ::core::matches!(self, Self::Unknown(_))
            }
        }

        impl $crate::runtime::JsonValue for $name {
            type Form = $crate::runtime::EnumForm;

            fn empty() -> Self {
                ::core::default::Default::default()
            }

            fn is_empty(&self) -> bool {
                self.as_str().is_empty()
            }
        }

        $crate::runtime::serde!($name);
    };
}
#[allow(unused_imports, reason = "unused in an API without enums")]
pub(crate) use values;

#[cfg(test)]
mod tests {
    use crate::runtime::request::encode;
    use crate::runtime::{CallParameters, OperationInfo, UnknownValue, object};

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    enum Action {
        Allow,
        Deny,
        Unknown(UnknownValue),
    }

    values!(Action {
        "allow" => Allow,
        "de\"ny" => Deny,
    });

    struct Rule {
        action: Action,
        more: Vec<Action>,
    }

    object!(Rule {
        "action" => action,
        "more" => more,
    });

    #[test]
    fn decodes_and_encodes_known_and_unknown_values() {
        let text = r#"{"action":"allow","more":["de\"ny","what\tis"]}"#;
        let rule = Rule {
            action: Action::Allow,
            more: vec![Action::Deny, Action::Unknown(UnknownValue::new("what\tis"))],
        };
        assert_eq!(serde_json::from_str::<Rule>(text).ok().as_ref(), Some(&rule));
        assert_eq!(serde_json::to_string(&rule).ok().as_deref(), Some(text));
        assert_eq!(
            serde_json::from_value::<Action>("allow".into()).ok(),
            Some(Action::Allow)
        );
    }

    #[test]
    fn decodes_null_and_absent_as_empty_and_omits_it() {
        for text in ["{}", r#"{"action":null}"#, r#"{"action":""}"#] {
            let rule: Rule = serde_json::from_str(text).expect("a rule");
            assert_eq!(rule, Rule::default());
            assert_eq!(serde_json::to_string(&rule).ok().as_deref(), Some("{}"));
        }
        let error = serde_json::from_str::<Rule>(r#"{"action":1}"#).expect_err("an error");
        let error = error.to_string();
        assert!(
            error.starts_with("at `action`: expected a string, found an integer"),
            "{error}"
        );
    }

    #[test]
    fn converts_from_and_to_strings() {
        assert_eq!(Action::from("allow"), Action::Allow);
        assert_eq!(
            Action::from("Allow".to_owned()),
            Action::Unknown(UnknownValue::new("Allow"))
        );
        assert_eq!("deny?".parse().as_ref().map(Action::as_str), Ok("deny?"));
        assert_eq!(Action::Deny.as_ref(), "de\"ny");
        assert_eq!(Action::Allow, "allow");
        let unknown = Action::from("new");
        assert!(unknown == *"new" && Action::Allow != "Allow");
        assert_eq!(format!("{}|{:7}|", Action::Deny, Action::Allow), "de\"ny|allow  |");
    }

    #[test]
    fn encodes_in_requests_but_rejects_an_empty_path_segment() {
        const INFO: OperationInfo = OperationInfo::get("rules.get", "/rules/{action}");
        let encoded = |action: &Action| {
            let parameters = CallParameters::new()
                .path::<Action>(action.clone())
                .query::<Vec<Action>>("not", [Action::Deny, Action::from("x&y")]);
            encode(&INFO, parameters, Ok(None)).map(|encoded| (encoded.path, encoded.query))
        };
        let parts = ("/rules/allow".to_owned(), "not=de%22ny&not=x%26y".to_owned());
        assert_eq!(encoded(&Action::Allow), Ok(parts));
        assert!(encoded(&Action::default()).is_err_and(|problem| problem.contains("`action`")));
    }
}
