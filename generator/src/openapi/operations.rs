//! Operations with parameters, request bodies and responses.

use super::deprecation;
use super::errors;
use super::json::{Json, Object, object};
use super::located::{Located, wrapped};
use super::pages::Pages;
use super::paths::PathKeys;
use super::schemas::{self, reference};
use super::security;
use crate::api::checked::{Checked, ErrorCode};
use crate::api::model::{
    Api, Body, Constant, HeaderParameter, Method, NextPage, Operation, Page, PageSize, PathParameter, QueryParameter,
    QueryStyle, Resource, Returns, Type,
};

pub fn operation(
    checked: &Checked,
    pages: &Pages,
    keys: &PathKeys,
    resource: &Resource,
    operation: &Operation,
) -> Object {
    let api = &checked.api;
    let path = operation.path_parameters.iter();
    let path = path.map(|parameter| path_parameter(api, operation, parameter));
    let fixed = fixed_query(keys, operation);
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
    let headers = operation.headers.iter();
    let headers = headers.map(|parameter| header_parameter(api, parameter));
    let parameters = path
        .chain(fixed)
        .chain(query)
        .chain(headers)
        .chain(page)
        .chain(idempotency);
    described.set("parameters", parameters.collect::<Json>());
    if let Some(body) = request_body(api, operation) {
        described.set("requestBody", body);
    }
    if let Some(security) = security::of_operation(api, operation) {
        described.set("security", security);
    }
    described.set("responses", responses(checked, pages, operation));
    described
}

fn path_parameter(api: &Api, operation: &Operation, parameter: &PathParameter) -> Object {
    let mut described = object! {
        "name": &parameter.name,
        "in": "path",
        "required": true,
    };
    if operation.path.rest_parameter() == Some(&parameter.name) {
        described.set(
            "description",
            "The rest of the path. Its slashes are not percent-encoded.",
        );
    }
    described.set("schema", schemas::of_type(api, &parameter.ty));
    described
}

/// Returns the parameters of the constant query, unless it is part of the path.
fn fixed_query(keys: &PathKeys, operation: &Operation) -> Vec<Object> {
    if !keys.is_unique(operation) {
        return Vec::new();
    }
    let pairs = operation.fixed_query.decoded().into_iter();
    let parameters = pairs.map(|(name, value)| {
        object! { "name": name, "in": "query", "required": true, "schema": object! { "const": value } }
    });
    parameters.collect()
}

/// Returns the size of the pages that an operation returns.
fn page_size(operation: &Operation) -> Option<&PageSize> {
    match &operation.returns {
        Returns::Page(page) => Some(&page.paging.size),
        Returns::Value(_) | Returns::ByStatus(_) | Returns::Headers | Returns::Nothing => None,
    }
}

fn query_parameter(api: &Api, parameter: &QueryParameter, size: Option<&PageSize>) -> Object {
    let mut schema = schemas::of_type(api, &parameter.ty);
    let limit = size.filter(|size| size.query.as_ref() == Some(&parameter.name));
    if let Some(max) = limit.and_then(|size| size.max) {
        schema.set("minimum", 1_i64);
        schema.set("maximum", i64::from(max));
    }
    let name = match parameter.style {
        Some(QueryStyle::Brackets) => format!("{}[]", parameter.name),
        None | Some(QueryStyle::Comma | QueryStyle::Deep) => parameter.name.clone(),
    };
    let mut described = object! {
        "name": name,
        "in": "query",
        "description": &parameter.doc,
        "schema": schema,
    };
    deprecation::mark(&mut described, parameter.deprecated.as_ref());
    if parameter.required {
        described.set("required", true);
    }
    if let Some(example) = &parameter.example {
        described.set("example", schemas::literal(example));
    }
    match parameter.style {
        None | Some(QueryStyle::Brackets) => {}
        Some(QueryStyle::Comma) => described.set_all(object! { "style": "form", "explode": false }),
        Some(QueryStyle::Deep) => described.set_all(object! { "style": "deepObject", "explode": true }),
    }
    described
}

fn header_parameter(api: &Api, parameter: &HeaderParameter) -> Object {
    let mut described = object! {
        "name": &parameter.name,
        "in": "header",
        "description": &parameter.doc,
        "schema": schemas::of_type(api, &parameter.ty),
    };
    deprecation::mark(&mut described, parameter.deprecated.as_ref());
    if parameter.required {
        described.set("required", true);
    }
    if let Some(example) = &parameter.example {
        described.set("example", schemas::literal(example));
    }
    described
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
        Body::Empty if operation.fixed.is_empty() => object! { "type": "object", "maxProperties": 0 },
        Body::Empty => constants(operation),
        Body::Value(ty) | Body::Optional(ty) => schemas::of_type(api, ty),
        Body::Derived { of, request } => reference(&schemas::request_name(&api[*of].name, *request)),
    };
    let schema = if operation.fixed.is_empty() || operation.body == Body::Empty {
        schema
    } else {
        object! { "allOf": [schema, constants(operation)] }
    };
    let schema = match &operation.request_key {
        Some(key) => wrapped(key, schema),
        None => schema,
    };
    let required = !matches!(operation.body, Body::Optional(_));
    Some(object! { "required": required, "content": json_content(schema) })
}

/// Returns the schema of the constant keys of a request body.
fn constants(operation: &Operation) -> Object {
    let mut body = Located::default();
    for (key, value) in &operation.fixed {
        let schema = match value {
            Constant::Boolean(value) => object! { "const": *value },
            Constant::Integer(value) => object! { "const": *value },
            Constant::Text(value) => object! { "const": value },
        };
        body.insert_key(key, schema);
    }
    body.require_all(Object::default())
}

/// Returns the successful responses by status.
fn successes(api: &Api, pages: &Pages, operation: &Operation) -> Vec<(String, Object)> {
    let success = match &operation.returns {
        Returns::Nothing => no_content(),
        Returns::Headers => object! { "description": "Success." },
        Returns::Value(ty) => value(api, operation, ty),
        Returns::Page(page) => of_page(pages, page),
        Returns::ByStatus(results) => {
            let responses = results.iter().map(|result| {
                let response = result.ty.as_ref().map(|ty| value(api, operation, ty));
                (result.status.to_string(), response.unwrap_or_else(no_content))
            });
            return responses.collect();
        }
    };
    vec![(operation.status.to_string(), success)]
}

fn no_content() -> Object {
    object! { "description": "No content." }
}

/// Returns the response with a value.
fn value(api: &Api, operation: &Operation, ty: &Type) -> Object {
    let schema = schemas::of_type(api, ty);
    let schema = match &operation.response_key {
        Some(location) => wrapped(location, schema),
        None => schema,
    };
    object! { "description": "Success.", "content": json_content(schema) }
}

/// Returns the response with a page.
fn of_page(pages: &Pages, page: &Page) -> Object {
    let mut success = object! { "description": "Success.", "content": json_content(reference(pages.name(page))) };
    if let NextPage::Link(relation) = &page.paging.next {
        let description = format!("Links to other pages. The relation `{relation}` is the next page.");
        let header = object! { "description": description, "schema": object! { "type": "string" } };
        success.set("headers", object! { "Link": header });
    }
    success
}

/// Returns the responses by status: the success, known errors, and any other error.
fn responses(checked: &Checked, pages: &Pages, operation: &Operation) -> Object {
    let error = |description: &str| match operation.method {
        Method::Head => object! { "description": description },
        Method::Get | Method::Post | Method::Put | Method::Patch | Method::Delete => error(description),
    };
    let known = checked.error_codes.iter().map(|ErrorCode { status, code }| {
        let description = format!("The request failed with the error code `{code}`.");
        (status.to_string(), error(&description))
    });
    let successes = successes(&checked.api, pages, operation);
    let mut other = error("The request failed.");
    if let Some(reset) = checked.api.rate_limit.as_ref().and_then(|limit| limit.reset.as_ref()) {
        let description = "When the rate limit resets: in seconds from now, or as a Unix time.";
        let header = object! { "description": description, "schema": object! { "type": "number" } };
        other.set("headers", [(reset, header)].into_iter().collect::<Object>());
    }
    let other = ("default".to_owned(), other);
    successes.into_iter().chain(known).chain([other]).collect()
}

fn error(description: &str) -> Object {
    object! { "description": description, "content": json_content(reference(errors::NAME)) }
}

fn json_content(schema: Object) -> Object {
    object! { "application/json": object! { "schema": schema } }
}
