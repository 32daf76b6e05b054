//! The API as an OpenAPI 3.1 document, for the tools that read one.

mod operations;
mod schemas;

use serde_json::{Map, Value, json};

use crate::api::checked::Checked;
use crate::api::model::{Api, Auth, Method, Resource};

/// The document as indented JSON.
pub fn document(checked: &Checked) -> String {
    let api = &checked.api;
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": format!("{} API", api.name), "version": api.version },
        "servers": [{ "url": api.base_url }],
        "security": [{ "key": [] }],
        "tags": api.resources.iter().map(tag).collect::<Vec<_>>(),
        "paths": paths(checked),
        "components": {
            "securitySchemes": { "key": security_scheme(&api.auth) },
            "parameters": fixed_headers(api),
            "schemas": schemas::all(checked),
        },
    });
    format!("{document:#}\n")
}

fn tag(resource: &Resource) -> Value {
    json!({ "name": resource.name, "description": resource.doc })
}

fn security_scheme(auth: &Auth) -> Value {
    match auth {
        Auth::Bearer => json!({ "type": "http", "scheme": "bearer" }),
        Auth::Header(name) => json!({ "type": "apiKey", "in": "header", "name": name }),
    }
}

/// The headers that go with every request.
fn fixed_headers(api: &Api) -> Map<String, Value> {
    let header = |(name, value): &(String, String)| {
        let parameter = json!({ "name": name, "in": "header", "required": true, "schema": { "const": value } });
        (name.clone(), parameter)
    };
    api.headers.iter().map(header).collect()
}

fn paths(checked: &Checked) -> Map<String, Value> {
    let api = &checked.api;
    let headers: Vec<_> = api
        .headers
        .iter()
        .map(|(name, _)| json!({ "$ref": format!("#/components/parameters/{name}") }))
        .collect();
    let mut paths = Map::new();
    for resource in &api.resources {
        for operation in &resource.operations {
            let path = paths
                .entry(operation.path.to_string())
                .or_insert_with(|| json!({ "parameters": headers }));
            path[method(operation.method)] = operations::operation(checked, resource, operation);
        }
    }
    paths
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "get",
        Method::Post => "post",
        Method::Put => "put",
        Method::Patch => "patch",
        Method::Delete => "delete",
    }
}
