//! Rules for resources.

use super::spelling::check_snake_case;
use crate::api::model::{Api, Resource};
use crate::syntax::{Diagnostic, Diagnostics};

pub fn check(api: &Api, errors: &mut Diagnostics) {
    for resource in &api.resources {
        errors.extend(check_resource_is_not_empty(resource));
        errors.extend(check_parent(api, resource));
        errors.extend(check_snake_case(&resource.place, "resource", &resource.name));
        if let Some(singular) = &resource.singular {
            errors.extend(check_snake_case(&resource.file.value("singular"), "singular", singular));
        }
    }
}

/// Checks that a resource is not its own parent, directly or through others.
fn check_parent(api: &Api, resource: &Resource) -> Option<Diagnostic> {
    let parents = std::iter::successors(resource.parent, |parent| api[*parent].parent);
    let mut ancestors = parents.take(api.resources.len()).map(|parent| &api[parent].name);
    ancestors.any(|ancestor| *ancestor == resource.name).then(|| {
        let message = format!("resource `{}` is its own parent", resource.name);
        Diagnostic::new(resource.file.value("parent"), message)
            .help("remove `parent`, or name the resource whose objects contain these")
    })
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
