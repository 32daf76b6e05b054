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
    let ancestors: Vec<_> = parents
        .take(api.resources.len())
        .map(|parent| api[parent].name.as_str())
        .collect();
    let length = ancestors.iter().position(|ancestor| *ancestor == resource.name)?;
    let message = if length == 0 {
        format!("resource `{}` is its own parent", resource.name)
    } else {
        format!("the parents of resource `{}` form a cycle", resource.name)
    };
    let error = Diagnostic::new(resource.file.value("parent"), message)
        .help("remove `parent`, or set it to the resource that these objects belong to");
    let cycle = [&[resource.name.as_str()], &ancestors[..=length]].concat();
    Some(if length == 0 {
        error
    } else {
        error.note(format!("cycle: {}", cycle.join(" → ")))
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
