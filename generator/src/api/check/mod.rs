//! Rules that a resolved API must keep, one `check_*` function each.

mod api;
mod fields;
mod operations;
mod types;

use crate::api::model::{Api, Resource};
use crate::api::usage::Usage;
use crate::syntax::{Diagnostic, Diagnostics, Place};

/// Checks every rule; all errors of all rules come in one run.
pub fn check(api: &Api) -> Result<(), Diagnostics> {
    let mut errors = Diagnostics::default();
    for resource in &api.resources {
        errors.extend(check_resource_is_not_empty(resource));
        errors.extend(check_snake_case(&resource.place, "resource", &resource.name));
        if let Some(singular) = &resource.singular {
            errors.extend(check_snake_case(&resource.file.value("singular"), "singular", singular));
        }
    }
    api::check(api, &mut errors);
    let usage = Usage::new(api);
    operations::check(api, &usage, &mut errors);
    types::check(api, &usage, &mut errors);
    fields::check(api, &usage, &mut errors);
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

fn check_snake_case(place: &Place, kind: &str, name: &str) -> Option<Diagnostic> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let good = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(plain)
        && !name.contains("__")
        && !name.ends_with('_');
    (!good).then(|| {
        Diagnostic::new(place.clone(), format!("{kind} name `{name}` is not in snake_case"))
            .note("it becomes a name in Rust: lower-case letters, digits, and single `_` between them")
    })
}
