//! Converts an API to an OpenAPI 3.1 document.

mod deprecation;
mod errors;
pub mod import;
mod json;
mod json_reader;
mod located;
mod operations;
mod pages;
mod paths;
mod schemas;
mod security;
mod unions;

use indexmap::IndexMap;

use self::json::{Json, Object, object};
use self::pages::Pages;
use self::paths::PathKeys;
use crate::api::checked::Checked;
use crate::api::model::{Api, Method, Resource};

/// Returns the document as indented JSON, in the order of the schema.
pub fn document(checked: &Checked) -> String {
    let api = &checked.api;
    let mut schemas = schemas::of_types(checked);
    let pages = Pages::new(api, &schemas);
    schemas.extend(pages.schemas(api));
    schemas.set(errors::NAME, errors::schema(api));
    let mut document = object! {
        "openapi": "3.1.0",
        "info": object! { "title": format!("{} API", api.name), "version": &api.version },
        "servers": [object! { "url": &api.base_url }],
    };
    if let Some(requirement) = security::requirement(api) {
        document.set("security", requirement);
    }
    document.set("tags", api.resources.iter().map(tag).collect::<Json>());
    document.set("paths", paths(checked, &pages));
    let mut components = Object::default();
    if let Some(schemes) = security::schemes(api) {
        components.set("securitySchemes", schemes);
    }
    components.set("parameters", fixed_headers(api));
    components.set("schemas", schemas);
    document.set("components", components);
    format!("{document}\n")
}

fn tag(resource: &Resource) -> Object {
    object! { "name": &resource.name, "description": &resource.doc }
}

/// Returns the parameters for headers sent with every request.
fn fixed_headers(api: &Api) -> Object {
    let header = |(name, value): &(String, String)| {
        let schema = object! { "const": value };
        let parameter = object! { "name": name, "in": "header", "required": true, "schema": schema };
        (name.clone(), parameter)
    };
    api.headers.iter().map(header).collect()
}

fn paths(checked: &Checked, pages: &Pages) -> Object {
    let api = &checked.api;
    let headers = api.headers.iter();
    let headers: Json = headers
        .map(|(name, _)| object! { "$ref": format!("#/components/parameters/{name}") })
        .collect();
    let keys = PathKeys::new(api);
    let mut paths: IndexMap<String, Object> = IndexMap::new();
    for resource in &api.resources {
        for operation in &resource.operations {
            let method = method(operation.method);
            let mut path = keys.key(operation);
            // OpenAPI cannot distinguish operations by their bodies, so a fragment makes their paths differ.
            if paths.get(&path).is_some_and(|operations| operations.contains(method)) {
                path = format!("{path}#{}", operation.name);
            }
            let operations = paths
                .entry(path)
                .or_insert_with(|| object! { "parameters": headers.clone() });
            operations.set(
                method,
                operations::operation(checked, pages, &keys, resource, operation),
            );
        }
    }
    paths.into_iter().collect()
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "get",
        Method::Post => "post",
        Method::Put => "put",
        Method::Patch => "patch",
        Method::Delete => "delete",
        Method::Head => "head",
    }
}
