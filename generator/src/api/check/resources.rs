//! Rules for resources.

use super::spelling::check_snake_case;
use crate::api::model::{Api, Resource};
use crate::syntax::{Diagnostic, Diagnostics};

pub fn check(api: &Api, errors: &mut Diagnostics) {
    for resource in &api.resources {
        errors.extend(check_resource_is_not_empty(resource));
        errors.extend(check_snake_case(&resource.place, "resource", &resource.name));
        if let Some(singular) = &resource.singular {
            errors.extend(check_snake_case(&resource.file.value("singular"), "singular", singular));
        }
    }
}

fn check_resource_is_not_empty(resource: &Resource) -> Option<Diagnostic> {
    resource.operations.is_empty().then(|| {
        Diagnostic::new(
            resource.place.clone(),
            format!("resource `{}` has no operations", resource.name),
        )
        .help("add an operation, or delete the file")
    })
}
