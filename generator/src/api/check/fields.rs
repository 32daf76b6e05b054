//! Rules for fields.

use super::derived::check_request_is_derived;
use super::literals::check_literal;
use super::spelling::check_snake_case;
use crate::api::model::{Api, DerivedRequest, Field, InResponse, Literal, Scalar, Type, TypeDef, TypeId};
use crate::api::usage::Usage;
use crate::syntax::{Diagnostic, Diagnostics};

pub fn check(api: &Api, usage: &Usage, errors: &mut Diagnostics) {
    for (id, ty) in api.types() {
        for request in [DerivedRequest::Create, DerivedRequest::Update] {
            errors.extend(check_request_is_derived(api, usage, id, ty, request));
        }
        for field in ty.fields() {
            errors.extend(check_field_is_used(ty, field));
            errors.extend(check_send(field));
            errors.extend(check_once(usage, id, field));
            errors.extend(check_read_required(usage, id, ty, field));
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
            for (key, literal) in [("default", &field.default), ("example", &field.example)] {
                let ty = field.program_type().unwrap_optional();
                errors.extend(check_literal(api, &field.place, "field", ty, key, literal.as_ref()));
            }
        }
    }
}

fn check_field_is_used(ty: &TypeDef, field: &Field) -> Option<Diagnostic> {
    (!field.is_read() && field.create.is_none() && field.update.is_none()).then(|| {
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
    (field.once && !(field.is_read() && usage.is_derived(id, DerivedRequest::Create))).then(|| {
        Diagnostic::new(
            field.place.entry("once"),
            format!("no `create` operation returns field `{}`", field.name),
        )
        .note("`once` marks a field that only the response to `create` contains")
    })
}

fn check_read_required(usage: &Usage, id: TypeId, ty: &TypeDef, field: &Field) -> Option<Diagnostic> {
    if field.in_response != InResponse::Required {
        return None;
    }
    let error = |message: String| {
        Diagnostic::new(field.place.value("read"), message)
            .note("a response without a field that has `read: required`, or with null in it, is an error")
    };
    if matches!(field.ty, Type::Optional(_)) {
        let message = "`read: required` cannot be combined with `optional<…>`".to_owned();
        Some(error(message).help("remove one of them"))
    } else if field.once {
        let message = "`read: required` cannot be combined with `once`".to_owned();
        Some(error(message).help("remove one of them"))
    } else if !usage.is_received(id) {
        let message = format!(
            "`read: required` has no effect, because no response contains `{}`",
            ty.name
        );
        Some(error(message).help("remove `read`"))
    } else {
        None
    }
}

/// Checks that `shows_as` names a response field of the type itself, or of every type that responses contain in its
/// place.
fn check_shows_as(api: &Api, usage: &Usage, id: TypeId, field: &Field) -> Option<Diagnostic> {
    let name = field.shows_as.as_deref()?;
    let mut types: Vec<_> = usage.response_types(id).collect();
    if types.is_empty() {
        types.push(id);
    }
    let fields = |id: TypeId| api[id].fields().iter().filter(|field| field.is_read());
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
    (field.secret && !is_string(field.program_type())).then(|| {
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
    (field.max_bytes.is_some() && !is_string(field.program_type())).then(|| {
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

fn is_string(ty: &Type) -> bool {
    *ty.unwrap_optional() == Type::Scalar(Scalar::String)
}
