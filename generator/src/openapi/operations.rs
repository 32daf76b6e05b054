//! Operations with parameters, request bodies and responses.

use super::errors;
use super::json::{Json, Object, object};
use super::located::wrapped;
use super::pages::Pages;
use super::schemas::{self, reference};
use crate::api::checked::{Checked, ErrorCode};
use crate::api::model::{
    Api, Body, NextPage, Operation, Page, PageSize, PathParameter, QueryParameter, Resource, Returns,
};

pub fn operation(checked: &Checked, pages: &Pages, resource: &Resource, operation: &Operation) -> Object {
    let api = &checked.api;
    let path = operation.path_parameters.iter();
    let path = path.map(|parameter| path_parameter(api, parameter));
    let query = operation.query.iter();
    let size = page_size(operation);
    let query = query.map(|parameter| query_parameter(api, parameter, size));
    let page = page_parameter(operation);
    let idempotency = idempotency_parameter(api, operation);
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
    let parameters = path.chain(query).chain(page).chain(idempotency);
    described.set("parameters", parameters.collect::<Json>());
    if let Some(body) = request_body(api, operation) {
        described.set("requestBody", body);
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

/// Returns the size of the pages that an operation returns.
fn page_size(operation: &Operation) -> Option<&PageSize> {
    match &operation.returns {
        Returns::Page(page) => Some(&page.paging.size),
        Returns::Value(_) | Returns::Nothing => None,
    }
}

fn query_parameter(api: &Api, parameter: &QueryParameter, size: Option<&PageSize>) -> Object {
    let mut schema = schemas::of_type(api, &parameter.ty);
    let limit = size.filter(|size| size.query.as_ref() == Some(&parameter.name));
    if let Some(max) = limit.and_then(|size| size.max) {
        schema.set("minimum", 1_i64);
        schema.set("maximum", i64::from(max));
    }
    object! {
        "name": &parameter.name,
        "in": "query",
        "description": &parameter.doc,
        "schema": schema,
    }
}

/// Returns the parameter that selects a page. Operations rarely declare it themselves.
fn page_parameter(operation: &Operation) -> Option<Object> {
    let Returns::Page(Page { paging, .. }) = &operation.returns else {
        return None;
    };
    let name = paging.next.query()?;
    if operation.query.iter().any(|parameter| parameter.name == name) {
        return None;
    }
    let (schema, description) = match &paging.next {
        NextPage::None | NextPage::Uri(_) | NextPage::Link(_) | NextPage::Cursor { .. } => {
            (object! { "type": "string" }, "The cursor of the page.".to_owned())
        }
        NextPage::Page { first, .. } => (
            object! { "type": "integer" },
            format!("The number of the page, from {first}."),
        ),
        NextPage::Offset { .. } => (
            object! { "type": "integer" },
            "The number of items before the page.".to_owned(),
        ),
        NextPage::LastItem { field, .. } => (
            object! { "type": "string" },
            format!("The `{field}` of the last item of the previous page."),
        ),
    };
    Some(object! { "name": name, "in": "query", "description": description, "schema": schema })
}

/// Returns the parameter for the idempotency key of an operation that is not idempotent.
fn idempotency_parameter(api: &Api, operation: &Operation) -> Option<Object> {
    let name = api.idempotency_key.as_ref().filter(|_| !operation.is_idempotent())?;
    let description = "A key that identifies the request, so that repeating it has no further effect.";
    Some(object! { "name": name, "in": "header", "description": description, "schema": object! { "type": "string" } })
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
        Returns::Value(ty) => {
            let schema = schemas::of_type(api, ty);
            match &operation.response_key {
                Some(location) => wrapped(location, schema),
                None => schema,
            }
        }
        Returns::Page(page) => reference(pages.name(page)),
    };
    let mut success = object! { "description": "Success.", "content": json_content(schema) };
    if let Returns::Page(Page { paging, .. }) = &operation.returns
        && let NextPage::Link(relation) = &paging.next
    {
        let description = format!("Links to other pages. The relation `{relation}` is the next page.");
        let header = object! { "description": description, "schema": object! { "type": "string" } };
        success.set("headers", object! { "Link": header });
    }
    success
}

/// Returns the responses by status: the success, known errors, and any other error.
fn responses(checked: &Checked, pages: &Pages, operation: &Operation) -> Object {
    let known = checked.error_codes.iter().map(|ErrorCode { status, code }| {
        let description = format!("The request failed with the error code `{code}`.");
        (status.to_string(), error(&description))
    });
    let success = (operation.status.to_string(), success(&checked.api, pages, operation));
    let mut other = error("The request failed.");
    if let Some(reset) = checked.api.rate_limit.as_ref().and_then(|limit| limit.reset.as_ref()) {
        let description = "When the rate limit resets: in seconds from now, or as a Unix time.";
        let header = object! { "description": description, "schema": object! { "type": "number" } };
        other.set("headers", [(reset, header)].into_iter().collect::<Object>());
    }
    let other = ("default".to_owned(), other);
    [success].into_iter().chain(known).chain([other]).collect()
}

fn error(description: &str) -> Object {
    object! { "description": description, "content": json_content(reference(errors::NAME)) }
}

fn json_content(schema: Object) -> Object {
    object! { "application/json": object! { "schema": schema } }
}
