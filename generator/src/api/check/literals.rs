//! The rule for literals: defaults of fields, and examples of fields and parameters.

use jiff::fmt::temporal::Pieces;

use crate::api::model::{Api, Literal, Quoted, Scalar, Type, TypeId, TypeKind};
use crate::syntax::{Diagnostic, Place};

/// Checks that the literal of a key has a type. `owner` is what the type is declared for, such as `field`.
pub fn check_literal(
    api: &Api,
    place: &Place,
    owner: &str,
    ty: &Type,
    key: &str,
    literal: Option<&Literal>,
) -> Option<Diagnostic> {
    let literal = literal?;
    (!fits(api, ty, literal)).then(|| {
        let known = ty.named().map(|id| known_values(api, id)).unwrap_or_default();
        let message = format!("`{key}` does not match the type of the {owner}");
        let error =
            Diagnostic::new(place.value(key), message).related(place.value("type"), format!("the type of the {owner}"));
        if known.is_empty() {
            return match form(api, ty) {
                Some(help) => error.help(help),
                None => error,
            };
        }
        let error = error.note(format!("the type has the values `{}`", known.join("`, `")));
        match literal {
            Literal::Text(text) => match meant_integer(api, ty, text) {
                Some(number) => error.help(format!("write `{number}`")),
                None => error.suggest(text, known.iter().map(String::as_str)),
            },
            _ => error,
        }
    })
}

/// Returns the form of literals of a type, unless it is obvious.
fn form(api: &Api, ty: &Type) -> Option<&'static str> {
    let scalar = match ty {
        Type::Scalar(scalar) => scalar,
        Type::Named(id) => {
            return match &api[*id].kind {
                TypeKind::Union(_) => Some("remove it: a union has no literals"),
                TypeKind::Object(_) => Some("remove it: an object has no literals"),
                TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => None,
            };
        }
        Type::List(_) | Type::Map(_) | Type::Optional(_) => return None,
    };
    match scalar {
        Scalar::Timestamp => Some("write an RFC 3339 timestamp, such as `2024-05-06T07:08:09Z`"),
        Scalar::Date => Some("write a date, such as `2024-05-06`"),
        Scalar::Uuid => Some("write a UUID with hyphens"),
        Scalar::Base64 => Some("write Base64 with the standard alphabet and padding, such as `aGk=`"),
        Scalar::Epoch => Some("write a number of seconds since 1970"),
        Scalar::EpochMs => Some("write an integer of milliseconds since 1970"),
        Scalar::Quoted(Quoted::Boolean) => Some("write a string, such as `\"true\"`"),
        Scalar::Quoted(_) => Some("write a number in a string, such as `\"42\"`"),
        Scalar::String
        | Scalar::Boolean
        | Scalar::Int32
        | Scalar::Int64
        | Scalar::Uint32
        | Scalar::Uint64
        | Scalar::Float64
        | Scalar::Json => None,
    }
}

/// Returns the values of an enum. Other types have none.
fn known_values(api: &Api, id: TypeId) -> Vec<String> {
    let texts = api[id].values().unwrap_or_default().iter();
    let integers = api[id].integers().unwrap_or_default().iter();
    let integers = integers.map(|value| value.name.to_string());
    texts.map(|value| value.name.clone()).chain(integers).collect()
}

/// Returns the value of an integer enum that is written as a string, or as its name in Rust.
fn meant_integer(api: &Api, ty: &Type, text: &str) -> Option<i64> {
    let mut values = api[ty.named()?].integers()?.iter();
    let meant = values.find(|value| value.alias.as_deref() == Some(text) || value.name.to_string() == text)?;
    Some(meant.name)
}

fn fits(api: &Api, ty: &Type, literal: &Literal) -> bool {
    match (ty, literal) {
        (Type::Scalar(scalar), literal) => fits_scalar(*scalar, literal),
        (Type::Named(id), Literal::Text(text)) => {
            let mut values = api[*id].values().unwrap_or_default().iter();
            values.any(|value| value.name == *text)
        }
        (Type::Named(id), Literal::Integer(number)) => {
            let mut values = api[*id].integers().unwrap_or_default().iter();
            values.any(|value| value.name == *number)
        }
        (Type::List(item), Literal::List(literals)) => literals.iter().all(|literal| fits(api, item, literal)),
        (Type::Map(item), Literal::Map(entries)) => entries.iter().all(|(_, literal)| fits(api, item, literal)),
        (Type::List(_) | Type::Map(_) | Type::Optional(_) | Type::Named(_), _) => false,
    }
}

fn fits_scalar(scalar: Scalar, literal: &Literal) -> bool {
    match (scalar, literal) {
        (Scalar::Json, _)
        | (Scalar::String, Literal::Text(_))
        | (Scalar::Boolean, Literal::Boolean(_))
        | (Scalar::Int64 | Scalar::Float64 | Scalar::Epoch | Scalar::EpochMs, Literal::Integer(_)) => true,
        (Scalar::Timestamp, Literal::Text(text)) => is_timestamp(text),
        (Scalar::Date, Literal::Text(text)) => is_date(text),
        (Scalar::Uuid, Literal::Text(text)) => is_uuid(text),
        (Scalar::Base64, Literal::Text(text)) => is_base64(text),
        (Scalar::Quoted(quoted), Literal::Text(text)) => is_quoted(quoted, text),
        (Scalar::Float64 | Scalar::Epoch, Literal::Number(number)) => number.is_finite(),
        (Scalar::Int32, Literal::Integer(number)) => i32::try_from(*number).is_ok(),
        (Scalar::Uint32, Literal::Integer(number)) => u32::try_from(*number).is_ok(),
        (Scalar::Uint64, Literal::Integer(number)) => u64::try_from(*number).is_ok(),
        (
            Scalar::String
            | Scalar::Timestamp
            | Scalar::Date
            | Scalar::Uuid
            | Scalar::Base64
            | Scalar::Epoch
            | Scalar::EpochMs
            | Scalar::Quoted(_)
            | Scalar::Boolean
            | Scalar::Int32
            | Scalar::Int64
            | Scalar::Uint32
            | Scalar::Uint64
            | Scalar::Float64,
            _,
        ) => false,
    }
}

/// Returns `true` for a date, such as `2025-01-02`.
pub fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.starts_with(|first: char| first.is_ascii_digit())
        && text.parse::<jiff::civil::Date>().is_ok()
}

/// Returns `true` for a UUID with hyphens.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Returns `true` for Base64 with the standard alphabet and padding.
pub fn is_base64(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    let is_data = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    text.len().is_multiple_of(4) && text.len() - data.len() < 3 && data.bytes().all(is_data)
}

/// Returns `true` for a value of this type in a string.
fn is_quoted(quoted: Quoted, text: &str) -> bool {
    match quoted {
        Quoted::Boolean => matches!(text, "true" | "false"),
        Quoted::Int32 => text.parse::<i32>().is_ok(),
        Quoted::Int64 => text.parse::<i64>().is_ok(),
        Quoted::Uint32 => text.parse::<u32>().is_ok(),
        Quoted::Uint64 => text.parse::<u64>().is_ok(),
        Quoted::Float64 => text.parse::<f64>().is_ok_and(f64::is_finite),
    }
}

/// Returns `true` for a time in RFC 3339, such as `2025-01-02T03:04:05Z`.
pub fn is_timestamp(text: &str) -> bool {
    let has_time = text.contains(['T', 't']);
    has_time && Pieces::parse(text).is_ok_and(|pieces| pieces.time().is_some() && pieces.offset().is_some())
}
