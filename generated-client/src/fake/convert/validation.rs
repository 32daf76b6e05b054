//! Which JSON values a type takes.

use serde_json::Value;

use crate::fake::table::{Field, Type};
use crate::runtime::Timestamp;

/// Checks a value without looking into it, and says what is wrong.
pub(crate) fn validate(ty: Type, field: &Field, value: &Value) -> Result<(), String> {
    match (ty, value) {
        (Type::Text, Value::String(text)) => check_length(field, text),
        (Type::Timestamp, Value::String(text)) => match text.parse::<Timestamp>() {
            Ok(_) => Ok(()),
            Err(_) => Err("must be a time as in RFC 3339".to_owned()),
        },
        (ty, value) if fits(ty, value) => Ok(()),
        (ty, _) => Err(format!("must be {}", describe(ty))),
    }
}

fn check_length(field: &Field, text: &str) -> Result<(), String> {
    match field.max_bytes {
        Some(most) if text.len() > most as usize => Err(format!("has {} bytes, and may have {most}", text.len())),
        Some(_) | None => Ok(()),
    }
}

fn fits(ty: Type, value: &Value) -> bool {
    match ty {
        Type::Json => true,
        Type::Boolean => value.is_boolean(),
        Type::Int32 => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        Type::Int64 => value.is_i64(),
        Type::Uint32 => value.as_u64().is_some_and(|number| u32::try_from(number).is_ok()),
        Type::Uint64 => value.is_u64(),
        Type::Float64 => value.is_number(),
        Type::Text
        | Type::Timestamp
        | Type::List(_)
        | Type::Map(_)
        | Type::Optional(_)
        | Type::Object(_)
        | Type::Union(_) => false,
    }
}

pub(crate) fn describe(ty: Type) -> &'static str {
    match ty {
        Type::Text | Type::Timestamp => "a string",
        Type::Boolean => "a boolean",
        Type::Int32 | Type::Int64 => "a whole number in range",
        Type::Uint32 | Type::Uint64 => "a whole number in range, not negative",
        Type::Float64 => "a number",
        Type::List(_) => "a list",
        Type::Map(_) | Type::Object(_) | Type::Union(_) => "an object",
        Type::Json | Type::Optional(_) => "a value",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_must_be_in_range() {
        let field = Field::new("count", Type::Json);
        for (ty, value, fits) in [
            (Type::Int32, json!(-1), true),
            (Type::Int32, json!(2_147_483_648_u32), false),
            (Type::Uint32, json!(-1), false),
            (Type::Uint64, json!(u64::MAX), true),
            (Type::Float64, json!(1), true),
            (Type::Int64, json!(1.5), false),
        ] {
            assert_eq!(validate(ty, &field, &value).is_ok(), fits, "{value}");
        }
    }

    #[test]
    fn lengths_are_counted_in_bytes() {
        let field = Field::new("name", Type::Text).max_bytes(2);
        assert_eq!(validate(Type::Text, &field, &json!("é")), Ok(()));
        let error = validate(Type::Text, &field, &json!("éa")).expect_err("too long");
        assert_eq!(error, "has 3 bytes, and may have 2");
    }
}
