//! Integer enums that keep unknown values.

use std::fmt;

use super::{Codec, Form, Primitive, Scalar, Target, View};

/// An integer unknown to this version of the client, kept as it is.
///
/// Compare it as an integer, with the `as_i64` method of the enum, because a later version of the client may add a variant for it.
/// For the same reason, patterns cannot match its value.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct UnknownInteger(Option<i64>);

impl UnknownInteger {
    #[doc(hidden)]
    #[must_use]
    pub fn new(number: Option<i64>) -> Self {
        Self(number)
    }

    #[doc(hidden)]
    #[must_use]
    pub fn number(self) -> Option<i64> {
        self.0
    }

    /// Returns the integer as used by the API, or 0 if there is none.
    #[must_use]
    pub fn as_i64(self) -> i64 {
        self.0.unwrap_or_default()
    }
}

/// Prints the integer, or nothing if there is none.
impl fmt::Debug for UnknownInteger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(number) => fmt::Debug::fmt(&number, formatter),
            None => Ok(()),
        }
    }
}

/// An integer enum. Implemented by the macro `integer_values!`.
#[allow(dead_code, reason = "unused in an API without integer enums")]
pub trait IntegerEnum: Sized {
    /// Returns the integer, or `None` for the value of an absent field.
    fn number(&self) -> Option<i64>;

    /// Returns the variant for an integer.
    fn from_number(number: Option<i64>) -> Self;

    /// Sets the value. Null becomes the value of an absent field.
    ///
    /// # Errors
    ///
    /// Returns the kind of the primitive if it is not an integer.
    fn set_number(&mut self, primitive: Primitive<'_>) -> Result<(), &'static str> {
        let mut number = 0_i64;
        number.set(primitive, Codec::Plain)?;
        let is_null = matches!(primitive, Primitive::Null);
        *self = Self::from_number(Some(number).filter(|_| !is_null));
        Ok(())
    }
}

/// The form of integer enums.
#[derive(Debug)]
#[allow(dead_code, reason = "unused in an API without integer enums")]
pub struct IntegerEnumForm;

impl<T: Scalar + IntegerEnum> Form<T> for IntegerEnumForm {
    fn target(value: &mut T) -> Target<'_> {
        Target::Scalar(value, Codec::Plain)
    }

    fn view(value: &T) -> View<'_> {
        value.number().map_or(View::Null, View::Signed)
    }
}

/// Implements an integer enum: `integer_values!(Name { 1 => Variant, })`.
///
/// An additional variant, `Unknown(UnknownInteger)`, contains all other integers, and stands for an absent value.
#[allow(unused_macros, reason = "unused in an API without integer enums")]
macro_rules! integer_values {
    ($name:ident { $($number:literal => $variant:ident,)* }) => {
        impl $name {
            /// Returns the integer as used by the API, including integers unknown to this version of the client. Returns 0
            /// for the value of an absent field.
            #[must_use]
            pub fn as_i64(&self) -> i64 {
                $crate::runtime::IntegerEnum::number(self).unwrap_or_default()
            }
        }

        impl $crate::runtime::IntegerEnum for $name {
            fn number(&self) -> ::core::option::Option<i64> {
                match self {
                    $(Self::$variant => ::core::option::Option::Some($number),)*
                    Self::Unknown(unknown) => unknown.number(),
                }
            }

            fn from_number(number: ::core::option::Option<i64>) -> Self {
                match number {
                    $(::core::option::Option::Some($number) => Self::$variant,)*
                    _ => Self::Unknown($crate::runtime::UnknownInteger::new(number)),
                }
            }
        }

        impl ::core::convert::From<i64> for $name {
            fn from(number: i64) -> Self {
                $crate::runtime::IntegerEnum::from_number(::core::option::Option::Some(number))
            }
        }

        /// Fails if the string is not an integer. Unknown integers are kept.
        impl ::core::str::FromStr for $name {
            type Err = ::core::num::ParseIntError;

            // `Self::Err` would be ambiguous if a value is called `err`.
            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::num::ParseIntError> {
                text.parse::<i64>().map(Self::from)
            }
        }

        /// Compares with [`as_i64`](Self::as_i64).
        impl ::core::cmp::PartialEq<i64> for $name {
            fn eq(&self, number: &i64) -> bool {
                self.as_i64() == *number
            }
        }

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self::Unknown(::core::default::Default::default())
            }
        }

        /// Writes the integer, or nothing for the value of an absent field.
        impl ::core::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match $crate::runtime::IntegerEnum::number(self) {
                    ::core::option::Option::Some(number) => ::core::fmt::Display::fmt(&number, formatter),
                    ::core::option::Option::None => formatter.pad(""),
                }
            }
        }

        impl $crate::runtime::Query for $name {
            fn each(&self, values: &mut $crate::runtime::QueryValues<'_>) {
                values.add(self);
            }
        }

        impl $crate::runtime::Scalar for $name {
            fn expected(&self, _: $crate::runtime::Codec) -> &'static str {
                "an integer"
            }

            fn set(
                &mut self,
                primitive: $crate::runtime::Primitive<'_>,
                _: $crate::runtime::Codec,
            ) -> ::core::result::Result<(), &'static str> {
                $crate::runtime::IntegerEnum::set_number(self, primitive)
            }

            fn is_unknown(&self) -> bool {
                ::core::matches!(self, Self::Unknown(_))
            }
        }

        impl $crate::runtime::JsonValue for $name {
            type Form = $crate::runtime::IntegerEnumForm;

            fn empty() -> Self {
                ::core::default::Default::default()
            }

            fn is_empty(&self) -> bool {
                $crate::runtime::IntegerEnum::number(self).is_none()
            }
        }

        $crate::runtime::serde!($name);
    };
}
#[allow(unused_imports, reason = "unused in an API without integer enums")]
pub(crate) use integer_values;

#[cfg(test)]
mod tests {
    use crate::runtime::request::encode;
    use crate::runtime::{CallParameters, OperationInfo, UnknownInteger, object};

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    enum Level {
        Off,
        Low,
        Unknown(UnknownInteger),
    }

    integer_values!(Level {
        0 => Off,
        -1 => Low,
    });

    struct Alarm {
        level: Level,
        maybe: Option<Level>,
        more: Vec<Level>,
    }

    object!(Alarm {
        "level" => level,
        "maybe" => maybe,
        "more" => more,
    });

    #[test]
    fn decodes_and_encodes_known_and_unknown_integers() {
        let text = r#"{"level":0,"maybe":-1,"more":[-1,9223372036854775807]}"#;
        let alarm = Alarm {
            level: Level::Off,
            maybe: Some(Level::Low),
            more: vec![Level::Low, Level::from(i64::MAX)],
        };
        assert_eq!(serde_json::from_str::<Alarm>(text).ok().as_ref(), Some(&alarm));
        assert_eq!(serde_json::to_string(&alarm).ok().as_deref(), Some(text));
        let other_form = r#"{"level":0.0,"maybe":-1e0,"more":[-1.0,9223372036854775807]}"#;
        assert_eq!(serde_json::from_str::<Alarm>(other_form).ok().as_ref(), Some(&alarm));
    }

    struct Bell {
        level: Level,
        others: Vec<Level>,
    }

    object!(Bell {
        "level" => level required,
        "others" => others required,
    });

    #[test]
    fn required_enum_is_omitted_if_it_has_no_value() {
        let bell = Bell::default();
        assert_eq!(serde_json::to_string(&bell).ok().as_deref(), Some(r#"{"others":[]}"#));
        let bell = Bell {
            level: Level::from(7),
            others: vec![Level::default()],
        };
        assert_eq!(
            serde_json::to_string(&bell).ok().as_deref(),
            Some(r#"{"level":7,"others":[null]}"#)
        );
    }

    #[test]
    fn null_and_absent_differ_from_zero() {
        for text in ["{}", r#"{"level":null,"maybe":null}"#] {
            let alarm: Alarm = serde_json::from_str(text).expect("an alarm");
            assert_eq!(alarm, Alarm::default());
            assert_ne!(alarm.level, Level::Off);
            assert_eq!((alarm.level.as_i64(), alarm.maybe), (0, None));
            assert_eq!(serde_json::to_string(&alarm).ok().as_deref(), Some("{}"));
        }
        let list: Vec<Level> = serde_json::from_str("[null,0]").expect("levels");
        assert_eq!(list, [Level::default(), Level::Off]);
        assert_eq!(serde_json::to_string(&list).ok().as_deref(), Some("[null,0]"));
        assert_eq!(
            format!("{:?} {:?}", Level::default(), Level::from(7)),
            "Unknown() Unknown(7)"
        );
    }

    #[test]
    fn errors_name_other_values() {
        for (value, found) in [
            ("\"1\"", "a string"),
            ("1.5", "a floating-point number"),
            ("true", "a boolean"),
            ("1e300", "an integer out of range"),
        ] {
            let error = serde_json::from_str::<Alarm>(&format!(r#"{{"level":{value}}}"#)).expect_err("an error");
            let expected = format!("at `level`: expected an integer, found {found}");
            assert!(error.to_string().starts_with(&expected), "{error}");
        }
    }

    #[test]
    fn converts_from_and_to_integers() {
        assert_eq!(Level::from(-1), Level::Low);
        assert_eq!(Level::from(7), Level::Unknown(UnknownInteger::new(Some(7))));
        assert_eq!("7".parse::<Level>().as_ref().map(Level::as_i64), Ok(7));
        assert!("seven".parse::<Level>().is_err());
        assert!(Level::Low == -1 && Level::Off != 1);
        assert_eq!(UnknownInteger::new(Some(7)).as_i64(), 7);
        assert_eq!(
            format!("{}|{:3}|{}", Level::Low, Level::Off, Level::default()),
            "-1|  0|"
        );
    }

    #[test]
    fn encodes_in_requests_but_rejects_an_empty_path_segment() {
        const INFO: OperationInfo = OperationInfo::get("alarms.get", "/alarms/{level}");
        let encoded = |level: &Level| {
            let parameters = CallParameters::new()
                .path::<Level>(*level)
                .query::<Vec<Level>>("not", [Level::Low, Level::from(2)]);
            encode(&INFO, parameters, Ok(None)).map(|encoded| (encoded.path, encoded.query))
        };
        let parts = ("/alarms/0".to_owned(), "not=-1&not=2".to_owned());
        assert_eq!(encoded(&Level::Off), Ok(parts));
        assert!(encoded(&Level::default()).is_err_and(|problem| problem.contains("`level`")));
    }
}
