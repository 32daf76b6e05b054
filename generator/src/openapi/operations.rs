//! Operations: parameters, bodies, responses.

use serde_json::{Map, Value, json};

use super::schemas::{self, reference};
use crate::api::checked::{Checked, ErrorCode};
use crate::api::model::{Api, Body, NextPage, Operation, PathParameter, QueryParameter, Resource, Returns};

pub fn operation(checked: &Checked, resource: &Resource, operation: &Operation) -> Value {
    let api = &checked.api;
    let path = operation.path_parameters.iter();
    let path = path.map(|parameter| path_parameter(api, parameter));
    let query = operation.query.iter();
    let query = query.map(|parameter| query_parameter(api, parameter));
    let cursor = cursor_parameter(operation);
    let mut described = json!({
        "operationId": format!("{}.{}", resource.name, operation.name),
        "tags": [resource.name],
        "description": operation.doc,
        "parameters": path.chain(query).chain(cursor).collect::<Vec<_>>(),
        "responses": responses(checked, operation),
    });
    if let Some(body) = request_body(api, operation) {
        described["requestBody"] = body;
    }
    if let Some(instead) = &operation.deprecated {
        described["deprecated"] = true.into();
        described["description"] = format!("{} Deprecated: {instead}.", operation.doc).into();
    }
    described
}

fn path_parameter(api: &Api, parameter: &PathParameter) -> Value {
    json!({ "name": parameter.name, "in": "path", "required": true, "schema": schemas::of_type(api, &parameter.ty) })
}

fn query_parameter(api: &Api, parameter: &QueryParameter) -> Value {
    json!({
        "name": parameter.name,
        "in": "query",
        "description": parameter.doc,
        "schema": schemas::of_type(api, &parameter.ty),
    })
}

/// The parameter that takes the cursor, which the schema of the API gives to every page.
fn cursor_parameter(operation: &Operation) -> Option<Value> {
    match &operation.returns {
        Returns::Page { paging, .. } => match &paging.next {
            NextPage::Cursor { query, .. } => {
                Some(json!({ "name": query, "in": "query", "schema": { "type": "string" } }))
            }
            NextPage::Uri(_) => None,
        },
        Returns::Value(_) | Returns::Nothing => None,
    }
}

fn request_body(api: &Api, operation: &Operation) -> Option<Value> {
    let schema = match &operation.body {
        Body::Nothing => return None,
        Body::Empty => json!({ "type": "object", "maxProperties": 0 }),
        Body::Value(ty) => schemas::of_type(api, ty),
        Body::Derived { of, request } => reference(&schemas::request_name(&api[*of].name, *request)),
    };
    Some(json!({ "required": true, "content": { "application/json": { "schema": schema } } }))
}

fn success(api: &Api, operation: &Operation) -> Value {
    let schema = match &operation.returns {
        Returns::Nothing => return json!({ "description": "Done; no content." }),
        Returns::Value(ty) => schemas::of_type(api, ty),
        Returns::Page { item, key, paging } => {
            let mut properties = Map::new();
            properties.insert(
                key.clone(),
                json!({ "type": ["array", "null"], "items": schemas::of_type(api, item) }),
            );
            let (NextPage::Uri(next) | NextPage::Cursor { key: next, .. }) = &paging.next;
            properties.insert(next.clone(), json!({ "type": ["string", "null"] }));
            properties.extend(paging.uri.clone().map(|uri| (uri, json!({ "type": "string" }))));
            json!({ "type": "object", "properties": properties })
        }
    };
    json!({ "description": "Success.", "content": { "application/json": { "schema": schema } } })
}

/// The answers of every status that the schema knows.
fn responses(checked: &Checked, operation: &Operation) -> Map<String, Value> {
    let known = checked.error_codes.iter().map(|ErrorCode { status, code }| {
        let description = format!("The API refused the request, with the code `{code}`.");
        (status.to_string(), error(&description))
    });
    let success = (operation.status.to_string(), success(&checked.api, operation));
    let other = ("default".to_owned(), error("The API refused the request, or failed."));
    [success].into_iter().chain(known).chain([other]).collect()
}

fn error(description: &str) -> Value {
    json!({
        "description": description,
        "content": { "application/json": { "schema": reference(schemas::ERROR) } },
    })
}
