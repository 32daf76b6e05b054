//! Combines all files into one [`Api`], and resolves names to definitions. Definitions with errors are left out: the
//! pipeline stops after an error.

mod auth;
mod declared;
mod names;
mod operations;
mod paging;
mod queries;
mod resolver;
mod resources;
mod responses;
mod types;
mod unions;

use self::names::Names;
use self::resolver::Resolver;
use super::model::{Api, Auth};
use crate::syntax::parse::Files;
use crate::syntax::{Diagnostics, Place};

/// Resolves the parsed files into an API.
pub fn resolve(mut files: Files) -> Result<Api, Diagnostics> {
    let mut errors = Diagnostics::default();
    declared::check_types_differ(&files, &mut errors);
    declared::check_resources_differ(&files, &mut errors);
    files.resources.sort_by(|(_, a), (_, b)| a.resource.cmp(&b.resource));

    let (source, api) = &files.api;
    let auth = auth::auth(&Place::file(*source), api, &mut errors);
    let mut resolver = Resolver::new(*source, api, Names::new(&files), errors);
    resolver.check_query_sets();
    let mut types = Vec::new();
    let shared = resolver.types(&Place::file(*source), &api.types, &mut types);
    let mut resources = Vec::new();
    for (source, file) in &files.resources {
        resources.push(resolver.resource(*source, file, &mut types));
    }
    resolver.check_every_set_is_used();
    let failed = resolver.failed(&api.errors);
    let Resolver { paging, errors, .. } = resolver;
    let (source, api) = files.api;
    errors.or_ok(Api {
        name: api.name,
        version: api.version,
        crate_name: api.crate_name,
        base_url: api.base_url,
        auth: auth.unwrap_or(Auth::None),
        headers: api.headers.into_iter().collect(),
        rate_limit: api.rate_limit,
        paging,
        response_key: api.response_key,
        missing_fields: api.missing_fields,
        idempotency_key: api.idempotency_key,
        resource_features: api.resource_features,
        errors: api.errors,
        failed,
        fake: api.fake,
        resources,
        types,
        shared,
        source,
    })
}
