//! Every Rust decision: what each part of the API becomes.

use crate::diagnostics::{Diagnostics, Source};
use crate::model::{self, Api, Auth, Method, Returns, Scalar, TypeDef};
use crate::names::{self, Scope};
use crate::rust;
use proc_macro2::Ident;
use std::collections::{BTreeMap, BTreeSet};

/// Decides the whole of the generated folder, or says which names collide.
pub fn lower(api: &Api, sources: &[Source]) -> Result<rust::Generated, Diagnostics> {
    let errors = check_names(api);
    let lowering = Lowering::new(api, sources);
    let resources = api
        .resources
        .iter()
        .map(|resource| lowering.resource(resource))
        .collect();
    let generated = rust::Generated {
        api: lowering.api(),
        shared: lowering.shared(),
        resources,
    };
    errors.or_ok(generated)
}

/// Claims every name in its namespace.
fn check_names(api: &Api) -> Diagnostics {
    let mut errors = Diagnostics::default();
    let mut types = Scope::types();
    let mut modules = Scope::modules();
    let mut accessors = Scope::accessors();
    for resource in &api.resources {
        let (module, handle) = (names::module(&resource.name), names::handle(&resource.name));
        errors.extend(modules.claim(&module, &what("resource", &resource.name), &resource.place));
        errors.extend(accessors.claim(&module, &what("resource", &resource.name), &resource.place));
        errors.extend(types.claim(&handle, &what("resource", &resource.name), &resource.place));
        let mut methods = Scope::methods();
        for operation in &resource.operations {
            errors.extend(methods.claim(
                &names::method(&operation.name),
                &what("operation", &operation.name),
                &operation.place,
            ));
            let name = names::operation(&operation.name, &resource.name);
            errors.extend(types.claim(&name, &what("operation", &operation.name), &operation.place));
            let mut fields = Scope::setters();
            for parameter in &operation.path_parameters {
                errors.extend(fields.claim(
                    &names::field(parameter),
                    &what("path parameter", parameter),
                    &operation.place.value("http"),
                ));
            }
            for parameter in &operation.query {
                errors.extend(fields.claim(
                    &names::field(&parameter.name),
                    &what("query parameter", &parameter.name),
                    &parameter.place,
                ));
            }
        }
    }
    for ty in api.types() {
        errors.extend(types.claim(&names::model(&ty.name), &what("type", &ty.name), &ty.place));
        let mut fields = Scope::fields();
        for field in &ty.fields {
            errors.extend(fields.claim(&names::field(&field.name), &what("field", &field.name), &field.place));
        }
    }
    errors
}

/// What a name belongs to, as a diagnostic says it.
fn what(kind: &str, name: &str) -> String {
    format!("{kind} `{name}`")
}

struct Lowering<'a> {
    api: &'a Api,
    sources: &'a [Source],
    /// Which resource a type belongs to; none for a shared one.
    homes: BTreeMap<&'a str, Option<&'a str>>,
}

impl<'a> Lowering<'a> {
    fn new(api: &'a Api, sources: &'a [Source]) -> Self {
        let shared = api.shared.iter().map(|ty| (ty.name.as_str(), None));
        let own = api.resources.iter().flat_map(|resource| {
            resource
                .types
                .iter()
                .map(|ty| (ty.name.as_str(), Some(resource.name.as_str())))
        });
        Self {
            api,
            sources,
            homes: shared.chain(own).collect(),
        }
    }

    fn source(&self, index: usize) -> String {
        self.sources[index].name.clone()
    }

    fn api(&self) -> rust::Api {
        let api = self.api;
        let errors = &api.errors;
        rust::Api {
            name: api.name.clone(),
            source: self.source(api.source),
            base_url: api.base_url.clone(),
            auth: match api.auth {
                Auth::Bearer => rust::Auth::Bearer,
            },
            key_variable: api.key_variable.clone(),
            headers: api.headers.clone(),
            paging: api.paging.as_ref().map(|paging| rust::Paging {
                next_uri: paging.next_uri.clone(),
                uri: paging.uri.clone(),
            }),
            errors: rust::ErrorFields {
                code: errors.code.clone(),
                message: errors.message.clone(),
                details: errors.details.clone(),
                operation_id: errors.operation_id.clone(),
                operation_id_header: errors.operation_id_header.clone(),
                docs_url: errors.docs_url.clone(),
            },
            rate_limit: api.rate_limit.map(|limit| rust::RateLimit {
                requests: limit.requests,
                seconds: limit.seconds,
            }),
        }
    }

    fn shared(&self) -> Option<rust::Shared> {
        let models: Vec<_> = self.api.shared.iter().map(model).collect();
        (!models.is_empty()).then(|| rust::Shared {
            source: self.source(self.api.source),
            imports: self.imports(Imports::default(), &models, None),
            models,
        })
    }

    fn resource(&self, resource: &model::Resource) -> rust::Resource {
        let models: Vec<_> = resource.types.iter().map(model).collect();
        let operations: Vec<_> = resource
            .operations
            .iter()
            .map(|operation| self.operation(resource, operation))
            .collect();
        rust::Resource {
            module: names::module(&resource.name),
            source: self.source(resource.place.source()),
            doc: resource.doc.clone(),
            handle: names::handle(&resource.name),
            imports: self.imports(Imports::of_calls(&operations), &models, Some(&resource.name)),
            operation_imports: Imports::of_operations(&operations).finish(),
            operations,
            models,
        }
    }

    /// What a file needs in all, given what it needs beside its models; its own models need no import.
    fn imports(&self, mut imports: Imports, models: &[rust::Model], home: Option<&str>) -> rust::Imports {
        if !models.is_empty() {
            imports.runtime.insert(names::runtime("object"));
        }
        models
            .iter()
            .flat_map(|model| &model.fields)
            .for_each(|field| imports.add(&field.ty));
        imports
            .models
            .retain(|name| self.homes.get(name.to_string().as_str()) != Some(&home));
        imports.finish()
    }

    fn operation(&self, resource: &model::Resource, operation: &model::Operation) -> rust::Operation {
        let (constructor, method) = method(operation.method);
        let items = match &operation.returns {
            Returns::Page { key, .. } => Some(key.clone()),
            Returns::Value(_) | Returns::Nothing => None,
        };
        rust::Operation {
            method: names::method(&operation.name),
            name: names::operation(&operation.name, &resource.name),
            doc: operation.doc.clone(),
            example: self.example(resource, operation),
            spec: rust::Spec {
                constructor: names::runtime(constructor),
                method,
                name: format!("{}.{}", resource.name, operation.name),
                path: operation.path.clone(),
                items,
            },
            arguments: operation
                .path_parameters
                .iter()
                .map(|name| rust::Argument {
                    name: names::field(name),
                    ty: rust::Type::String,
                })
                .collect(),
            query: operation.query.iter().map(query_parameter).collect(),
            output: match &operation.returns {
                Returns::Nothing => rust::Output::Nothing,
                Returns::Value(ty) => rust::Output::Value(rust_type(ty)),
                Returns::Page { item, .. } => rust::Output::Page(rust_type(item)),
            },
        }
    }

    fn example(&self, resource: &model::Resource, operation: &model::Operation) -> rust::Example {
        let prefix = resource.types.iter().find_map(|ty| ty.id_prefix.as_ref());
        let argument = |name: &String| match prefix {
            Some(prefix) if name == "id" => format!("{prefix}_1"),
            _ => name.clone(),
        };
        rust::Example {
            crate_name: self.api.crate_name.clone(),
            accessor: names::module(&resource.name),
            variable: names::variable(&resource.name),
            arguments: operation.path_parameters.iter().map(argument).collect(),
        }
    }
}

/// The constructor of a `Spec`, and the method as HTTP spells it.
fn method(method: Method) -> (&'static str, &'static str) {
    match method {
        Method::Get => ("get", "GET"),
        Method::Post => ("post", "POST"),
        Method::Put => ("put", "PUT"),
        Method::Patch => ("patch", "PATCH"),
        Method::Delete => ("delete", "DELETE"),
    }
}

fn query_parameter(parameter: &model::QueryParameter) -> rust::QueryParameter {
    rust::QueryParameter {
        name: names::field(&parameter.name),
        wire_name: parameter.name.clone(),
        doc: parameter.doc.clone(),
        ty: rust_type(&parameter.ty),
    }
}

fn model(ty: &TypeDef) -> rust::Model {
    let fields = ty.fields.iter().map(|field| {
        let ty = rust_type(&field.ty);
        rust::Field {
            name: names::field(&field.name),
            wire_name: field.name.clone(),
            doc: field.doc.clone(),
            // A time has no value that could stand for "none".
            required: ty == rust::Type::Timestamp,
            ty,
        }
    });
    rust::Model {
        name: names::model(&ty.name),
        doc: ty.doc.clone(),
        fields: fields.collect(),
    }
}

fn rust_type(ty: &model::Type) -> rust::Type {
    match ty {
        model::Type::Scalar(scalar) => match scalar {
            Scalar::String => rust::Type::String,
            Scalar::Boolean => rust::Type::Bool,
            Scalar::Int32 => rust::Type::I32,
            Scalar::Int64 => rust::Type::I64,
            Scalar::Uint32 => rust::Type::U32,
            Scalar::Uint64 => rust::Type::U64,
            Scalar::Float64 => rust::Type::F64,
            Scalar::Timestamp => rust::Type::Timestamp,
            Scalar::Json => rust::Type::Json,
        },
        model::Type::List(item) => rust::Type::Vec(Box::new(rust_type(item))),
        model::Type::Map(item) => rust::Type::Map(Box::new(rust_type(item))),
        model::Type::Optional(inner) => rust::Type::Option(Box::new(rust_type(inner))),
        model::Type::Named(name) => rust::Type::Model(names::model(name)),
    }
}

/// Collects what types need, each name once.
#[derive(Default)]
struct Imports {
    models: BTreeSet<Ident>,
    runtime: BTreeSet<Ident>,
    map: bool,
}

impl Imports {
    /// What a resource's calls need: the types of their setters.
    fn of_calls(operations: &[rust::Operation]) -> Self {
        let mut imports = Self::runtime(&["Call"]);
        let parameters = operations.iter().flat_map(|operation| &operation.query);
        parameters.for_each(|parameter| imports.add(&parameter.ty));
        imports
    }

    /// What the module of the operations needs.
    fn of_operations(operations: &[rust::Operation]) -> Self {
        let mut imports = Self::runtime(&["Operation", "Spec"]);
        for operation in operations {
            operation.query.iter().for_each(|parameter| imports.add(&parameter.ty));
            match &operation.output {
                rust::Output::Nothing => {}
                rust::Output::Value(ty) => imports.add(ty),
                rust::Output::Page(item) => {
                    imports.add(item);
                    imports.runtime.extend(["Page", "Paged"].map(names::runtime));
                }
            }
            if !operation.arguments.is_empty() || !operation.query.is_empty() {
                imports.runtime.insert(names::runtime("Encoder"));
            }
        }
        imports
    }

    fn runtime(names: &[&str]) -> Self {
        Self {
            runtime: names.iter().copied().map(names::runtime).collect(),
            ..Self::default()
        }
    }

    fn add(&mut self, ty: &rust::Type) {
        use rust::Type::{Bool, F64, I32, I64, Json, Map, Model, Option, String, Timestamp, U32, U64, Vec};
        match ty {
            String | Bool | I32 | I64 | U32 | U64 | F64 | Json => {}
            Timestamp => drop(self.runtime.insert(names::runtime("Timestamp"))),
            Vec(inner) | Option(inner) => self.add(inner),
            Map(inner) => {
                self.map = true;
                self.add(inner);
            }
            Model(name) => drop(self.models.insert(name.clone())),
        }
    }

    fn finish(self) -> rust::Imports {
        rust::Imports {
            models: self.models.into_iter().collect(),
            runtime: self.runtime.into_iter().collect(),
            map: self.map,
        }
    }
}
