//! Checks that names are unique.

use std::collections::BTreeMap;

use crate::syntax::parse::Files;
use crate::syntax::{Diagnostic, Diagnostics, OrderedMap, Place, TypeDefinition};

/// Checks that type names are unique across all files.
pub fn check_types_differ(files: &Files, errors: &mut Diagnostics) {
    let (source, api) = &files.api;
    let mut first = BTreeMap::new();
    let mut declare = |source: usize, types: &OrderedMap<TypeDefinition>| {
        for name in types.keys() {
            let place = Place::file(source).entry("types").entry(name);
            match first.get(name) {
                None => drop(first.insert(name.to_owned(), place)),
                Some(first) => errors.push(
                    Diagnostic::new(place, format!("type `{name}` is defined twice"))
                        .related(Place::clone(first), "first defined here")
                        .note("types of all files share one namespace")
                        .help("define a shared type once in `api.yaml`, or rename one of the types"),
                ),
            }
        }
    };
    declare(*source, &api.types);
    files
        .resources
        .iter()
        .for_each(|(source, file)| declare(*source, &file.types));
}

pub fn check_resources_differ(files: &Files, errors: &mut Diagnostics) {
    let mut names = BTreeMap::new();
    for (source, file) in &files.resources {
        let place = Place::file(*source).value("resource");
        if let Some(first) = names.insert(file.resource.as_str(), place.clone()) {
            errors.push(
                Diagnostic::new(place, format!("resource `{}` is defined twice", file.resource))
                    .related(first, "first defined here")
                    .note("each resource is defined in one file"),
            );
        }
    }
}
