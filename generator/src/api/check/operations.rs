//! Rules of operations.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::spelling::check_snake_case;
use crate::api::model::{Api, Method, Operation, Returns, Scalar, Type};
use crate::syntax::{Diagnostic, Diagnostics, PathShape};

pub fn check(api: &Api, errors: &mut Diagnostics) {
    for operation in api.operations() {
        errors.extend(check_snake_case(&operation.place, "operation", &operation.name));
        errors.extend(check_path_parameters_differ(operation));
        errors.extend(check_path_parameter_types(api, operation));
        errors.extend(check_query_types(api, operation));
        errors.extend(check_status(operation));
        errors.extend(check_query_names_differ(operation));
        for parameter in &operation.query {
            let alias = parameter.alias.as_ref();
            errors.extend(alias.and_then(|alias| check_snake_case(&parameter.place.value("as"), "the", alias)));
        }
    }
    check_calls_differ(api, errors);
}

/// No two operations are one HTTP call: the names of path parameters make no difference.
fn check_calls_differ(api: &Api, errors: &mut Diagnostics) {
    let mut first: BTreeMap<(Method, PathShape), &Operation> = BTreeMap::new();
    for operation in api.operations() {
        match first.entry((operation.method, operation.path.shape())) {
            Entry::Vacant(entry) => drop(entry.insert(operation)),
            Entry::Occupied(first) => errors.push(
                Diagnostic::new(operation.place.value("http"), "another operation makes the same call")
                    .related(first.get().place.value("http"), "the first is here")
                    .help("keep one of them"),
            ),
        }
    }
}

fn check_query_names_differ(operation: &Operation) -> Option<Diagnostic> {
    let names: Vec<_> = operation.query.iter().map(|parameter| &parameter.name).collect();
    let repeated = names
        .iter()
        .enumerate()
        .find(|(index, name)| names[..*index].contains(name));
    repeated.map(|(index, name)| {
        let first = operation.query.iter().find(|parameter| parameter.name == **name);
        let wrong = Diagnostic::new(
            operation.place.entry("query"),
            format!("query parameter `{name}` comes twice"),
        )
        .help("name each set once, also among the sets that others extend");
        let second = &operation.query[index].place;
        match first.map(|first| &first.place).filter(|first| *first != second) {
            Some(first) => wrong
                .related(first.clone(), "from here")
                .related(second.clone(), "and from here"),
            None => wrong.related(second.clone(), "both times from here"),
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
            format!("path parameter `{name}` stands twice in one path"),
        )
        .help("give each parameter of a path a name of its own")
    })
}

fn check_path_parameter_types(api: &Api, operation: &Operation) -> Vec<Diagnostic> {
    let unfit = operation
        .path_parameters
        .iter()
        .filter(|parameter| !is_single_value(api, &parameter.ty));
    let place = operation.place.entry("params");
    unfit
        .map(|parameter| {
            Diagnostic::new(
                place.value(&parameter.name),
                format!("path parameter `{}` has a type that no path can carry", parameter.name),
            )
            .note("a path parameter is a scalar or an enumeration")
        })
        .collect()
}

fn check_query_types(api: &Api, operation: &Operation) -> Vec<Diagnostic> {
    let fits = |ty: &Type| match ty {
        Type::List(item) => is_single_value(api, item),
        Type::Scalar(_) | Type::Map(_) | Type::Optional(_) | Type::Named(_) => is_single_value(api, ty),
    };
    let unfit = operation.query.iter().filter(|parameter| !fits(&parameter.ty));
    unfit
        .map(|parameter| {
            Diagnostic::new(
                parameter.place.value("type"),
                format!(
                    "query parameter `{}` has a type that no query can carry",
                    parameter.name
                ),
            )
            .note("every query parameter is optional; it is a scalar, an enumeration, or a list of them")
        })
        .collect()
}

/// Whether each value of a type is one text.
fn is_single_value(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => *scalar != Scalar::Json,
        Type::Named(id) => api[*id].values().is_some(),
        Type::List(_) | Type::Map(_) | Type::Optional(_) => false,
    }
}

fn check_status(operation: &Operation) -> Option<Diagnostic> {
    let status = operation.status;
    if matches!(status, 204 | 205) && !matches!(operation.returns, Returns::Nothing) {
        return Some(
            Diagnostic::new(
                operation.place.value("status"),
                format!("a response with status {status} holds nothing"),
            )
            .related(operation.place.value("returns"), "this could never come"),
        );
    }
    (!(200..300).contains(&status)).then(|| {
        Diagnostic::new(
            operation.place.value("status"),
            format!("{status} is not the status of a success"),
        )
        .note("`status` is the status of a success, from 200 to 299")
    })
}
