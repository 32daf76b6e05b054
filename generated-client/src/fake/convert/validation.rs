//! The validation of JSON values by type.

use serde_json::Value;

use crate::fake::table::{Field, ValueType};
use crate::runtime::Timestamp;

/// Checks the type and length of a value, but not the values that it contains.
///
/// # Errors
///
/// Returns a description of the problem, such as `must be a string`.
pub(crate) fn validate(ty: ValueType, field: &Field, value: &Value) -> Result<(), String> {
    match (ty, value) {
        (ValueType::Text, Value::String(text)) => check_length(field, text),
        (ValueType::Timestamp, Value::String(text)) => match text.parse::<Timestamp>() {
            Ok(_) => Ok(()),
            Err(_) => Err("must be an RFC 3339 timestamp".to_owned()),
        },
        (ty, value) if fits(ty, value) => Ok(()),
        (ty, _) => Err(format!("must be {}", describe(ty))),
    }
}

fn check_length(field: &Field, text: &str) -> Result<(), String> {
    match field.max_bytes {
        Some(most) if text.len() > most as usize => {
            Err(format!("must be at most {most} bytes long, got {}", text.len()))
        }
        Some(_) | None => Ok(()),
    }
}

fn fits(ty: ValueType, value: &Value) -> bool {
    match ty {
        ValueType::Json => true,
        ValueType::Boolean => value.is_boolean(),
        ValueType::Int32 => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        ValueType::Int64 => value.is_i64(),
        ValueType::Uint32 => value.as_u64().is_some_and(|number| u32::try_from(number).is_ok()),
        ValueType::Uint64 => value.is_u64(),
        ValueType::Float64 => value.is_number(),
        ValueType::Text
        | ValueType::Timestamp
        | ValueType::List(_)
        | ValueType::Map(_)
        | ValueType::Optional(_)
        | ValueType::Object(_)
        | ValueType::Union(_) => false,
    }
}

pub(crate) fn describe(ty: ValueType) -> &'static str {
    match ty {
        ValueType::Text | ValueType::Timestamp => "a string",
        ValueType::Boolean => "a boolean",
        ValueType::Int32 => "a 32-bit integer",
        ValueType::Int64 => "a 64-bit integer",
        ValueType::Uint32 => "an unsigned 32-bit integer",
        ValueType::Uint64 => "an unsigned 64-bit integer",
        ValueType::Float64 => "a number",
        ValueType::List(_) => "an array",
        ValueType::Map(_) | ValueType::Object(_) | ValueType::Union(_) => "an object",
        ValueType::Json | ValueType::Optional(_) => "a value",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rejects_numbers_out_of_range() {
        let field = Field::new("count", ValueType::Json);
        for (ty, value, fits) in [
            (ValueType::Int32, json!(-1), true),
            (ValueType::Int32, json!(2_147_483_648_u32), false),
            (ValueType::Uint32, json!(-1), false),
            (ValueType::Uint64, json!(u64::MAX), true),
            (ValueType::Float64, json!(1), true),
            (ValueType::Int64, json!(1.5), false),
        ] {
            assert_eq!(validate(ty, &field, &value).is_ok(), fits, "{value}");
        }
    }

    #[test]
    fn limits_length_in_bytes() {
        let field = Field::new("name", ValueType::Text).max_bytes(2);
        assert_eq!(validate(ValueType::Text, &field, &json!("é")), Ok(()));
        let error = validate(ValueType::Text, &field, &json!("éa")).expect_err("too long");
        assert_eq!(error, "must be at most 2 bytes long, got 3");
    }
}
