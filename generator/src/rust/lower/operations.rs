//! Lowers operations: methods, request builders, and structs that encode themselves.

use super::types::rust_type;
use super::{examples, models};
use crate::api::checked::Checked;
use crate::api::model::{self, Api, Method, Returns};
use crate::names;
use crate::rust::ir::{self, Argument};
use crate::rust::markdown::inert;

pub fn operation(checked: &Checked, resource: &model::Resource, operation: &model::Operation) -> ir::Operation {
    let api = &checked.api;
    let path = operation.path_parameters.iter().map(|parameter| Argument {
        name: names::field(&parameter.name),
        ty: rust_type(api, &parameter.ty),
    });
    let query = operation.query.iter();
    let name = names::operation(&operation.name, &resource.name, resource.singular.as_deref());
    ir::Operation {
        method: names::method(&operation.name),
        call: names::call(&name),
        name,
        doc: inert(&operation.doc).into_owned(),
        deprecated: operation.deprecated.clone(),
        example: examples::example(checked, resource, operation),
        info: info(resource, operation),
        path: path.collect(),
        query: query.map(|parameter| query_parameter(api, parameter)).collect(),
        body: body(api, operation),
        output: match &operation.returns {
            Returns::Nothing => ir::Output::Nothing,
            Returns::Value(ty) => ir::Output::Value(rust_type(api, ty)),
            Returns::Page(page) => ir::Output::Page(rust_type(api, &page.item)),
        },
    }
}

fn body(api: &Api, operation: &model::Operation) -> ir::RequestBody {
    match &operation.body {
        model::Body::Nothing => ir::RequestBody::Nothing,
        model::Body::Empty => ir::RequestBody::Empty,
        model::Body::Value(ty) => ir::RequestBody::Whole(rust_type(api, ty)),
        model::Body::Derived { of, request } => ir::RequestBody::Derived(models::derived(api, &api[*of], *request)),
    }
}

fn info(resource: &model::Resource, operation: &model::Operation) -> ir::OperationInfo {
    let (constructor, method) = method(operation.method);
    let items = match &operation.returns {
        Returns::Page(page) => Some(page.key.clone()),
        Returns::Value(_) | Returns::Nothing => None,
    };
    ir::OperationInfo {
        constructor: names::runtime(constructor),
        method,
        name: format!("{}.{}", resource.name, operation.name),
        path: operation.path.to_string(),
        items,
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
    }
}

fn query_parameter(api: &Api, parameter: &model::QueryParameter) -> ir::QueryParameter {
    ir::QueryParameter {
        name: names::field(parameter.program_name()),
        wire_name: parameter.name.clone(),
        doc: inert(&parameter.doc).into_owned(),
        ty: rust_type(api, &parameter.ty),
    }
}
