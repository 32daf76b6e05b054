//! Every Rust decision: what each part of the API becomes.

mod examples;
mod fake;
mod imports;
mod models;
mod naming;
mod operations;

use self::imports::Imports;
use crate::api::model::{self, Api, Auth, Scalar};
use crate::api::usage::Usage;
use crate::names;
use crate::rust::ir;
use crate::source::Source;
use crate::syntax::Diagnostics;

/// Decides the whole of the generated folder, or says which names collide.
pub fn lower(api: &Api, sources: &[Source]) -> Result<ir::Generated, Diagnostics> {
    let lowering = Lowering::new(api, sources);
    let errors = naming::check(api, &lowering.usage);
    let resources = api
        .resources
        .iter()
        .map(|resource| lowering.resource(resource))
        .collect();
    let generated = ir::Generated {
        api: lowering.api(),
        fake: lowering.fake(),
        shared: lowering.shared(),
        resources,
    };
    errors.or_ok(generated)
}

/// The API with what is known of it as a whole.
struct Lowering<'a> {
    api: &'a Api,
    sources: &'a [Source],
    usage: Usage<'a>,
}

impl<'a> Lowering<'a> {
    fn new(api: &'a Api, sources: &'a [Source]) -> Self {
        let usage = Usage::new(api);
        Self { api, sources, usage }
    }

    fn source(&self, index: usize) -> String {
        self.sources[index].name.clone()
    }

    fn api(&self) -> ir::Api {
        let api = self.api;
        let has_pages = api
            .operations()
            .any(|operation| matches!(operation.returns, model::Returns::Page { .. }));
        ir::Api {
            name: api.name.clone(),
            source: self.source(api.source),
            base_url: api.base_url.clone(),
            auth: match &api.auth {
                Auth::Bearer => Auth::Bearer,
                // Headers are the same in any case, and Rust's libraries want this one.
                Auth::Header(name) => Auth::Header(name.to_lowercase()),
            },
            key_variable: api.key_variable.clone(),
            headers: api.headers.clone(),
            paging: api.paging.clone().filter(|_| has_pages),
            errors: api.errors.clone(),
            rate_limit: api.rate_limit,
        }
    }

    fn shared(&self) -> Option<ir::Shared> {
        let models = self.models(&self.api.shared);
        (!models.is_empty()).then(|| ir::Shared {
            source: self.source(self.api.source),
            imports: Imports::of_models(&models).finish(),
            models,
        })
    }

    fn resource(&self, resource: &model::Resource) -> ir::Resource {
        let models = self.models(&resource.types);
        let operations: Vec<_> = resource
            .operations
            .iter()
            .map(|operation| self.operation(resource, operation))
            .collect();
        ir::Resource {
            module: names::module(&resource.name),
            source: self.source(resource.place.source),
            doc: resource.doc.clone(),
            handle: names::handle(&resource.name),
            imports: Imports::of_resource(&operations, &models).finish(),
            operation_imports: Imports::of_operations(&operations).finish(),
            operations,
            models,
        }
    }
}

fn rust_type(ty: &model::Type) -> ir::Type {
    match ty {
        model::Type::Scalar(scalar) => match scalar {
            Scalar::String => ir::Type::String,
            Scalar::Boolean => ir::Type::Bool,
            Scalar::Int32 => ir::Type::I32,
            Scalar::Int64 => ir::Type::I64,
            Scalar::Uint32 => ir::Type::U32,
            Scalar::Uint64 => ir::Type::U64,
            Scalar::Float64 => ir::Type::F64,
            Scalar::Timestamp => ir::Type::Timestamp,
            Scalar::Json => ir::Type::Json,
        },
        model::Type::List(item) => ir::Type::Vec(Box::new(rust_type(item))),
        model::Type::Map(item) => ir::Type::Map(Box::new(rust_type(item))),
        model::Type::Optional(inner) => ir::Type::Option(Box::new(rust_type(inner))),
        model::Type::Named(name) => ir::Type::Model(names::model(name)),
    }
}
