//! Finds places by `serde_yaml` itself, with a pass for each: the reference that [`super::spans`] is tested against.
//!
//! An error raised inside a visitor carries the position of its node, so a seed walks to the place and fails there.

use std::fmt;
use std::ops::Range;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::Part;
use super::spans::token;
use super::yaml::offset;

/// The bytes at which the key or value that a path of keys leads to stands; list items are keyed by their index.
pub fn locate(text: &str, path: &[String], part: Part) -> Option<Range<usize>> {
    let error = Walk { path, part }
        .deserialize(serde_yaml::Deserializer::from_str(text))
        .err()?;
    let location = error.location()?;
    Some(token(text, offset(text, location.line(), location.column())))
}

/// Walks to a path and fails there.
struct Walk<'a> {
    path: &'a [String],
    part: Part,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Walk<'_> {
    fn arrive<E: de::Error>(&self) -> Result<(), E> {
        if self.path.is_empty() {
            Err(E::custom("here"))
        } else {
            Ok(())
        }
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        self.arrive()?;
        let (name, rest) = (&self.path[0], &self.path[1..]);
        let stop_at_key = rest.is_empty() && self.part == Part::Key;
        while let Some(found) = map.next_key_seed(WalkKey { name, stop_at_key })? {
            if found {
                map.next_value_seed(Walk {
                    path: rest,
                    part: self.part,
                })?;
            } else {
                map.next_value::<de::IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.arrive()?;
        let index: Option<usize> = self.path[0].parse().ok();
        for position in 0.. {
            let more = if Some(position) == index {
                items.next_element_seed(Walk {
                    path: &self.path[1..],
                    part: self.part,
                })?
            } else {
                items.next_element::<de::IgnoredAny>()?.map(drop)
            };
            if more.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<(), E> {
        self.arrive()
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<(), E> {
        self.arrive()
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<(), E> {
        self.arrive()
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<(), E> {
        self.arrive()
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<(), E> {
        self.arrive()
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.arrive()
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.arrive()
    }
}

struct WalkKey<'a> {
    name: &'a str,
    stop_at_key: bool,
}

impl<'de> DeserializeSeed<'de> for WalkKey<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for WalkKey<'_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<bool, E> {
        let found = key == self.name;
        if found && self.stop_at_key {
            return Err(E::custom("here"));
        }
        Ok(found)
    }
}
