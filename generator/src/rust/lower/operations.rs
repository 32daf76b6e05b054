//! Lowers operations: methods, request builders, and structs that encode themselves.

use super::fake::Collections;
use super::types::{codec, parameter_codec, rust_type};
use super::{examples, models, responses};
use crate::api::checked::Checked;
use crate::api::model::{self, Api, Method, QueryStyle, Returns};
use crate::names;
use crate::rust::ir::{self, Argument, Encoding};
use crate::rust::markdown::inert;

pub fn operation(
    checked: &Checked,
    collections: &Collections,
    resource_id: model::ResourceId,
    operation: &model::Operation,
) -> ir::Operation {
    let api = &checked.api;
    let resource = &api[resource_id];
    let path = operation.path_parameters.iter().map(|parameter| ir::PathParameter {
        argument: Argument {
            name: names::field(&parameter.name),
            ty: rust_type(api, &parameter.ty),
        },
        codec: parameter_codec(&parameter.ty),
    });
    let query = operation.query.iter().map(|parameter| query_parameter(api, parameter));
    let headers = operation
        .headers
        .iter()
        .map(|parameter| header_parameter(api, parameter));
    let name = names::operation(&operation.name, &resource.name, resource.singular.as_deref());
    ir::Operation {
        method: names::method(&operation.name),
        call: names::call(&name),
        doc: inert(&operation.doc).into_owned(),
        deprecated: operation.deprecated.clone(),
        example: examples::example(checked, collections, resource_id, operation),
        info: info(api, resource, operation),
        path: path.collect(),
        parameters: query.chain(headers).collect(),
        body: body(api, operation),
        output: responses::output(api, &operation.returns, &name),
        name,
    }
}

fn body(api: &Api, operation: &model::Operation) -> ir::RequestBody {
    match &operation.body {
        model::Body::Nothing => ir::RequestBody::Nothing,
        model::Body::Empty => ir::RequestBody::Empty,
        model::Body::Value(ty) => ir::RequestBody::Whole(rust_type(api, ty), codec(ty)),
        model::Body::Optional(ty) => ir::RequestBody::Optional(rust_type(api, ty), codec(ty)),
        model::Body::Derived { of, request } => ir::RequestBody::Derived(models::derived(api, &api[*of], *request)),
    }
}

fn info(api: &Api, resource: &model::Resource, operation: &model::Operation) -> ir::OperationInfo {
    let (constructor, method) = method(operation.method);
    let page = match &operation.returns {
        Returns::Page(page) => Some(ir::PageInfo {
            items: page.items.clone(),
            own_paging: (api.paging.as_ref() != Some(&page.paging))
                .then(|| (names::paging(&operation.name), page.paging.clone())),
        }),
        Returns::Value(_) | Returns::ByStatus(_) | Returns::Headers | Returns::Nothing => None,
    };
    ir::OperationInfo {
        constructor: names::runtime(constructor),
        method,
        name: format!("{}.{}", resource.name, operation.name),
        path: operation.path.to_string(),
        query: operation.fixed_query.to_string(),
        page,
        response_key: operation.response_key.clone(),
        codec: match &operation.returns {
            Returns::Page(page) => codec(&page.item),
            returns => returns.value().and_then(codec),
        },
        request_key: operation.request_key.clone(),
        fixed: (!operation.fixed.is_empty()).then(|| (names::fixed(&operation.name), operation.fixed.clone())),
        statuses: responses::statuses(&operation.returns),
        idempotent: operation.idempotent,
        authenticated: operation.authenticated,
    }
}

/// Returns the constructor of `OperationInfo`, and the name of the HTTP method.
fn method(method: Method) -> (&'static str, &'static str) {
    match method {
        Method::Get => ("get", "GET"),
        Method::Post => ("post", "POST"),
        Method::Put => ("put", "PUT"),
        Method::Patch => ("patch", "PATCH"),
        Method::Delete => ("delete", "DELETE"),
        Method::Head => ("head", "HEAD"),
    }
}

fn query_parameter(api: &Api, parameter: &model::QueryParameter) -> ir::Parameter {
    let name = parameter.program_name();
    ir::Parameter {
        name: names::field(name),
        setter: names::setter(name),
        wire_name: parameter.name.clone(),
        doc: parameter_doc(name, &parameter.doc, parameter.required),
        deprecated: parameter.deprecated.clone(),
        ty: rust_type(api, &parameter.ty),
        codec: parameter_codec(&parameter.ty),
        encoding: match parameter.style {
            None => Encoding::Query,
            Some(QueryStyle::Comma) => Encoding::Comma,
            Some(QueryStyle::Brackets) => Encoding::Brackets,
            Some(QueryStyle::Deep) => Encoding::Deep,
        },
        required: parameter.required,
    }
}

fn header_parameter(api: &Api, parameter: &model::HeaderParameter) -> ir::Parameter {
    let name = parameter.program_name();
    ir::Parameter {
        name: names::field(name),
        setter: names::setter(name),
        // Header names are case-insensitive, and Rust's HTTP libraries use lower case.
        wire_name: parameter.name.to_lowercase(),
        doc: parameter_doc(name, &parameter.doc, parameter.required),
        deprecated: parameter.deprecated.clone(),
        ty: rust_type(api, &parameter.ty),
        codec: parameter_codec(&parameter.ty),
        encoding: Encoding::Header,
        required: parameter.required,
    }
}

/// Returns the documentation of a required parameter, or of the setter of an optional one.
fn parameter_doc(name: &str, doc: &str, required: bool) -> String {
    let doc = inert(doc).into_owned();
    if required { doc } else { models::setter_doc(name, doc) }
}
