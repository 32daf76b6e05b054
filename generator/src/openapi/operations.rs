//! Operations with parameters, request bodies and responses.

use super::errors;
use super::json::{Json, Object, object};
use super::pages::Pages;
use super::schemas::{self, reference};
use super::security;
use crate::api::checked::{Checked, ErrorCode};
use crate::api::model::{Api, Body, NextPage, Operation, PathParameter, QueryParameter, Resource, Returns};

pub fn operation(checked: &Checked, pages: &Pages, resource: &Resource, operation: &Operation) -> Object {
    let api = &checked.api;
    let path = operation.path_parameters.iter();
    let path = path.map(|parameter| path_parameter(api, parameter));
    let query = operation.query.iter();
    let query = query.map(|parameter| query_parameter(api, parameter));
    let cursor = cursor_parameter(operation);
    let description = match &operation.deprecated {
        Some(instead) => format!("{} Deprecated: {instead}.", operation.doc),
        None => operation.doc.clone(),
    };
    let mut described = object! {
        "operationId": format!("{}.{}", resource.name, operation.name),
        "tags": [&resource.name],
        "description": description,
    };
    if operation.deprecated.is_some() {
        described.set("deprecated", true);
    }
    described.set("parameters", path.chain(query).chain(cursor).collect::<Json>());
    if let Some(body) = request_body(api, operation) {
        described.set("requestBody", body);
    }
    if let Some(security) = security::of_operation(api, operation) {
        described.set("security", security);
    }
    described.set("responses", responses(checked, pages, operation));
    described
}

fn path_parameter(api: &Api, parameter: &PathParameter) -> Object {
    object! {
        "name": &parameter.name,
        "in": "path",
        "required": true,
        "schema": schemas::of_type(api, &parameter.ty),
    }
}

fn query_parameter(api: &Api, parameter: &QueryParameter) -> Object {
    object! {
        "name": &parameter.name,
        "in": "query",
        "description": &parameter.doc,
        "schema": schemas::of_type(api, &parameter.ty),
    }
}

/// Returns the cursor parameter of an operation that returns a page. Operations do not declare it themselves.
fn cursor_parameter(operation: &Operation) -> Option<Object> {
    match &operation.returns {
        Returns::Page(page) => match &page.paging.next {
            NextPage::Cursor { query, .. } => {
                Some(object! { "name": query, "in": "query", "schema": object! { "type": "string" } })
            }
            NextPage::Uri(_) => None,
        },
        Returns::Value(_) | Returns::Nothing => None,
    }
}

fn request_body(api: &Api, operation: &Operation) -> Option<Object> {
    let schema = match &operation.body {
        Body::Nothing => return None,
        Body::Empty => object! { "type": "object", "maxProperties": 0 },
        Body::Value(ty) => schemas::of_type(api, ty),
        Body::Derived { of, request } => reference(&schemas::request_name(&api[*of].name, *request)),
    };
    Some(object! { "required": true, "content": json_content(schema) })
}

fn success(api: &Api, pages: &Pages, operation: &Operation) -> Object {
    let schema = match &operation.returns {
        Returns::Nothing => return object! { "description": "No content." },
        Returns::Value(ty) => schemas::of_type(api, ty),
        Returns::Page(page) => reference(pages.name(page)),
    };
    object! { "description": "Success.", "content": json_content(schema) }
}

/// Returns the responses by status: the success, known errors, and any other error.
fn responses(checked: &Checked, pages: &Pages, operation: &Operation) -> Object {
    let known = checked.error_codes.iter().map(|ErrorCode { status, code }| {
        let description = format!("The request failed with the error code `{code}`.");
        (status.to_string(), error(&description))
    });
    let success = (operation.status.to_string(), success(&checked.api, pages, operation));
    let other = ("default".to_owned(), error("The request failed."));
    [success].into_iter().chain(known).chain([other]).collect()
}

fn error(description: &str) -> Object {
    object! { "description": description, "content": json_content(reference(errors::NAME)) }
}

fn json_content(schema: Object) -> Object {
    object! { "application/json": object! { "schema": schema } }
}
