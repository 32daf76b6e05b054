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
/// A `required` field must be present when decoded, and is always encoded. An `always` field is also always encoded,
/// but may be absent when decoded. Other fields are omitted if empty. `"key" as EpochSeconds => field,` sets the
/// [`Codec`](super::Codec) of a field, if its JSON representation is not the default one of its type.
///
/// Also implements `Default`, unless called as `object!(Name, no_default { … })`, for structs that are invalid without
/// their required values.
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
    ($name:ident, no_default { $($key:literal $(as $codec:ident)? => $field:ident $($marker:ident)?,)* }) => {
        impl $crate::runtime::ObjectView for $name {
            fn members(&self, members: &mut $crate::runtime::Members<'_>) {
                let _ = &members;
                $($crate::runtime::object!(@member members $key ($($codec)?) &self.$field, $($marker)?);)*
            }
        }

        impl $crate::runtime::Object for $name {
            $crate::runtime::object!(@required $($($key $marker)?)*);

            fn field(&mut self, name: &str) -> ::core::option::Option<$crate::runtime::Target<'_>> {
                ::core::option::Option::Some(match name {
                    $($key => $crate::runtime::JsonValue::target(&mut self.$field)$(.coded($crate::runtime::Codec::$codec))?,)*
                    _ => return ::core::option::Option::None,
                })
            }
        }

        impl $crate::runtime::JsonValue for $name {
            type Form = $crate::runtime::ObjectForm;

            fn empty() -> Self {
                Self { $($field: $crate::runtime::JsonValue::empty(),)* }
            }
        }

        $crate::runtime::serde!($name);
    };
    (@member $members:ident $key:literal ($($codec:ident)?) $value:expr,) => {
        $members.add_unless_empty($key, $value, $crate::runtime::object!(@codec $($codec)?))
    };
    (@member $members:ident $key:literal ($($codec:ident)?) $value:expr, $marker:ident) => {
        $members.add($key, $crate::runtime::JsonValue::view($value)$(.coded($crate::runtime::Codec::$codec))?)
    };
    (@codec) => { $crate::runtime::Codec::Plain };
    (@codec $codec:ident) => { $crate::runtime::Codec::$codec };
    (@required) => {};
    (@required $($key:literal $marker:ident)+) => {
        fn required(&self) -> $crate::runtime::Required {
            $crate::runtime::Required::new(&[$(($key, $crate::runtime::object!(@is_required $marker)),)+])
        }
    };
    (@is_required required) => { true };
    (@is_required always) => { false };
}
pub(crate) use object;
