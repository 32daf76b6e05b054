//! Writes literals, if a type has them.

use super::schema::Schema;
use crate::api::check::literals::{is_date, is_timestamp, is_uuid};
use crate::openapi::import::draft::{Expr, Kind};
use crate::openapi::import::yaml::Yaml;
use crate::openapi::json::Json;
use crate::syntax::Scalar;

/// The longest literal, in characters.
const MAX_LITERAL: usize = 200;

impl Schema<'_, '_> {
    /// Returns a literal in YAML if the type has it.
    pub(super) fn literal(&self, expr: &Expr, value: &Json) -> Option<Yaml> {
        match self.types.resolved(expr).required() {
            Expr::Scalar(scalar) => scalar_literal(*scalar, value),
            Expr::Named(id) => match (&self.types.get(*id).kind, value) {
                (Kind::Enum(values), Json::String(text)) => {
                    let is_known = values.iter().any(|value| value.value == *text);
                    is_known.then(|| Yaml::text(text))
                }
                (Kind::Integers(values), Json::Integer(number)) => {
                    let is_known = values.iter().any(|value| i128::from(value.value) == *number);
                    is_known.then(|| Yaml::plain(number.to_string()))
                }
                _ => None,
            },
            Expr::List(item) => {
                let Json::Array(items) = value else { return None };
                let items: Vec<_> = items
                    .iter()
                    .map(|value| self.literal(item, value))
                    .collect::<Option<_>>()?;
                (!items.is_empty() && items.len() <= 4).then_some(Yaml::List(items))
            }
            Expr::Map(_) | Expr::Optional(_) => None,
        }
    }
}

fn scalar_literal(scalar: Scalar, value: &Json) -> Option<Yaml> {
    match (scalar, value) {
        (Scalar::String, Json::String(text)) => is_short(text).then(|| Yaml::text(text)),
        (Scalar::Boolean, Json::Boolean(value)) => Some(Yaml::plain(value.to_string())),
        (scalar, Json::Integer(number)) => {
            let is_valid = match scalar {
                Scalar::Int64 | Scalar::Float64 => i64::try_from(*number).is_ok(),
                Scalar::Int32 => i32::try_from(*number).is_ok(),
                Scalar::Uint32 => u32::try_from(*number).is_ok(),
                // Integers in a schema are not larger.
                Scalar::Uint64 => (0..=i64::MAX.into()).contains(number),
                _ => false,
            };
            is_valid.then(|| Yaml::plain(number.to_string()))
        }
        (Scalar::Float64, Json::Number(number)) if number.abs() < 1e15 && number.abs() > 1e-6 => {
            Some(Yaml::plain(number.to_string()))
        }
        (Scalar::Timestamp, Json::String(text)) => is_timestamp(text).then(|| Yaml::text(text)),
        (Scalar::Date, Json::String(text)) => is_date(text).then(|| Yaml::text(text)),
        (Scalar::Uuid, Json::String(text)) => is_uuid(text).then(|| Yaml::text(text)),
        _ => None,
    }
}

fn is_short(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= MAX_LITERAL && !text.contains(char::is_control)
}
