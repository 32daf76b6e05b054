//! Claims every name in its namespace.

use crate::api::model::{Api, Body, InCreate, InUpdate, Operation, Request, Resource, TypeDef, TypeKind};
use crate::api::usage::Usage;
use crate::names::{self, Owner, Scope};
use crate::syntax::{Diagnostic, Diagnostics, Place};

pub fn check(api: &Api, usage: &Usage) -> Diagnostics {
    let mut errors = Diagnostics::default();
    let mut types = Scope::types();
    let mut modules = Scope::modules();
    let mut accessors = Scope::accessors();
    for resource in &api.resources {
        let (module, handle) = (names::module(&resource.name), names::handle(&resource.name));
        let owner = Owner::Resource(&resource.name);
        errors.extend(modules.claim(&module, owner, &resource.place));
        errors.extend(accessors.claim(&module, owner, &resource.place));
        errors.extend(types.claim(&handle, owner, &resource.place));
        check_operations(resource, usage, &mut types, &mut errors);
    }
    for ty in api.types() {
        errors.extend(types.claim(&names::model(&ty.name), Owner::Type(&ty.name), &ty.place));
        errors.extend(check_members(ty));
        if usage.is_sent(&ty.name) {
            errors.extend(check_model_setters(ty));
        }
    }
    for (ty, request) in derived_requests(api, usage) {
        let operation = request.name();
        let name = names::request_model(&ty.name, operation);
        errors.extend(types.claim(
            &name,
            Owner::Request {
                operation,
                ty: &ty.name,
            },
            &ty.place,
        ));
    }
    errors
}

/// The requests that operations derive, with the types that they are derived from.
fn derived_requests<'a>(api: &'a Api, usage: &Usage) -> impl Iterator<Item = (&'a TypeDef, Request)> {
    let requests = api
        .types()
        .flat_map(|ty| [(ty, Request::Create), (ty, Request::Update)]);
    requests.filter(|(ty, request)| usage.is_derived(&ty.name, *request))
}

fn check_operations(resource: &Resource, usage: &Usage, types: &mut Scope, errors: &mut Diagnostics) {
    let mut methods = Scope::methods();
    for operation in &resource.operations {
        let owner = Owner::Operation(&operation.name);
        errors.extend(methods.claim(&names::method(&operation.name), owner, &operation.place));
        if let Body::Derived { .. } = operation.body {
            errors.extend(methods.claim(&names::from_model(&operation.name), owner, &operation.place));
        }
        let name = names::operation(&operation.name, &resource.name, resource.singular.as_deref());
        errors.extend(types.claim(&name, owner, &operation.place));
        check_parameters(operation, usage, errors);
    }
}

/// The arguments of an operation's method, the fields of its struct, and the setters of its call.
fn check_parameters(operation: &Operation, usage: &Usage, errors: &mut Diagnostics) {
    let (mut arguments, mut fields, mut setters) = (Scope::members(), Scope::members(), Scope::setters());
    let mut claim = |scope: &mut Scope, name: &str, owner: Owner, place: &Place| {
        errors.extend(scope.claim(&names::field(name), owner, place));
    };
    if operation.body != Body::Nothing {
        claim(&mut fields, "body", Owner::Body, &operation.place);
    }
    if let Body::Value(_) = operation.body {
        claim(&mut arguments, "body", Owner::Body, &operation.place);
    }
    for parameter in &operation.path_parameters {
        let (name, place) = (&parameter.name, operation.place.value("http"));
        claim(&mut arguments, name, Owner::PathParameter(name), &place);
        claim(&mut fields, name, Owner::PathParameter(name), &place);
    }
    for parameter in &operation.query {
        let owner = Owner::QueryParameter(&parameter.name);
        claim(&mut fields, parameter.program_name(), owner, &parameter.place);
        claim(&mut setters, parameter.program_name(), owner, &parameter.place);
    }
    let Body::Derived { of, request } = &operation.body else {
        return;
    };
    for field in usage.definition(of).into_iter().flat_map(|ty| ty.sent_fields(*request)) {
        let required = *request == Request::Create && field.create == Some(InCreate::Required);
        let scope = if required { &mut arguments } else { &mut setters };
        claim(scope, field.program_name(), Owner::Field(&field.name), &field.place);
        if *request == Request::Update && field.update == Some(InUpdate::Clearable) {
            let clear = names::clear(field.program_name()).to_string();
            claim(&mut setters, &clear, Owner::Clear(&field.name), &field.place);
        }
    }
}

fn check_model_setters(ty: &TypeDef) -> Vec<Diagnostic> {
    let mut scope = Scope::model_setters();
    let fields = ty.fields().iter().filter(|field| field.read && !field.required);
    fields
        .filter_map(|field| {
            scope.claim(
                &names::field(field.program_name()),
                Owner::Field(&field.name),
                &field.place,
            )
        })
        .collect()
}

fn check_members(ty: &TypeDef) -> Vec<Diagnostic> {
    let mut scope = Scope::members();
    match &ty.kind {
        TypeKind::Object(fields) => fields
            .iter()
            .filter_map(|field| {
                scope.claim(
                    &names::field(field.program_name()),
                    Owner::Field(&field.name),
                    &field.place,
                )
            })
            .collect(),
        TypeKind::Enum(values) => values
            .iter()
            .filter_map(|value| scope.claim(&names::variant(&value.name), Owner::Value(&value.name), &value.place))
            .collect(),
        TypeKind::Union(variants) => variants
            .iter()
            .filter_map(|variant| scope.claim(&names::variant(&variant.key), Owner::Key(&variant.key), &variant.place))
            .collect(),
    }
}
