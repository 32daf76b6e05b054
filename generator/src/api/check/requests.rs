//! Rules for headers and for the parts of request bodies that do not vary.

use super::literals::check_literal;
use super::operations::is_single_value;
use super::spelling::check_snake_case;
use crate::api::model::{Api, Body, HeaderParameter, Operation, Type, TypeKind};
use crate::syntax::{Diagnostic, Diagnostics};

pub fn check(api: &Api, errors: &mut Diagnostics) {
    for operation in api.operations() {
        for (index, parameter) in operation.headers.iter().enumerate() {
            let place = &parameter.place;
            errors.extend(super::api::check_header_name(place, &parameter.name));
            errors.extend(super::headers::check_is_not_managed(place, &parameter.name));
            let alias = parameter.alias.as_ref();
            errors.extend(alias.and_then(|alias| check_snake_case(&place.value("as"), "the", alias)));
            errors.extend(check_header_type(api, parameter));
            let example = parameter.example.as_ref();
            errors.extend(check_literal(api, place, "header", &parameter.ty, "example", example));
            errors.extend(check_header_is_set_once(api, parameter, &operation.headers[..index]));
        }
        errors.extend(check_fixed_is_in_an_object(api, operation));
        errors.extend(check_fixed_keys(api, operation));
        errors.extend(check_request_key(operation));
    }
}

fn check_header_type(api: &Api, parameter: &HeaderParameter) -> Option<Diagnostic> {
    let item = match &parameter.ty {
        Type::List(item) => item,
        other => other,
    };
    (!is_single_value(api, item)).then(|| {
        let message = format!("header `{}` has an unsupported type", parameter.name);
        Diagnostic::new(parameter.place.value("type"), message)
            .note("a header is a scalar other than `json`, a string enum, or a list of these")
    })
}

fn check_header_is_set_once(api: &Api, parameter: &HeaderParameter, earlier: &[HeaderParameter]) -> Option<Diagnostic> {
    let same = |name: &str| name.eq_ignore_ascii_case(&parameter.name);
    let message = if api.headers.iter().any(|(constant, _)| same(constant)) {
        format!("`api.yaml` sets the header `{}` for every request", parameter.name)
    } else if earlier.iter().any(|other| same(&other.name)) {
        format!("duplicate header `{}`", parameter.name)
    } else {
        return None;
    };
    let error = Diagnostic::new(parameter.place.clone(), message);
    Some(
        error
            .note("header names are case-insensitive")
            .help("remove one of them"),
    )
}

/// Checks that the constants are added to an object.
fn check_fixed_is_in_an_object(api: &Api, operation: &Operation) -> Option<Diagnostic> {
    let is_object = match &operation.body {
        Body::Nothing | Body::Empty | Body::Derived { .. } => true,
        Body::Value(ty) | Body::Optional(ty) => match ty {
            Type::Named(id) => matches!(api[*id].kind, TypeKind::Object(_)),
            Type::Map(_) => true,
            Type::Scalar(_) | Type::List(_) | Type::Optional(_) => false,
        },
    };
    (!operation.fixed.is_empty() && !is_object).then(|| {
        Diagnostic::new(
            operation.place.entry("fixed"),
            "`fixed` requires a request body that is an object",
        )
        .related(operation.place.value("body"), "the request body")
    })
}

/// Checks that the request body has no fields with the keys of constants.
fn check_fixed_keys(api: &Api, operation: &Operation) -> Vec<Diagnostic> {
    let fields: Vec<_> = match &operation.body {
        Body::Nothing | Body::Empty => Vec::new(),
        Body::Derived { of, request } => api[*of].sent_fields(*request).collect(),
        Body::Value(ty) | Body::Optional(ty) => {
            let fields = ty.named().map(|id| api[id].fields());
            fields.unwrap_or_default().iter().collect()
        }
    };
    let errors = operation.fixed.iter().filter_map(|(key, _)| {
        let field = fields.iter().find(|field| field.name == *key)?;
        let place = operation.place.value("fixed").entry(key);
        let error = Diagnostic::new(place, format!("the request body has a field `{key}`, too"));
        Some(
            error
                .related(field.place.clone(), "the field")
                .help("remove one of them"),
        )
    });
    errors.collect()
}

fn check_request_key(operation: &Operation) -> Option<Diagnostic> {
    let key = operation.request_key.as_ref()?;
    if operation.body == Body::Nothing {
        let error = Diagnostic::new(
            operation.place.entry("request_key"),
            "the operation has no request body",
        );
        return Some(error.help("add `body`, or remove `request_key`"));
    }
    let is_invalid = key.is_empty() || key.contains(['/', '.']);
    is_invalid.then(|| {
        Diagnostic::new(operation.place.value("request_key"), format!("`{key}` is not a key"))
            .note("`request_key` is the only key of an object that contains the request body")
            .help("write a plain key, such as `request_key: incident`")
    })
}
