//! Rules for the API as a whole. Its settings become constants, so an invalid one would fail only at run time.

use std::collections::BTreeSet;

use super::locations::{check_location, check_pointer};
use crate::api::checked::ErrorCode;
use crate::api::forms::{is_authority, is_base_url, is_header_name, is_url_char};
use crate::api::model::{Api, EmptyValues, Field, MissingFields, RateLimit, Scalar, Type, TypeDef};
use crate::names;
use crate::syntax::{Diagnostic, Diagnostics, Place};

/// Checks the rules and parses the error codes.
pub fn check(api: &Api, errors: &mut Diagnostics) -> Vec<ErrorCode> {
    let file = Place::file(api.source);
    errors.extend(check_base_url(&file, &api.base_url));
    errors.extend(check_crate_name(&file, &api.crate_name));
    for (name, value) in &api.headers {
        let place = file.entry("headers");
        errors.extend(check_header_name(&place.entry(name), name));
        errors.extend(check_header_value(&place.value(name), value));
    }
    check_error_fields(&file.entry("errors"), api, errors);
    check_fake(&file.entry("fake"), api, errors);
    let response_key = api.response_key.as_ref();
    errors.extend(response_key.and_then(|key| check_location(file.value("response_key"), key)));
    if let Some(name) = &api.idempotency_key {
        errors.extend(check_header_name(&file.value("idempotency_key"), name));
    }
    if let Some(limit) = &api.rate_limit {
        check_rate_limit(&file, limit, errors);
    }
    check_error_codes(&file.entry("errors"), api, errors)
}

fn check_rate_limit(file: &Place, limit: &RateLimit, errors: &mut Diagnostics) {
    if limit.requests == 0 || limit.seconds == 0 {
        let error = Diagnostic::new(
            file.entry("rate_limit"),
            "`requests` and `seconds` must be greater than zero",
        );
        errors.push(error.help("remove `rate_limit` if the API has no rate limit"));
    }
    if let Some(name) = &limit.reset {
        errors.extend(check_header_name(&file.value("rate_limit").value("reset"), name));
    }
}

fn check_base_url(file: &Place, url: &str) -> Option<Diagnostic> {
    (!is_base_url(url)).then(|| {
        Diagnostic::new(file.value("base_url"), format!("`{url}` is not a valid base URL"))
            .help("write an absolute URL without a query or fragment, such as `https://api.example.com/v1`")
    })
}

/// Checks that the URL of an error's documentation is a URL for every code.
fn check_docs_url(place: Place, url: &str) -> Option<Diagnostic> {
    let rest = url.strip_prefix("https://").or(url.strip_prefix("http://"));
    let is_valid = rest.is_some_and(|rest| {
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        is_authority(authority)
            && path
                .replace("{code}", "")
                .chars()
                .all(|c| is_url_char(c) || "?#".contains(c))
    });
    (!is_valid).then(|| {
        Diagnostic::new(place, format!("`{url}` is not a valid URL"))
            .note("`{code}` stands for the code of the error; other placeholders are not supported")
            .help("write an absolute URL, such as `https://example.com/errors/{code}`")
    })
}

fn check_crate_name(file: &Place, name: &str) -> Option<Diagnostic> {
    if names::is_standard_crate(name) {
        let message = format!("`{name}` is a crate of the standard library");
        let error = Diagnostic::new(file.value("crate"), message);
        return Some(error.help("choose another name for the crate"));
    }
    (!names::is_crate_name(name)).then(|| {
        Diagnostic::new(
            file.value("crate"),
            format!("`{name}` is not a valid crate name in Rust code"),
        )
        .note("generated examples import the crate under this name")
        .help("start with a lower-case letter; use lower-case letters, digits and `_`, but no Rust keyword")
    })
}

pub fn check_header_name(place: &Place, name: &str) -> Option<Diagnostic> {
    (!is_header_name(name)).then(|| {
        Diagnostic::new(place.clone(), format!("`{name}` is not a valid header name"))
            .help("use ASCII letters, digits and `-`")
    })
}

pub fn check_header_value(place: &Place, value: &str) -> Option<Diagnostic> {
    let is_valid = value.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    (!is_valid).then(|| {
        let message = format!("`{}` is not a valid header value", value.escape_debug());
        Diagnostic::new(place.clone(), message).help("use visible ASCII characters and spaces")
    })
}

/// Checks that the query parameters named under `fake` exist.
fn check_fake(place: &Place, api: &Api, errors: &mut Diagnostics) {
    let known: BTreeSet<_> = api
        .operations()
        .flat_map(|operation| &operation.query)
        .map(|parameter| parameter.name.as_str())
        .collect();
    let rules = [("before", &api.fake.before), ("filter", &api.fake.filter)];
    for (key, name) in rules {
        if let Some(name) = name.as_deref().filter(|name| !known.contains(name)) {
            let message = format!("no operation has a query parameter `{name}`");
            errors.push(Diagnostic::new(place.value(key), message).suggest(name, known.iter().copied()));
        }
    }
    let (uri, updated) = (api.fake.uri.as_deref(), api.fake.updated.as_deref());
    let string = |scalar| scalar == Scalar::String;
    errors.extend(check_named_field(place, api, "uri", uri, ("`string`", string)));
    let time = |scalar| {
        matches!(
            scalar,
            Scalar::Timestamp | Scalar::Epoch | Scalar::EpochMs | Scalar::Date
        )
    };
    let times = "`timestamp`, `epoch`, `epoch_ms` or `date`";
    errors.extend(check_named_field(place, api, "updated", updated, (times, time)));
    if (api.missing_fields, api.fake.empty) == (MissingFields::Error, EmptyValues::Missing) {
        let message = "`empty: missing` cannot be combined with `missing_fields: error`";
        let error = Diagnostic::new(place.entry("empty"), message);
        errors.push(
            error
                .note("the fake would leave out fields that the client requires")
                .help("remove one of them"),
        );
    }
    if let Some(status) = api.fake.invalid.filter(|status| !(400..=499).contains(status)) {
        let error = Diagnostic::new(
            place.value("invalid"),
            format!("`{status}` is not the status of an invalid request"),
        );
        errors.push(error.help("use a status from 400 to 499, such as 422"));
    }
}

/// Checks that some type has the field that a key names, with a type that is allowed.
fn check_named_field(
    fake: &Place,
    api: &Api,
    key: &str,
    name: Option<&str>,
    (types, is_allowed): (&str, fn(Scalar) -> bool),
) -> Option<Diagnostic> {
    let name = name?;
    let fields = api.types.iter().flat_map(TypeDef::fields);
    let has_type = |field: &&Field| matches!(field.ty.unwrap_optional(), Type::Scalar(scalar) if is_allowed(*scalar));
    let fields = fields.filter(|field| field.is_read()).filter(has_type);
    let known: BTreeSet<_> = fields.map(|field| field.name.as_str()).collect();
    (!known.contains(name)).then(|| {
        let message = format!("no type has a field `{name}` of type {types}");
        Diagnostic::new(fake.value(key), message).suggest(name, known)
    })
}

fn check_error_codes(place: &Place, api: &Api, errors: &mut Diagnostics) -> Vec<ErrorCode> {
    let mut codes = Vec::new();
    for (status, code) in api.errors.codes.iter() {
        if let Ok(status @ 400..=599) = status.parse() {
            let code = code.clone();
            codes.push(ErrorCode { status, code });
        } else {
            let place = place.entry("codes").entry(status);
            let error = Diagnostic::new(place, format!("`{status}` is not an error status"));
            errors.push(error.note("error statuses range from 400 to 599"));
        }
    }
    codes
}

fn check_error_fields(place: &Place, api: &Api, errors: &mut Diagnostics) {
    let fields = &api.errors;
    let pointers = [
        ("code", &fields.code),
        ("message", &fields.message),
        ("details", &fields.details),
        ("request_id", &fields.request_id),
        ("status", &fields.status),
    ];
    for (key, pointer) in pointers {
        errors.extend(
            pointer
                .as_ref()
                .and_then(|pointer| check_pointer(place.value(key), pointer)),
        );
    }
    if let Some(failed) = &fields.failed {
        errors.extend(check_location(place.value("failed").value("at"), &failed.at));
    }
    errors.extend(
        fields
            .docs_url
            .as_ref()
            .and_then(|url| check_docs_url(place.value("docs_url"), url)),
    );
    if let Some(name) = &fields.request_id_header {
        errors.extend(check_header_name(&place.value("request_id_header"), name));
    }
}
