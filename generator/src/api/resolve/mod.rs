//! Names to definitions, all files to one [`Api`].

mod operations;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use crate::api::model::{Api, NextPage, Paging, Resource, Type};
use crate::syntax::parse::Files;
use crate::syntax::{self, ApiFile, Entries, Query, ResourceFile, Scalar, TypeExpr};
use crate::syntax::{Diagnostic, Diagnostics, Place};

/// Brings all files together.
pub fn resolve(files: Files) -> Result<Api, Diagnostics> {
    let (source, api) = files.api;
    let mut resolver = Resolver::new(source, &api, &files.resources);
    resolver.check_query_sets();
    let paging = api.paging.as_ref().and_then(|paging| resolver.paging(paging));
    let shared = resolver.types(&Place::file(source), &api.types);
    let mut resources: Vec<_> = files
        .resources
        .iter()
        .map(|(source, file)| resolver.resource(*source, file))
        .collect();
    resources.sort_by(|a, b| a.name.cmp(&b.name));
    resolver.check_every_set_is_used();
    resolver.errors.or_ok(Api {
        name: api.name,
        version: api.version,
        crate_name: api.crate_name,
        base_url: api.base_url,
        auth: api.auth,
        key_variable: api.key_variable,
        headers: api
            .headers
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        rate_limit: api.rate_limit,
        paging,
        errors: api.errors,
        fake: api.fake,
        resources,
        shared,
        source,
    })
}

struct Resolver<'a> {
    /// Where each type is defined, and as what.
    types: BTreeMap<&'a str, (Place, &'a syntax::TypeDefinition)>,
    query_sets: &'a Entries<Query>,
    used_sets: BTreeSet<String>,
    /// Those that extend themselves.
    broken_sets: BTreeSet<String>,
    resources: &'a [(usize, ResourceFile)],
    api: Place,
    errors: Diagnostics,
}

impl<'a> Resolver<'a> {
    fn new(source: usize, api: &'a ApiFile, resources: &'a [(usize, ResourceFile)]) -> Self {
        let mut resolver = Self {
            types: BTreeMap::new(),
            query_sets: &api.query_sets,
            used_sets: BTreeSet::new(),
            broken_sets: BTreeSet::new(),
            resources,
            api: Place::file(source),
            errors: Diagnostics::default(),
        };
        resolver.declare(source, &api.types);
        let mut names = BTreeMap::new();
        for (source, file) in resources {
            resolver.declare(*source, &file.types);
            let place = Place::file(*source).value("resource");
            if let Some(first) = names.insert(file.resource.as_str(), place.clone()) {
                resolver.errors.push(
                    Diagnostic::new(place, format!("resource `{}` is defined twice", file.resource))
                        .related(first, "first defined here")
                        .note("one file describes one resource"),
                );
            }
        }
        resolver
    }

    /// Enters the names of a file's types; all files share one namespace.
    fn declare(&mut self, source: usize, types: &'a Entries<syntax::TypeDefinition>) {
        for (name, definition) in types.iter() {
            let place = Place::file(source).entry("types").entry(name);
            match self.types.get(name) {
                None => drop(self.types.insert(name, (place, definition))),
                Some((first, _)) => self.errors.push(
                    Diagnostic::new(place, format!("type `{name}` is defined twice"))
                        .related(first.clone(), "first defined here")
                        .note("all files share one namespace")
                        .help("where both mean the same, keep one in api.yaml; else give one another name"),
                ),
            }
        }
    }

    fn paging(&mut self, paging: &syntax::Paging) -> Option<Paging> {
        let next = match (&paging.next_uri, &paging.cursor, &paging.query) {
            (Some(key), None, None) => NextPage::Uri(key.clone()),
            (None, Some(key), Some(query)) => NextPage::Cursor {
                key: key.clone(),
                query: query.clone(),
            },
            _ => {
                self.errors.push(
                    Diagnostic::new(
                        self.api.entry("paging"),
                        "paging is either by `next_uri` or by `cursor` and `query`",
                    )
                    .help("write `{ next_uri: KEY }` or `{ cursor: KEY, query: PARAMETER }`"),
                );
                return None;
            }
        };
        Some(Paging {
            next,
            uri: paging.uri.clone(),
        })
    }

    fn resource(&mut self, source: usize, file: &ResourceFile) -> Resource {
        let place = Place::file(source);
        if let Some(parent) = &file.parent {
            self.check_resource(&place.value("parent"), parent);
        }
        let operations = file
            .operations
            .iter()
            .map(|(name, definition)| {
                let place = place.entry("operations").entry(name);
                self.operation(place, name, definition, &file.resource)
            })
            .collect();
        Resource {
            name: file.resource.clone(),
            singular: file.singular.clone(),
            doc: file.doc.clone(),
            parent: file.parent.clone(),
            module_of: file
                .module_of
                .as_ref()
                .and_then(|module| self.module_of(&place.value("module_of"), module)),
            operations,
            types: self.types(&place, &file.types),
            place: place.value("resource"),
            file: place,
        }
    }

    fn check_resource(&mut self, place: &Place, name: &str) {
        let known = self.resources.iter().map(|(_, file)| file.resource.as_str());
        if !known.clone().any(|known| known == name) {
            self.errors
                .push(Diagnostic::new(place.word(name), format!("unknown resource `{name}`")).suggest(name, known));
        }
    }

    fn module_of(&mut self, place: &Place, module: &str) -> Option<(String, String)> {
        let Some((resource, field)) = module.split_once('.') else {
            self.errors.push(
                Diagnostic::new(place.clone(), format!("`{module}` names no field of a resource"))
                    .help("write `RESOURCE.FIELD`, such as `users.address`"),
            );
            return None;
        };
        self.check_resource(place, resource);
        let file = self.resources.iter().find(|(_, file)| file.resource == resource);
        let fields: BTreeSet<_> = file
            .into_iter()
            .flat_map(|(_, file)| file.types.iter())
            .flat_map(|(_, definition)| definition.fields.iter().flat_map(Entries::keys))
            .collect();
        if file.is_some() && !fields.contains(field) {
            self.errors.push(
                Diagnostic::new(
                    place.word(field),
                    format!("no type of `{resource}` has a field `{field}`"),
                )
                .suggest(field, fields),
            );
        }
        Some((resource.to_owned(), field.to_owned()))
    }

    fn value_type(&mut self, place: &Place, expression: &TypeExpr) -> Type {
        match expression {
            TypeExpr::Scalar(scalar) => Type::Scalar(*scalar),
            TypeExpr::List(inner) => Type::List(Box::new(self.value_type(place, inner))),
            TypeExpr::Map(inner) => Type::Map(Box::new(self.value_type(place, inner))),
            TypeExpr::Optional(inner) => Type::Optional(Box::new(self.value_type(place, inner))),
            TypeExpr::Named(name) => {
                if !self.types.contains_key(name.as_str()) {
                    self.errors.push(self.unknown_type(place, name));
                }
                Type::Named(name.clone())
            }
            TypeExpr::Page(inner) => {
                self.errors.push(
                    Diagnostic::new(place.word("page"), "a page is no part of a value")
                        .note("`page<T>` is what an operation `returns`, and nothing else"),
                );
                self.value_type(place, inner)
            }
        }
    }

    fn unknown_type(&self, place: &Place, name: &str) -> Diagnostic {
        let scalars = Scalar::ALL.map(|(name, _)| name);
        let known = self.types.keys().copied().chain(scalars);
        Diagnostic::new(place.word(name), format!("unknown type `{name}`"))
            .label("no type has this name")
            .note(format!(
                "a type is one of {}, or one that stands under `types`",
                scalars.join(", ")
            ))
            .suggest(name, known)
    }
}
