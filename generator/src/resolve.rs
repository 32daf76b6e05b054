//! Names to definitions, all files to one [`Api`].

use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::model::{Api, Field, Operation, Paging, QueryParameter, Resource, Returns, Type, TypeDef};
use crate::schema::{self, ApiFile, Entries, ResourceFile, Scalar, TypeExpr};
use std::collections::BTreeMap;

/// The parsed files of a schema, each with its index among the sources.
#[derive(Debug)]
pub struct Files {
    pub api: (usize, ApiFile),
    pub resources: Vec<(usize, ResourceFile)>,
}

/// Brings all files together.
pub fn resolve(files: Files) -> Result<Api, Diagnostics> {
    let (source, api) = files.api;
    let mut resolver = Resolver::new(source, &api, &files.resources);
    let shared = resolver.types(&Place::file(source), &api.types);
    let mut resources: Vec<_> = files
        .resources
        .iter()
        .map(|(source, file)| resolver.resource(*source, file))
        .collect();
    resources.sort_by(|a, b| a.name.cmp(&b.name));
    resolver.errors.or_ok(Api {
        name: api.name,
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
        paging: api.paging.map(|paging| Paging {
            next_uri: paging.next_uri,
            uri: paging.uri,
        }),
        errors: api.errors,
        resources,
        shared,
        source,
    })
}

struct Resolver<'a> {
    /// Where each type is defined.
    types: BTreeMap<&'a str, Place>,
    query_sets: &'a Entries<Entries<schema::QueryParameter>>,
    api: Place,
    errors: Diagnostics,
}

impl<'a> Resolver<'a> {
    fn new(source: usize, api: &'a ApiFile, resources: &'a [(usize, ResourceFile)]) -> Self {
        let mut resolver = Self {
            types: BTreeMap::new(),
            query_sets: &api.query_sets,
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
    fn declare(&mut self, source: usize, types: &'a Entries<schema::TypeDefinition>) {
        for name in types.keys() {
            let place = Place::file(source).entry("types").entry(name);
            match self.types.get(name) {
                None => drop(self.types.insert(name, place)),
                Some(first) => self.errors.push(
                    Diagnostic::new(place, format!("type `{name}` is defined twice"))
                        .related(first.clone(), "first defined here")
                        .note("all files share one namespace")
                        .help("where both mean the same, keep one in api.yaml; else give one another name"),
                ),
            }
        }
    }

    fn resource(&mut self, source: usize, file: &ResourceFile) -> Resource {
        let place = Place::file(source);
        let operations = file
            .operations
            .iter()
            .map(|(name, definition)| {
                self.operation(place.entry("operations").entry(name), name, definition, &file.resource)
            })
            .collect();
        Resource {
            name: file.resource.clone(),
            doc: file.doc.clone(),
            operations,
            types: self.types(&place, &file.types),
            place: place.value("resource"),
        }
    }

    fn operation(
        &mut self,
        place: Place,
        name: &str,
        definition: &schema::OperationDefinition,
        resource: &str,
    ) -> Operation {
        let path = &definition.http.path;
        Operation {
            name: name.to_owned(),
            doc: definition.doc.clone(),
            method: definition.http.method,
            path: path.clone(),
            path_parameters: path_parameters(path).map(str::to_owned).collect(),
            query: self.query(&place, definition),
            returns: self.returns(&place, definition, resource),
            place,
        }
    }

    fn query(&mut self, place: &Place, definition: &schema::OperationDefinition) -> Vec<QueryParameter> {
        let Some(set) = &definition.query else {
            return Vec::new();
        };
        let Some(parameters) = self.query_sets.get(set) else {
            self.errors.push(
                Diagnostic::new(place.value("query"), format!("unknown query set `{set}`"))
                    .suggest(set, self.query_sets.keys())
                    .note("query sets stand in api.yaml, under `query_sets`"),
            );
            return Vec::new();
        };
        let set = self.api.entry("query_sets").entry(set);
        parameters
            .iter()
            .map(|(name, parameter)| {
                let place = set.entry(name);
                QueryParameter {
                    name: name.to_owned(),
                    doc: parameter.doc.clone(),
                    ty: self.value_type(&place.value("type"), &parameter.ty),
                    place,
                }
            })
            .collect()
    }

    fn returns(&mut self, place: &Place, definition: &schema::OperationDefinition, resource: &str) -> Returns {
        let at = place.value("returns");
        let Some(expression) = &definition.returns else {
            return Returns::Nothing;
        };
        match expression {
            TypeExpr::Page(item) => Returns::Page {
                item: self.value_type(&at, item),
                key: definition.items.clone().unwrap_or_else(|| resource.to_owned()),
            },
            other => Returns::Value(self.value_type(&at, other)),
        }
    }

    fn types(&mut self, file: &Place, types: &Entries<schema::TypeDefinition>) -> Vec<TypeDef> {
        types
            .iter()
            .map(|(name, definition)| {
                let place = file.entry("types").entry(name);
                TypeDef {
                    name: name.to_owned(),
                    doc: definition.doc.clone(),
                    id_prefix: definition.id_prefix.clone(),
                    fields: self.fields(&place.entry("fields"), &definition.fields),
                    place,
                }
            })
            .collect()
    }

    fn fields(&mut self, fields: &Place, definitions: &Entries<schema::FieldDefinition>) -> Vec<Field> {
        definitions
            .iter()
            .map(|(name, definition)| {
                let place = fields.entry(name);
                Field {
                    name: name.to_owned(),
                    doc: definition.doc.clone(),
                    ty: self.value_type(&place.value("type"), &definition.ty),
                    place,
                }
            })
            .collect()
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

/// The names in the braces of a path.
fn path_parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}
