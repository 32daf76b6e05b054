//! Reads ordered JSON values with serde.

use std::cell::Cell;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};

use super::json::{Json, Object};

/// Reads a value within a budget, so that YAML aliases cannot fill the memory.
///
/// Each value costs [`VALUE_COST`], and strings and keys also cost their length.
pub struct Reader<'a> {
    pub budget: &'a Cell<usize>,
}

/// The cost of a value without the text of its strings.
pub const VALUE_COST: usize = 8;

impl Reader<'_> {
    fn spend<E: Error>(&self, length: usize) -> Result<(), E> {
        let left = self.budget.get().checked_sub(VALUE_COST + length);
        self.budget
            .set(left.ok_or_else(|| E::custom("the aliases expand to too many values"))?);
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let budget = Cell::new(usize::MAX);
        Reader { budget: &budget }.deserialize(deserializer)
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        self.spend(0)?;
        Ok(Json::Null)
    }

    /// An empty YAML file has no value.
    fn visit_none<E: Error>(self) -> Result<Json, E> {
        self.visit_unit()
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        self.spend(0)?;
        Ok(Json::Boolean(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        self.spend(0)?;
        Ok(Json::Integer(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        self.spend(0)?;
        Ok(Json::Integer(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Json, E> {
        self.spend(0)?;
        Ok(Json::Integer(value))
    }

    #[allow(clippy::cast_precision_loss, reason = "larger integers become numbers")]
    fn visit_u128<E: Error>(self, value: u128) -> Result<Json, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        self.spend(0)?;
        Ok(Json::Number(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json, E> {
        self.spend(value.len())?;
        Ok(Json::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Json, E> {
        self.spend(value.len())?;
        Ok(Json::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Json, A::Error> {
        self.spend(0)?;
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element_seed(Reader { budget: self.budget })? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        self.spend(0)?;
        let mut object = Object::default();
        // The text of a YAML key such as `200` or `on` is read as a string, whatever its type.
        while let Some(key) = map.next_key::<String>()? {
            if object.contains(&key) {
                return Err(A::Error::custom(format!("duplicate key `{key}`")));
            }
            self.spend(key.len())?;
            let value = map.next_value_seed(Reader { budget: self.budget })?;
            object.set(&key, value);
        }
        Ok(Json::Object(object))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Json, A::Error> {
        Err(A::Error::custom(
            "a YAML tag has no meaning in an OpenAPI document: remove the tag",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openapi::json::object;

    #[test]
    fn keeps_the_order_of_keys() {
        let json: Json = serde_json::from_str(r#"{"b": [true, null], "a": {"z": "text", "y": 1}}"#).unwrap();
        let a = object! { "z": "text", "y": 1 };
        assert_eq!(
            json,
            object! { "b": [Json::Boolean(true), Json::Null], "a": a.clone() }.into()
        );
        let keys: Vec<_> = a.iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["z", "y"]);
    }

    #[test]
    fn reads_integers_beyond_64_bits_as_numbers() {
        let json: Json = serde_json::from_str("[-9223372036854775808, 18446744073709551615, 1.5]").unwrap();
        let expected = [
            Json::Integer(i64::MIN.into()),
            Json::Integer(u64::MAX.into()),
            Json::Number(1.5),
        ];
        assert_eq!(json.items(), expected);
    }

    #[test]
    fn rejects_duplicate_keys() {
        let error = serde_json::from_str::<Json>("{\n  \"a\": 1,\n  \"a\": 2\n}").unwrap_err();
        assert_eq!(error.to_string(), "duplicate key `a` at line 3 column 5");
    }

    #[test]
    fn stops_at_the_end_of_the_budget() {
        let budget = Cell::new(5 * VALUE_COST);
        let mut deserializer = serde_json::Deserializer::from_str("[1, 2, 3, 4, 5]");
        let error = Reader { budget: &budget }.deserialize(&mut deserializer).unwrap_err();
        assert!(error.to_string().contains("too many values"), "{error}");
    }
}
