//! Rules that a resolved API must keep, one `check_*` function each.

use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::model::{Api, Operation, Resource, Returns, Scalar, Type, TypeDef};

/// Checks every rule; all errors of all rules come in one run.
pub fn validate(api: &Api) -> Result<(), Diagnostics> {
    let mut errors = Diagnostics::default();
    for resource in &api.resources {
        errors.extend(check_resource_is_not_empty(resource));
        errors.extend(check_snake_case(&resource.place, "resource", &resource.name));
        for operation in &resource.operations {
            errors.extend(check_snake_case(&operation.place, "operation", &operation.name));
            errors.extend(check_path_parameters_differ(operation));
            errors.extend(check_pages_are_declared(api, operation));
            errors.extend(check_query_types(operation));
        }
    }
    for ty in api.types() {
        errors.extend(check_upper_camel_case(ty));
        errors.extend(check_type_is_not_empty(ty));
    }
    errors.or_ok(())
}

fn check_resource_is_not_empty(resource: &Resource) -> Option<Diagnostic> {
    resource.operations.is_empty().then(|| {
        Diagnostic::new(
            resource.place.clone(),
            format!("resource `{}` has no operation", resource.name),
        )
        .help("describe at least one operation, or delete the file")
    })
}

fn check_type_is_not_empty(ty: &TypeDef) -> Option<Diagnostic> {
    ty.fields.is_empty().then(|| {
        Diagnostic::new(ty.place.clone(), format!("type `{}` has no field", ty.name))
            .help("describe at least one field; for an object of unknown fields use the type `json`")
    })
}

fn check_snake_case(place: &Place, kind: &str, name: &str) -> Option<Diagnostic> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let good = name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(plain);
    (!good).then(|| {
        Diagnostic::new(place.clone(), format!("{kind} name `{name}` is not in snake_case"))
            .note("it becomes the name of a Rust module or method: lower-case letters, digits and `_`")
    })
}

fn check_upper_camel_case(ty: &TypeDef) -> Option<Diagnostic> {
    let name = &ty.name;
    let upper_run = name
        .as_bytes()
        .windows(3)
        .any(|run| run.iter().all(u8::is_ascii_uppercase));
    let good = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
        && !upper_run;
    (!good).then(|| {
        Diagnostic::new(ty.place.clone(), format!("type name `{name}` is not in UpperCamelCase"))
            .note("it becomes the name of a Rust type, and never travels on the wire: `ApiKey`, not `APIKey`")
    })
}

fn check_path_parameters_differ(operation: &Operation) -> Option<Diagnostic> {
    let names = &operation.path_parameters;
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

fn check_pages_are_declared(api: &Api, operation: &Operation) -> Option<Diagnostic> {
    match operation.returns {
        Returns::Page { .. } if api.paging.is_none() => Some(
            Diagnostic::new(
                operation.place.value("returns").word("page"),
                "the API declares no paging",
            )
            .note("a page needs to know where the next one is")
            .help("add `paging` to api.yaml, or return a type with a list in it"),
        ),
        Returns::Page { .. } | Returns::Value(_) | Returns::Nothing => None,
    }
}

fn check_query_types(operation: &Operation) -> Vec<Diagnostic> {
    let fits = |ty: &Type| match ty {
        Type::Scalar(Scalar::Json) | Type::Map(_) | Type::Optional(_) | Type::Named(_) => false,
        Type::Scalar(_) => true,
        Type::List(item) => matches!(**item, Type::Scalar(scalar) if scalar != Scalar::Json),
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
            .note("every query parameter is optional; it is a scalar or a list of scalars")
        })
        .collect()
}
