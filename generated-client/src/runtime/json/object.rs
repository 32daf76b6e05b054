//! Values with named fields.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::{Leaf, Plain, Read, Wire, at_key, read};

/// A value with named fields. Made by `object!` beside the struct.
pub trait Object: Default {
    /// The fields that must be there.
    const REQUIRED: Required;

    /// Reads the value of one field, whose name was just read. Returns whether there is such a field.
    ///
    /// # Errors
    ///
    /// When the value does not fit the field.
    fn read_field<'de, A: MapAccess<'de>>(&mut self, name: &str, object: &mut A) -> Result<bool, A::Error>;
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

    #[inline]
    fn came(&mut self, name: &str) {
        if self.missing != 0 {
            self.tick_off(name);
        }
    }

    fn tick_off(&mut self, name: &str) {
        if let Some(index) = self.fields.iter().position(|(known, _)| *known == name) {
            self.missing &= !(1 << index);
        }
    }

    fn first_missing(&self) -> Option<&'static str> {
        self.fields
            .get(self.missing.trailing_zeros() as usize)
            .map(|(name, _)| *name)
    }
}

struct ObjectOf<T>(PhantomData<T>);

impl<'de, T: Object> Read<'de> for ObjectOf<T> {
    type Value = T;
    const EXPECTED: &'static str = "an object";

    fn leaf(self, leaf: Leaf<'_>) -> Result<T, &'static str> {
        match leaf {
            Leaf::Null if T::REQUIRED.first_missing().is_none() => Ok(T::default()),
            other => Err(other.kind()),
        }
    }

    fn object<A: MapAccess<'de>>(self, mut object: A) -> Result<T, A::Error> {
        let mut value = T::default();
        let mut missing = T::REQUIRED;
        while let Some(name) = next_key(&mut object)? {
            if value.read_field(&name, &mut object)? {
                missing.came(&name);
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        match missing.first_missing() {
            None => Ok(value),
            Some(name) => Err(at_key(name, &A::Error::custom("the field is missing"))),
        }
    }
}

/// Reads an object; null is one without fields.
///
/// # Errors
///
/// When the input is no such object, or lacks a field that must be there.
pub fn read_object<'de, T: Object, D: Deserializer<'de>>(input: D) -> Result<T, D::Error> {
    read(input, ObjectOf(PhantomData))
}

/// Reads the value of the named field.
///
/// # Errors
///
/// When the value does not fit the field.
pub fn field<'de, T: Wire, A: MapAccess<'de>>(name: &str, object: &mut A) -> Result<T, A::Error> {
    object.next_value_seed(Plain::NEW).map_err(|error| at_key(name, &error))
}

/// Reads the value of the named field, which must be one: null is none.
///
/// # Errors
///
/// When the value is null or does not fit the field.
pub fn required_field<'de, T: Wire, A: MapAccess<'de>>(name: &str, object: &mut A) -> Result<T, A::Error> {
    field::<Option<T>, A>(name, object)?.ok_or_else(|| at_key(name, &A::Error::custom("expected a value, found null")))
}

/// Reads the next key of an object, borrowed from the input where it stands there as it is.
pub(crate) fn next_key<'de, A: MapAccess<'de>>(object: &mut A) -> Result<Option<Cow<'de, str>>, A::Error> {
    object.next_key_seed(Key)
}

struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        input.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

/// Makes a struct an object of the API: `object!(Name { "key" => field, "key" => field required, })`.
///
/// A `required` field must be there when read, and is always written. One marked `always` is always written, too,
/// but may be absent. Any other is left out when empty.
#[allow(unused_macros, reason = "an API may have no objects")]
macro_rules! object {
    ($name:ident { $($key:literal => $field:ident $($marker:ident)?,)* }) => {
        impl $crate::runtime::Object for $name {
            const REQUIRED: $crate::runtime::Required =
                $crate::runtime::Required::new(&[$($(($key, $crate::runtime::object!(@$marker)),)?)*]);

            fn read_field<'de, A: ::serde_core::de::MapAccess<'de>>(
                &mut self,
                name: &str,
                object: &mut A,
            ) -> ::core::result::Result<bool, A::Error> {
                match name {
                    $($key => self.$field = $crate::runtime::object!(@read $key object $($marker)?)?,)*
                    _ => return Ok(false),
                }
                Ok(true)
            }
        }

        impl $crate::runtime::Wire for $name {
            fn read<'de, D: ::serde_core::Deserializer<'de>>(input: D) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::read_object(input)
            }

            fn is_empty(&self) -> bool {
                true $(&& !$crate::runtime::object!(@written self $field $($marker)?))*
            }
        }

        impl ::serde_core::Serialize for $name {
            fn serialize<S: ::serde_core::Serializer>(&self, output: S) -> ::core::result::Result<S::Ok, S::Error> {
                let mut object = output.serialize_map(None)?;
                $(if $crate::runtime::object!(@written self $field $($marker)?) {
                    ::serde_core::ser::SerializeMap::serialize_entry(&mut object, $key, &self.$field)?;
                })*
                ::serde_core::ser::SerializeMap::end(object)
            }
        }

        impl<'de> ::serde_core::Deserialize<'de> for $name {
            fn deserialize<D: ::serde_core::Deserializer<'de>>(input: D) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::read_object(input)
            }
        }
    };
    (@read $key:literal $object:ident required) => { $crate::runtime::required_field($key, $object) };
    (@read $key:literal $object:ident $(always)?) => { $crate::runtime::field($key, $object) };
    (@required) => { true };
    (@always) => { false };
    (@written $self:ident $field:ident $marker:ident) => { true };
    (@written $self:ident $field:ident) => { !$crate::runtime::Wire::is_empty(&$self.$field) };
}
pub(crate) use object;
