//! Lowers the API model to the Rust IR. All decisions about the generated code are made here.

mod examples;
mod fake;
mod imports;
mod models;
mod operations;
mod placement;
mod responses;
mod types;
mod unions;

use self::fake::Collections;
use self::imports::Imports;
use self::placement::Placement;
use crate::api::checked::Checked;
use crate::api::model::{Api, Auth, KeyPlace, Paging, ResourceId, Returns};
use crate::names;
use crate::rust::ir;
use crate::rust::markdown::inert;
use crate::source::Source;

/// Lowers an API to the content of the generated folder.
pub fn lower(checked: &Checked, sources: &[Source]) -> ir::Generated {
    let collections = Collections::new(&checked.api);
    let placement = Placement::new(checked);
    let resources = checked.api.resources();
    ir::Generated {
        api: api(checked, sources),
        fake: fake::fake(checked, &collections, &sources[checked.api.source].name),
        shared: shared(checked, &placement, sources),
        resources: resources
            .map(|(id, _)| resource(checked, &collections, &placement, id, sources))
            .collect(),
    }
}

fn api(Checked { api, .. }: &Checked, sources: &[Source]) -> ir::Api {
    let has_pages = |paging: &Paging| {
        let mut operations = api.operations();
        operations.any(|operation| matches!(&operation.returns, Returns::Page(page) if page.paging == *paging))
    };
    ir::Api {
        source: sources[api.source].name.clone(),
        base_url: api.base_url.clone(),
        auth: auth(api),
        has_open_operations: api.operations().any(|operation| !operation.authenticated),
        headers: api.headers.clone(),
        paging: api.paging.clone().filter(has_pages),
        idempotency_key: api.idempotency_key.as_ref().map(|name| name.to_lowercase()),
        errors: api.errors.clone(),
        failed: api.failed.clone(),
        rate_limit: api.rate_limit.clone(),
    }
}

fn auth(api: &Api) -> Auth {
    match &api.auth {
        // Header names are case-insensitive, and Rust's HTTP libraries use lower case.
        Auth::Key {
            place: KeyPlace::Header { name, prefix },
            variable,
        } => Auth::Key {
            place: KeyPlace::Header {
                name: name.to_lowercase(),
                prefix: prefix.clone(),
            },
            variable: variable.clone(),
        },
        other @ (Auth::None
        | Auth::Basic { .. }
        | Auth::Key {
            place: KeyPlace::Bearer | KeyPlace::Query(_),
            ..
        }) => other.clone(),
    }
}

fn shared(checked: &Checked, placement: &Placement, sources: &[Source]) -> Option<ir::Shared> {
    let models = models::models(checked, &placement.shared);
    (!models.is_empty()).then(|| ir::Shared {
        source: sources[checked.api.source].name.clone(),
        imports: Imports::of_models(&models).finish(),
        models,
    })
}

fn resource(
    checked: &Checked,
    collections: &Collections,
    placement: &Placement,
    id: ResourceId,
    sources: &[Source],
) -> ir::Resource {
    let resource = &checked.api[id];
    let models = models::models(checked, placement.own(id));
    let operations: Vec<_> = resource
        .operations
        .iter()
        .map(|operation| operations::operation(checked, collections, id, operation))
        .collect();
    ir::Resource {
        module: names::module(&resource.name),
        file_stem: names::file_stem(&resource.name),
        source: sources[resource.place.source].name.clone(),
        feature: checked.api.feature(resource),
        doc: inert(&resource.doc).into_owned(),
        handle: names::handle(&resource.name),
        imports: Imports::of_resource(&operations, &models).finish(),
        operation_imports: Imports::of_operations(&operations).finish(),
        constant_imports: Imports::of_constants(&operations).finish(),
        operations,
        models,
    }
}
