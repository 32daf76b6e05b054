//! The conversion of objects to CEL values.

use std::collections::HashMap;
use std::sync::Arc;

use cel::Value as Cel;
use chrono::DateTime;
use serde_json::{Map, Value};

use crate::fake::table::{Field, ValueType};
use crate::runtime::Timestamp;

/// Converts objects to CEL values. Absent fields are empty, and timestamps become CEL timestamps.
pub(super) struct CelValues {
    /// `true` for the empty object of a probe: absent optional fields then have a value, to check their types.
    probe: bool,
}

impl CelValues {
    pub(super) fn new(probe: bool) -> Self {
        Self { probe }
    }

    pub(super) fn fields<'f>(
        &self,
        fields: impl Iterator<Item = &'f Field>,
        object: &Map<String, Value>,
    ) -> HashMap<String, Cel> {
        fields
            .filter(|field| !field.write_only)
            .map(|field| (field.name.to_owned(), self.value(field.ty, object.get(field.name))))
            .collect()
    }

    fn value(&self, ty: ValueType, value: Option<&Value>) -> Cel {
        match (ty, value.filter(|value| !value.is_null())) {
            (ValueType::Optional(inner), None) if self.probe => self.value(*inner, None),
            (ValueType::Optional(ValueType::Text), None) => text(""),
            (ValueType::Optional(_) | ValueType::Json | ValueType::Tagged(..) | ValueType::AnyOf(_), None) => Cel::Null,
            (ValueType::Optional(inner), some) => self.value(*inner, some),
            (ValueType::Text | ValueType::Date | ValueType::Uuid | ValueType::Base64 | ValueType::Quoted(_), some) => {
                text(some.and_then(Value::as_str).unwrap_or_default())
            }
            (ValueType::Boolean, some) => Cel::Bool(some.and_then(Value::as_bool).unwrap_or_default()),
            (ValueType::Int32 | ValueType::Int64, some) => Cel::Int(some.and_then(Value::as_i64).unwrap_or_default()),
            (ValueType::Uint32 | ValueType::Uint64, some) => {
                Cel::UInt(some.and_then(Value::as_u64).unwrap_or_default())
            }
            (ValueType::Float64, some) => Cel::Float(some.and_then(Value::as_f64).unwrap_or_default()),
            (ValueType::Epoch | ValueType::EpochMs, some) => match some.and_then(Value::as_i64) {
                Some(number) => Cel::Int(number),
                None => Cel::Float(some.and_then(Value::as_f64).unwrap_or_default()),
            },
            (ValueType::Timestamp, some) => {
                let parsed = some.and_then(Value::as_str).and_then(|text| text.parse().ok());
                time(parsed.unwrap_or_default())
            }
            (ValueType::List(item), some) => {
                let items = some.and_then(Value::as_array).into_iter().flatten();
                Cel::List(Arc::new(items.map(|value| self.value(*item, Some(value))).collect()))
            }
            (ValueType::Map(item), some) => {
                let entries = some.and_then(Value::as_object).into_iter().flatten();
                let entries = entries.map(|(key, value)| (key.clone(), self.value(*item, Some(value))));
                entries.collect::<HashMap<_, _>>().into()
            }
            (ValueType::Object(fields) | ValueType::Union(fields), some) => {
                let empty = Map::new();
                let object = some.and_then(Value::as_object).unwrap_or(&empty);
                self.fields(fields.iter(), object).into()
            }
            (ValueType::Json | ValueType::Tagged(..) | ValueType::AnyOf(_), Some(value)) => {
                cel::to_value(value).unwrap_or(Cel::Null)
            }
        }
    }
}

fn text(text: &str) -> Cel {
    Cel::String(Arc::new(text.to_owned()))
}

pub(super) fn time(time: Timestamp) -> Cel {
    match DateTime::from_timestamp(time.as_second(), 0) {
        Some(time) => Cel::Timestamp(time.fixed_offset()),
        None => Cel::Null,
    }
}
