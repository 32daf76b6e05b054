//! Rules for fields.

use jiff::fmt::temporal::Pieces;

use super::spelling::check_snake_case;
use crate::api::model::{Api, DerivedRequest, Field, Literal, Quoted, Scalar, Type, TypeDef, TypeId};
use crate::api::usage::Usage;
use crate::syntax::{Diagnostic, Diagnostics};

pub fn check(api: &Api, usage: &Usage, errors: &mut Diagnostics) {
    for (id, ty) in api.types() {
        for field in ty.fields() {
            for request in [DerivedRequest::Create, DerivedRequest::Update] {
                errors.extend(check_request_is_derived(usage, id, ty, field, request));
            }
            errors.extend(check_field_is_used(ty, field));
            errors.extend(check_send(field));
            errors.extend(check_once(usage, id, field));
            errors.extend(check_shows_as(api, usage, id, field));
            errors.extend(
                field
                    .alias
                    .as_ref()
                    .and_then(|alias| check_snake_case(&field.place.value("as"), "the", alias)),
            );
            errors.extend(check_required(usage, id, ty, field));
            errors.extend(check_secret(field));
            errors.extend(check_max_bytes(field));
            errors.extend(check_length(field, "default", field.default.as_ref()));
            errors.extend(check_length(field, "example", field.example.as_ref()));
            errors.extend(check_literal(api, field, "default", field.default.as_ref()));
            errors.extend(check_literal(api, field, "example", field.example.as_ref()));
        }
    }
}

fn check_request_is_derived(
    usage: &Usage,
    id: TypeId,
    ty: &TypeDef,
    field: &Field,
    request: DerivedRequest,
) -> Option<Diagnostic> {
    let key = request.name();
    (field.is_sent(request) && !usage.is_derived(id, request)).then(|| {
        Diagnostic::new(
            field.place.entry(key),
            format!("no `{key}` operation sends `{}`", ty.name),
        )
        .note(format!(
            "fields with `{key}` are sent by an operation named `{key}` that returns `{}` and has no `body`",
            ty.name
        ))
    })
}

fn check_field_is_used(ty: &TypeDef, field: &Field) -> Option<Diagnostic> {
    (!field.read && field.create.is_none() && field.update.is_none()).then(|| {
        Diagnostic::new(
            field.place.clone(),
            format!("field `{}` of `{}` is neither sent nor received", field.name, ty.name),
        )
        .help("remove `read: false`, or add `create` or `update`")
    })
}

fn check_send(field: &Field) -> Option<Diagnostic> {
    (field.send.is_some() && field.create.is_none() && field.update.is_none()).then(|| {
        Diagnostic::new(
            field.place.entry("send"),
            format!("field `{}` is never sent", field.name),
        )
        .note("`send` is the type of a field in `create` and `update` requests")
        .help("add `create` or `update`, or remove `send`")
    })
}

fn check_once(usage: &Usage, id: TypeId, field: &Field) -> Option<Diagnostic> {
    (field.once && !(field.read && usage.is_derived(id, DerivedRequest::Create))).then(|| {
        Diagnostic::new(
            field.place.entry("once"),
            format!("no `create` operation returns field `{}`", field.name),
        )
        .note("`once` marks a field that only the response to `create` contains")
    })
}

/// Checks that `shows_as` names a response field of the type itself, or of every type that responses contain in its
/// place.
fn check_shows_as(api: &Api, usage: &Usage, id: TypeId, field: &Field) -> Option<Diagnostic> {
    let name = field.shows_as.as_deref()?;
    let mut types: Vec<_> = usage.response_types(id).collect();
    if types.is_empty() {
        types.push(id);
    }
    let fields = |id: TypeId| api[id].fields().iter().filter(|field| field.read);
    let without = types
        .into_iter()
        .find(|id| !fields(*id).any(|field| field.name == name))?;
    let known = fields(without).map(|field| field.name.as_str());
    Some(
        Diagnostic::new(
            field.place.value("shows_as"),
            format!("`{}` has no field `{name}` in responses", api[without].name),
        )
        .note("`shows_as` names the response field that contains the value sent here or, if the value is an ID, the object with this ID")
        .suggest(name, known),
    )
}

fn check_required(usage: &Usage, id: TypeId, ty: &TypeDef, field: &Field) -> Option<Diagnostic> {
    if !field.required {
        return None;
    }
    let error = |message: String| {
        Diagnostic::new(field.place.entry("required"), message).note(
            "`required` only applies to objects that are sent as is: a `body`, or the value of a field in a request",
        )
    };
    if field.create.is_some() || field.update.is_some() {
        Some(
            error("`required` cannot be combined with `create` or `update`".to_owned())
                .help("write `create: required`"),
        )
    } else if matches!(field.ty, Type::Optional(_)) {
        Some(error("`required` cannot be combined with `optional<…>`".to_owned()).help("remove one of them"))
    } else if !usage.is_sent(id) {
        Some(
            error(format!(
                "`required` has no effect, because no operation sends `{}` as is",
                ty.name
            ))
            .help("remove `required`"),
        )
    } else {
        None
    }
}

fn check_secret(field: &Field) -> Option<Diagnostic> {
    (field.secret && !is_string(program_type(field))).then(|| {
        Diagnostic::new(field.place.entry("secret"), "`secret` is only allowed on a string")
            .related(field.place.value("type"), "not a string")
    })
}

fn check_max_bytes(field: &Field) -> Option<Diagnostic> {
    if field.max_bytes == Some(0) {
        return Some(
            Diagnostic::new(field.place.value("max_bytes"), "`max_bytes` must be greater than zero")
                .help("remove `max_bytes` if the length is not limited"),
        );
    }
    (field.max_bytes.is_some() && !is_string(program_type(field))).then(|| {
        Diagnostic::new(
            field.place.entry("max_bytes"),
            "`max_bytes` is only allowed on a string",
        )
        .related(field.place.value("type"), "not a string")
    })
}

/// Checks that a value of a string is not longer than `max_bytes`.
fn check_length(field: &Field, key: &str, literal: Option<&Literal>) -> Option<Diagnostic> {
    let (Some(max), Some(Literal::Text(text))) = (field.max_bytes, literal) else {
        return None;
    };
    let is_too_long = max > 0 && u32::try_from(text.len()).map_or(true, |length| length > max);
    is_too_long.then(|| {
        Diagnostic::new(
            field.place.value(key),
            format!("`{key}` has {} bytes, more than `max_bytes`", text.len()),
        )
        .related(field.place.value("max_bytes"), "the maximum length of the field")
    })
}

/// Returns the type of a field as programs send it, or as they receive it if it is never sent.
fn program_type(field: &Field) -> &Type {
    if field.create.is_some() || field.update.is_some() {
        field.sent_type()
    } else {
        &field.ty
    }
}

fn is_string(ty: &Type) -> bool {
    *ty.unwrap_optional() == Type::Scalar(Scalar::String)
}

fn check_literal(api: &Api, field: &Field, key: &str, literal: Option<&Literal>) -> Option<Diagnostic> {
    let literal = literal?;
    let ty = program_type(field).unwrap_optional();
    (!fits(api, ty, literal)).then(|| {
        let known = ty.named().map(|id| known_values(api, id)).unwrap_or_default();
        let place = field.place.value(key);
        let error = Diagnostic::new(place, format!("`{key}` does not match the type of the field"))
            .related(field.place.value("type"), "the type of the field");
        match literal {
            Literal::Text(text) if !known.is_empty() => error
                .note(format!("the type has the values `{}`", known.join("`, `")))
                .suggest(text, known),
            _ => error,
        }
    })
}

/// Returns the values of a string enum. Other types have none.
fn known_values(api: &Api, id: TypeId) -> Vec<&str> {
    let values = api[id].values().unwrap_or_default();
    values.iter().map(|value| value.name.as_str()).collect()
}

fn fits(api: &Api, ty: &Type, literal: &Literal) -> bool {
    match (ty, literal) {
        (Type::Scalar(scalar), literal) => fits_scalar(*scalar, literal),
        (Type::Named(id), Literal::Text(text)) => known_values(api, *id).contains(&text.as_str()),
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
fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.starts_with(|first: char| first.is_ascii_digit())
        && text.parse::<jiff::civil::Date>().is_ok()
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
fn is_timestamp(text: &str) -> bool {
    let has_time = text.contains(['T', 't']);
    has_time && Pieces::parse(text).is_ok_and(|pieces| pieces.time().is_some() && pieces.offset().is_some())
}
