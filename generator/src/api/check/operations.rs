//! Rules for operations.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::literals::check_literal;
use super::locations::check_location;
use super::spelling::check_snake_case;
use crate::api::model::{
    Api, Body, Constant, Method, Operation, PathShape, QueryParameter, QueryStyle, Returns, Scalar, Type,
};
use crate::syntax::{Diagnostic, Diagnostics};

pub fn check(api: &Api, errors: &mut Diagnostics) {
    for operation in api.operations() {
        errors.extend(check_snake_case(&operation.place, "operation", &operation.name));
        errors.extend(check_path_parameters_differ(operation));
        errors.extend(check_path_parameter_types(api, operation));
        errors.extend(check_rest_parameter(operation));
        errors.extend(check_query_types(api, operation));
        errors.extend(check_status(operation));
        errors.extend(check_head_sends_no_body(operation));
        errors.extend(check_fixed_query_names(operation));
        errors.extend(check_query_names_differ(operation));
        let own_key = operation
            .response_key
            .as_ref()
            .filter(|key| api.response_key.as_ref() != Some(key));
        errors.extend(own_key.and_then(|key| check_location(operation.place.value("response_key"), key)));
        for parameter in &operation.query {
            let alias = parameter.alias.as_ref();
            errors.extend(alias.and_then(|alias| check_snake_case(&parameter.place.value("as"), "the", alias)));
            let (place, example) = (&parameter.place, parameter.example.as_ref());
            errors.extend(check_literal(
                api,
                place,
                "parameter",
                &parameter.ty,
                "example",
                example,
            ));
        }
    }
    check_calls_differ(api, errors);
}

/// The parts of an operation that select it for a request.
type Call<'a> = (Method, PathShape, Vec<(String, String)>, &'a [(String, Constant)]);

/// Checks that no two operations have the same method, path, fixed query and fixed keys. Names of path parameters are ignored.
fn check_calls_differ(api: &Api, errors: &mut Diagnostics) {
    let mut first: BTreeMap<Call, &Operation> = BTreeMap::new();
    for operation in api.operations() {
        let call = (
            operation.method,
            operation.path.shape(),
            operation.fixed_query.shape(),
            operation.fixed.as_slice(),
        );
        match first.entry(call) {
            Entry::Vacant(entry) => drop(entry.insert(operation)),
            Entry::Occupied(first) => {
                let (message, note) = if operation.fixed_query.is_empty() {
                    (
                        "another operation has the same method and path",
                        "parameter names do not distinguish paths",
                    )
                } else {
                    (
                        "another operation has the same method, path and query",
                        "parameter names and the order of the query do not distinguish operations",
                    )
                };
                errors.push(
                    Diagnostic::new(operation.place.value("http"), message)
                        .related(first.get().place.value("http"), "first used here")
                        .note(note)
                        .help("remove one of the operations, or distinguish their bodies with `fixed`"),
                );
            }
        }
    }
}

/// Checks that no query parameter has the name of a constant one.
fn check_fixed_query_names(operation: &Operation) -> Vec<Diagnostic> {
    let cursor = match &operation.returns {
        Returns::Page(page) => {
            let place = operation.place.value("returns");
            page.paging.next.query().map(|query| (query, place))
        }
        Returns::Nothing | Returns::Headers | Returns::Value(_) | Returns::ByStatus(_) => None,
    };
    let own = operation.query.iter();
    let own = own.map(|parameter| (parameter.name.as_str(), parameter.place.clone()));
    let fixed = operation.fixed_query.decoded();
    let taken = own
        .chain(cursor)
        .filter(|(name, _)| fixed.iter().any(|(fixed, _)| fixed == name));
    let http = operation.place.value("http");
    taken
        .map(|(name, place)| {
            Diagnostic::new(
                place,
                format!("the query parameter `{name}` is already part of the path"),
            )
            .related(http.clone(), format!("`{name}` is sent with this value"))
            .help(format!("remove `{name}` from the path, or remove the parameter"))
        })
        .collect()
}

fn check_head_sends_no_body(operation: &Operation) -> Option<Diagnostic> {
    (operation.method == Method::Head && operation.body != Body::Nothing).then(|| {
        Diagnostic::new(operation.place.value("body"), "a HEAD request has no body")
            .related(operation.place.value("http"), "the request")
            .help("remove `body`, or use another method")
    })
}

/// Checks that a parameter that keeps its slashes is a string.
fn check_rest_parameter(operation: &Operation) -> Option<Diagnostic> {
    let name = operation.path.rest_parameter()?;
    let is_typed = |ty: &Type| *ty != Type::Scalar(Scalar::String);
    let mut parameters = operation.path_parameters.iter();
    let typed = parameters.find(|parameter| parameter.name == name && is_typed(&parameter.ty));
    typed.map(|_| {
        Diagnostic::new(
            operation.place.entry("params").value(name),
            format!("path parameter `{name}*` is not a string"),
        )
        .note("its value contains slashes")
        .help(format!(
            "remove `{name}` from `params`, or write `{{{name}}}` in the path"
        ))
    })
}

fn check_query_names_differ(operation: &Operation) -> Option<Diagnostic> {
    let names: Vec<_> = operation.query.iter().map(|parameter| &parameter.name).collect();
    let repeated = names
        .iter()
        .enumerate()
        .find(|(index, name)| names[..*index].contains(name));
    repeated.map(|(index, name)| {
        let first = operation.query.iter().find(|parameter| parameter.name == **name);
        let error = Diagnostic::new(
            operation.place.entry("query"),
            format!("duplicate query parameter `{name}`"),
        )
        .help("remove or rename one of the parameters");
        let second = &operation.query[index].place;
        match first.map(|first| &first.place).filter(|first| *first != second) {
            Some(first) => error
                .related(first.clone(), "first defined here")
                .related(second.clone(), "also defined here"),
            None => error.related(second.clone(), "included twice"),
        }
    })
}

fn check_path_parameters_differ(operation: &Operation) -> Option<Diagnostic> {
    let names: Vec<_> = operation
        .path_parameters
        .iter()
        .map(|parameter| &parameter.name)
        .collect();
    let repeated = names
        .iter()
        .enumerate()
        .find(|(index, name)| names[..*index].contains(name));
    repeated.map(|(_, name)| {
        Diagnostic::new(
            operation.place.value("http"),
            format!("duplicate path parameter `{name}`"),
        )
        .help("give each parameter in the path a different name")
    })
}

fn check_path_parameter_types(api: &Api, operation: &Operation) -> Vec<Diagnostic> {
    let invalid = operation
        .path_parameters
        .iter()
        .filter(|parameter| !is_single_value(api, &parameter.ty));
    let place = operation.place.entry("params");
    invalid
        .map(|parameter| {
            Diagnostic::new(
                place.value(&parameter.name),
                format!("path parameter `{}` has an unsupported type", parameter.name),
            )
            .note("a path parameter is a scalar other than `json`, or an enum")
        })
        .collect()
}

fn check_query_types(api: &Api, operation: &Operation) -> Vec<Diagnostic> {
    let is_supported = |parameter: &&QueryParameter| match (parameter.style, &parameter.ty) {
        (None | Some(QueryStyle::Comma | QueryStyle::Brackets), Type::List(item)) => is_single_value(api, item),
        (None, ty) => is_single_value(api, ty),
        (Some(QueryStyle::Deep), Type::Map(_)) => true,
        (Some(QueryStyle::Deep), Type::Named(id)) => !api[*id].is_enum(),
        (Some(QueryStyle::Comma | QueryStyle::Brackets | QueryStyle::Deep), _) => false,
    };
    let note = |style| match style {
        None => "without a `style`, a query parameter is a scalar other than `json`, an enum, or a list of these",
        Some(QueryStyle::Comma | QueryStyle::Brackets) => {
            "with this `style`, a query parameter is a list of scalars other than `json` or of an enum"
        }
        Some(QueryStyle::Deep) => "with this `style`, a query parameter is an object, a union or a map",
    };
    let invalid = operation.query.iter().filter(|parameter| !is_supported(parameter));
    invalid
        .map(|parameter| {
            Diagnostic::new(
                parameter.place.value("type"),
                format!("query parameter `{}` has an unsupported type", parameter.name),
            )
            .note(note(parameter.style))
        })
        .collect()
}

/// Returns `true` if a value of the type is sent as a single string.
pub fn is_single_value(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => *scalar != Scalar::Json,
        Type::Named(id) => api[*id].is_enum(),
        Type::List(_) | Type::Map(_) | Type::Optional(_) => false,
    }
}

fn check_status(operation: &Operation) -> Option<Diagnostic> {
    let status = operation.status;
    if matches!(operation.returns, Returns::ByStatus(_)) {
        // Other rules check the statuses of `returns`.
        return None;
    }
    if matches!(status, 204 | 205) && !matches!(operation.returns, Returns::Nothing | Returns::Headers) {
        return Some(
            Diagnostic::new(
                operation.place.value("status"),
                format!("a {status} response has no body"),
            )
            .related(operation.place.value("returns"), "the response needs a body"),
        );
    }
    (!(200..300).contains(&status)).then(|| {
        Diagnostic::new(
            operation.place.value("status"),
            format!("`{status}` is not a success status"),
        )
        .note("success statuses range from 200 to 299")
    })
}
