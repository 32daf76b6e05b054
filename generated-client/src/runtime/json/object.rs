//! Values with named fields.

use super::{Target, View};

/// What is written as an object.
pub trait Entries {
    /// Hands on each entry that is written.
    fn each(&self, write: &mut dyn FnMut(&str, View<'_>));
}

/// What is read from an object. Made by `object!` beside the struct.
pub trait Object {
    /// The fields that must be there.
    fn required(&self) -> Required;

    /// Where the value of this field goes; none where there is no such field.
    fn field(&mut self, name: &str) -> Option<Target<'_>>;
}

/// Which fields must be there and have not come yet.
#[derive(Clone, Copy, Debug)]
pub struct Required {
    /// The fields that are always written, and whether each must be there.
    fields: &'static [(&'static str, bool)],
    /// One bit a field, set while the field is missing.
    missing: u64,
}

impl Required {
    /// No field must be there.
    pub const NONE: Self = Self::new(&[]);

    /// None of these fields has come. Those that go with `true` must.
    ///
    /// # Panics
    ///
    /// When there are 64 or more, which `object!` makes an error of the compiler.
    #[must_use]
    pub const fn new(fields: &'static [(&'static str, bool)]) -> Self {
        assert!(
            fields.len() < 64,
            "an object can have at most 63 fields that are always written"
        );
        let mut missing = 0;
        let mut index = 0;
        while index < fields.len() {
            missing |= (fields[index].1 as u64) << index;
            index += 1;
        }
        Self { fields, missing }
    }

    pub(crate) fn is_empty(self) -> bool {
        self.missing == 0
    }

    /// Notes that the field came, and says whether it was missing.
    #[inline]
    pub(crate) fn came(&mut self, name: &str) -> bool {
        self.missing != 0 && self.tick_off(name)
    }

    fn tick_off(&mut self, name: &str) -> bool {
        let bit = match self.fields.iter().position(|(known, _)| *known == name) {
            Some(index) => self.missing & (1 << index),
            None => 0,
        };
        self.missing &= !bit;
        bit != 0
    }

    /// The first field that has not come.
    pub(crate) fn first(self) -> Option<&'static str> {
        self.fields
            .get(self.missing.trailing_zeros() as usize)
            .map(|(name, _)| *name)
    }
}

/// Lets serde read and write a value of the API, as other formats and programs do.
#[allow(unused_macros, reason = "an API may have no types")]
macro_rules! serde {
    ($name:ident) => {
        impl ::serde_core::Serialize for $name {
            fn serialize<S: ::serde_core::Serializer>(&self, output: S) -> ::core::result::Result<S::Ok, S::Error> {
                ::serde_core::Serialize::serialize(&$crate::runtime::Wire::view(self), output)
            }
        }

        impl<'de> ::serde_core::Deserialize<'de> for $name {
            fn deserialize<D: ::serde_core::Deserializer<'de>>(input: D) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::read(input)
            }
        }
    };
}
#[allow(unused_imports, reason = "an API may have no types")]
pub(crate) use serde;

/// Makes a struct an object of the API: `object!(Name { "key" => field, "key" => field required, })`.
///
/// A `required` field must be there when read, and is always written. One marked `always` is always written, too,
/// but may be absent. Any other is left out when empty.
#[allow(unused_macros, reason = "an API may have no objects")]
macro_rules! object {
    ($name:ident { $($key:literal => $field:ident $($marker:ident)?,)* }) => {
        impl $crate::runtime::Entries for $name {
            fn each(&self, write: &mut dyn ::core::ops::FnMut(&str, $crate::runtime::View<'_>)) {
                let _ = &write;
                $(if $crate::runtime::object!(@written self $field $($marker)?) {
                    write($key, $crate::runtime::Wire::view(&self.$field));
                })*
            }
        }

        impl $crate::runtime::Object for $name {
            fn required(&self) -> $crate::runtime::Required {
                const {
                    $crate::runtime::Required::new(&[$($(($key, $crate::runtime::object!(@$marker)),)?)*])
                }
            }

            fn field(&mut self, name: &str) -> ::core::option::Option<$crate::runtime::Target<'_>> {
                ::core::option::Option::Some(match name {
                    $($key => $crate::runtime::Wire::target(&mut self.$field),)*
                    _ => return ::core::option::Option::None,
                })
            }
        }

        impl $crate::runtime::Wire for $name {
            fn target(&mut self) -> $crate::runtime::Target<'_> {
                $crate::runtime::Target::Object(self)
            }

            fn view(&self) -> $crate::runtime::View<'_> {
                $crate::runtime::View::Object(self)
            }

            fn is_empty(&self) -> bool {
                true $(&& !$crate::runtime::object!(@written self $field $($marker)?))*
            }
        }

        $crate::runtime::serde!($name);
    };
    (@required) => { true };
    (@always) => { false };
    (@written $self:ident $field:ident $marker:ident) => { true };
    (@written $self:ident $field:ident) => { !$crate::runtime::Wire::is_empty(&$self.$field) };
}
pub(crate) use object;
