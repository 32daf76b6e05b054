//! Values that hold others of one type.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Leaf, Plain, Read, Wire, at_index, at_key, next_key, read};

struct ListOf<T>(PhantomData<T>);

impl<'de, T: Wire> Read<'de> for ListOf<T> {
    type Value = Vec<T>;
    const EXPECTED: &'static str = "a list";

    fn leaf(self, leaf: Leaf<'_>) -> Result<Vec<T>, &'static str> {
        match leaf {
            Leaf::Null => Ok(Vec::new()),
            other => Err(other.kind()),
        }
    }

    fn list<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list
            .next_element_seed(Plain::NEW)
            .map_err(|error| at_index(values.len(), &error))?
        {
            values.push(value);
        }
        Ok(values)
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        read(input, ListOf(PhantomData))
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

struct MapOf<T>(PhantomData<T>);

impl<'de, T: Wire> Read<'de> for MapOf<T> {
    type Value = BTreeMap<String, T>;
    const EXPECTED: &'static str = "an object";

    fn leaf(self, leaf: Leaf<'_>) -> Result<Self::Value, &'static str> {
        match leaf {
            Leaf::Null => Ok(BTreeMap::new()),
            other => Err(other.kind()),
        }
    }

    fn object<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut values = BTreeMap::new();
        while let Some(key) = next_key(&mut object)? {
            let value = object
                .next_value_seed(Plain::NEW)
                .map_err(|error| at_key(&key, &error))?;
            values.insert(key.into_owned(), value);
        }
        Ok(values)
    }
}

impl<T: Wire> Wire for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        read(input, MapOf(PhantomData))
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

struct OptionOf<T>(PhantomData<T>);

impl<'de, T: Wire> Visitor<'de> for OptionOf<T> {
    type Value = Option<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        T::read(input).map(Some)
    }
}

/// Sent when set, empty or not.
impl<T: Wire> Wire for Option<T> {
    fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_option(OptionOf(PhantomData))
    }

    fn is_empty(&self) -> bool {
        self.is_none()
    }
}

/// As its content.
impl<T: Wire> Wire for Box<T> {
    fn read<'de, D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        T::read(input).map(Self::new)
    }

    fn is_empty(&self) -> bool {
        T::is_empty(self)
    }
}
