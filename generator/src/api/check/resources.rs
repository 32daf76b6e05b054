//! Rules for resources.

use std::collections::BTreeSet;

use super::spelling::check_snake_case;
use crate::api::cycles::components;
use crate::api::model::{Api, Resource};
use crate::names;
use crate::syntax::{Diagnostic, Diagnostics};

/// The maximum number of ancestors in the description of a cycle.
const MAX_SHOWN: usize = 8;

pub fn check(api: &Api, errors: &mut Diagnostics) {
    check_parents(api, errors);
    for resource in &api.resources {
        errors.extend(check_resource_is_not_empty(resource));
        errors.extend(check_snake_case(&resource.place, "resource", &resource.name));
        if api.resource_features {
            errors.extend(check_feature_is_free(resource));
        }
        if let Some(singular) = &resource.singular {
            errors.extend(check_snake_case(&resource.file.value("singular"), "singular", singular));
        }
    }
}

/// Checks that no resource is its own parent, directly or through others. Reports each cycle once.
fn check_parents(api: &Api, errors: &mut Diagnostics) {
    let parents = |resource: &Resource| resource.parent.iter().map(|parent| parent.0).collect();
    let components = components(&api.resources.iter().map(parents).collect::<Vec<_>>());
    let mut reported = BTreeSet::new();
    for (index, resource) in api.resources.iter().enumerate() {
        let is_in_cycle = resource
            .parent
            .is_some_and(|parent| components[parent.0] == components[index]);
        if is_in_cycle && reported.insert(components[index]) {
            errors.push(parent_cycle(api, index, resource));
        }
    }
}

fn parent_cycle(api: &Api, index: usize, resource: &Resource) -> Diagnostic {
    let parents = std::iter::successors(resource.parent, |parent| api[*parent].parent);
    let ancestors: Vec<_> = parents
        .take_while(|parent| parent.0 != index)
        .map(|parent| api[parent].name.as_str())
        .collect();
    let message = if ancestors.is_empty() {
        format!("resource `{}` is its own parent", resource.name)
    } else {
        format!("the parents of resource `{}` form a cycle", resource.name)
    };
    let error = Diagnostic::new(resource.file.value("parent"), message)
        .help("remove `parent`, or set it to the resource that these objects belong to");
    if ancestors.is_empty() {
        return error;
    }
    let others = match ancestors.len().checked_sub(MAX_SHOWN) {
        None | Some(0) => ancestors.join(" → "),
        Some(hidden) => format!("{} → {hidden} others", ancestors[..MAX_SHOWN].join(" → ")),
    };
    error.note(format!("cycle: {0} → {others} → {0}", resource.name))
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

/// Checks that the cargo feature of a resource is not one that every crate has.
fn check_feature_is_free(resource: &Resource) -> Option<Diagnostic> {
    let name = &resource.name;
    names::is_feature(name).then(|| {
        let message = format!("resource `{name}` has the name of another cargo feature");
        Diagnostic::new(resource.place.clone(), message)
            .note("`resource_features` in `api.yaml` gives each resource a feature of its name")
            .help("rename the resource")
    })
}
