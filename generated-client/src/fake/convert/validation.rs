//! The validation of JSON values by type.

use serde_json::Value;

use crate::fake::table::{Field, ValueType};
use crate::runtime::{Date, Timestamp};

/// Checks the type and length of a value, but not the values that it contains.
///
/// # Errors
///
/// Returns a description of the problem, such as `must be a string`.
pub(crate) fn validate(ty: ValueType, field: &Field, value: &Value) -> Result<(), String> {
    match (ty, value) {
        (ValueType::Text, Value::String(text)) => check_length(field, text),
        (ty, value) => check_form(ty, value),
    }
}

/// Checks the type and format of a value that is not an array or object.
///
/// # Errors
///
/// Returns a description of the problem.
pub(super) fn check_form(ty: ValueType, value: &Value) -> Result<(), String> {
    match (ty, value) {
        (ValueType::Text, Value::String(_)) => Ok(()),
        (ValueType::Timestamp, Value::String(text)) => match text.parse::<Timestamp>() {
            Ok(_) => Ok(()),
            Err(_) => Err("must be an RFC 3339 timestamp".to_owned()),
        },
        (ValueType::Date, Value::String(text)) => {
            format(text.parse::<Date>().is_ok(), "a date in the format YYYY-MM-DD")
        }
        (ValueType::Uuid, Value::String(text)) => format(is_uuid(text), "a UUID"),
        (ValueType::Base64, Value::String(text)) => format(is_base64(text), "a Base64 string"),
        (ValueType::Quoted(inner), Value::String(text)) => {
            let value = text.parse().unwrap_or_default();
            format(fits(*inner, &value), describe(ty))
        }
        (ty, value) if fits(ty, value) => Ok(()),
        (ty, _) => Err(format!("must be {}", describe(ty))),
    }
}

fn format(is_valid: bool, expected: &str) -> Result<(), String> {
    if is_valid {
        Ok(())
    } else {
        Err(format!("must be {expected}"))
    }
}

/// Returns `true` for a UUID with hyphens.
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Returns `true` for Base64 with the standard alphabet and padding.
fn is_base64(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    let is_data = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    text.len().is_multiple_of(4) && text.len() - data.len() < 3 && data.bytes().all(is_data)
}

fn check_length(field: &Field, text: &str) -> Result<(), String> {
    match field.max_bytes {
        Some(most) if text.len() > most as usize => {
            Err(format!("must be at most {most} bytes long, got {}", text.len()))
        }
        Some(_) | None => Ok(()),
    }
}

/// Returns `true` if a value matches a type that is a boolean, a number or any value.
pub(super) fn fits(ty: ValueType, value: &Value) -> bool {
    match ty {
        ValueType::Json => true,
        ValueType::Boolean => value.is_boolean(),
        ValueType::Int32 => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        ValueType::Int64 | ValueType::EpochMs => value.is_i64(),
        ValueType::Uint32 => value.as_u64().is_some_and(|number| u32::try_from(number).is_ok()),
        ValueType::Uint64 => value.is_u64(),
        ValueType::Float64 | ValueType::Epoch => value.is_number(),
        ValueType::Quoted(inner) => fits(*inner, value),
        ValueType::Text
        | ValueType::Timestamp
        | ValueType::Date
        | ValueType::Uuid
        | ValueType::Base64
        | ValueType::List(_)
        | ValueType::Map(_)
        | ValueType::Optional(_)
        | ValueType::Object(_)
        | ValueType::Union(_)
        | ValueType::Tagged(..)
        | ValueType::AnyOf(_) => false,
    }
}

pub(crate) fn describe(ty: ValueType) -> &'static str {
    match ty {
        ValueType::Text | ValueType::Timestamp | ValueType::Date | ValueType::Uuid | ValueType::Base64 => "a string",
        ValueType::Epoch => "a number of seconds",
        ValueType::EpochMs => "an integer of milliseconds",
        ValueType::Quoted(ValueType::Boolean) => "a boolean in a string",
        ValueType::Quoted(_) => "a number in a string",
        ValueType::Boolean => "a boolean",
        ValueType::Int32 => "a 32-bit integer",
        ValueType::Int64 => "a 64-bit integer",
        ValueType::Uint32 => "an unsigned 32-bit integer",
        ValueType::Uint64 => "an unsigned 64-bit integer",
        ValueType::Float64 => "a number",
        ValueType::List(_) => "an array",
        ValueType::Map(_) | ValueType::Object(_) | ValueType::Union(_) | ValueType::Tagged(..) => "an object",
        ValueType::Json | ValueType::Optional(_) | ValueType::AnyOf(_) => "a value",
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
