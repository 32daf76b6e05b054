//! Rules against name collisions in generated code.

use std::borrow::Cow;
use std::collections::BTreeSet;

use proc_macro2::Ident;

use super::values::{is_named, with_name};
use crate::api::model::{Api, Body, DerivedRequest, InCreate, Operation, Resource, TypeDef, TypeId, TypeKind};
use crate::api::usage::Usage;
use crate::names::{self, Collision, Scope};
use crate::syntax::{Diagnostic, Diagnostics, Place};

pub fn check(api: &Api, usage: &Usage, errors: &mut Diagnostics) {
    let mut types = Scope::types();
    let mut modules = Scope::modules();
    let mut accessors = Scope::accessors();
    for resource in &api.resources {
        let (module, handle) = (names::module(&resource.name), names::handle(&resource.name));
        let owner = Owner::Resource(&resource.name);
        errors.extend(claim(&mut modules, &module, owner, &resource.place));
        errors.extend(claim(&mut accessors, &module, owner, &resource.place));
        errors.extend(claim(&mut types, &handle, owner, &resource.place));
        check_operations(api, resource, &mut types, errors);
    }
    for (id, ty) in api.types() {
        let (name, owner) = (names::model(&ty.name), Owner::Type(&ty.name));
        let taken = claim(&mut types, &name, owner, &ty.place);
        let mut handles = api.resources.iter().map(|resource| names::handle(&resource.name));
        errors.extend(taken.map(|error| {
            if handles.any(|handle| handle == name) {
                error.help("write the resource in the plural, such as `things`, or rename the type")
            } else {
                error
            }
        }));
        errors.extend(check_members(ty));
        if usage.is_sent(id) {
            errors.extend(check_model_setters(ty));
        }
    }
    for (ty, request) in derived_requests(api, usage) {
        let (ty, operation) = (&api[ty], request.name());
        let name = names::request_model(&ty.name, operation);
        let owner = Owner::Request {
            operation,
            ty: &ty.name,
        };
        errors.extend(claim(&mut types, &name, owner, &ty.place));
    }
}

/// Claims an identifier for the definition at a place. Returns an error if it is taken.
fn claim<'a>(scope: &mut Scope<&'a Place>, ident: &Ident, owner: Owner, place: &'a Place) -> Option<Diagnostic> {
    let collision = scope.claim(ident, place).err()?;
    let message = format!("the Rust name `{ident}` for {} is already taken", owner.describe());
    let error = Diagnostic::new(place.clone(), message).help(owner.fix());
    Some(match collision {
        Collision::Reserved(reason) => error.note(reason),
        Collision::Claimed(first) => error.related(Place::clone(first), format!("`{ident}` is first used here")),
    })
}

/// Returns the derived requests that operations send, with the types that they are derived from.
fn derived_requests(api: &Api, usage: &Usage) -> impl Iterator<Item = (TypeId, DerivedRequest)> {
    let requests = api
        .types()
        .flat_map(|(id, _)| [(id, DerivedRequest::Create), (id, DerivedRequest::Update)]);
    requests.filter(|(id, request)| usage.is_derived(*id, *request))
}

fn check_operations<'a>(api: &Api, resource: &'a Resource, types: &mut Scope<&'a Place>, errors: &mut Diagnostics) {
    let mut methods = Scope::methods();
    for operation in &resource.operations {
        let (owner, place) = (Owner::Operation(&operation.name), &operation.place);
        errors.extend(claim(&mut methods, &names::method(&operation.name), owner, place));
        if let Body::Derived { .. } = operation.body {
            errors.extend(claim(&mut methods, &names::from_model(&operation.name), owner, place));
        }
        let name = names::operation(&operation.name, &resource.name, resource.singular.as_deref());
        errors.extend(claim(types, &name, owner, place));
        errors.extend(claim(types, &names::call(&name), owner, place));
        if operation.returns.values().len() > 1 {
            errors.extend(claim(types, &names::response(&name), owner, place));
        }
        check_parameters(api, operation, errors);
    }
}

/// Checks the arguments of an operation's methods, and the setters of its call.
fn check_parameters(api: &Api, operation: &Operation, errors: &mut Diagnostics) {
    let http = operation.place.value("http");
    // A derived request has a method that takes its required fields, and one that takes the whole request body.
    let (mut arguments, mut with_body, mut setters) = (Scope::members(), Scope::members(), Scope::setters());
    let mut claim = |scope: &mut Scope<_>, name: Ident, owner: Owner, place| {
        errors.extend(claim(scope, &name, owner, place));
    };
    match operation.body {
        Body::Value(_) | Body::Derived { .. } => {
            claim(&mut with_body, names::field("body"), Owner::Body, &operation.place);
        }
        Body::Optional(_) => claim(&mut setters, names::field("body"), Owner::Body, &operation.place),
        Body::Nothing | Body::Empty => {}
    }
    // Another rule reports duplicate parameters.
    let mut seen = BTreeSet::new();
    let path = operation.path_parameters.iter();
    for parameter in path.filter(|parameter| seen.insert(&parameter.name)) {
        let name = &parameter.name;
        claim(&mut arguments, names::field(name), Owner::PathParameter(name), &http);
        claim(&mut with_body, names::field(name), Owner::PathParameter(name), &http);
    }
    for (name, required, owner, place) in named_parameters(operation) {
        if required {
            claim(&mut arguments, names::field(name), owner, place);
            claim(&mut with_body, names::field(name), owner, place);
        } else {
            claim(&mut setters, names::setter(name), owner, place);
        }
    }
    let Body::Derived { of, request } = operation.body else {
        return;
    };
    for field in api[of].sent_fields(request) {
        let required = request == DerivedRequest::Create && field.create == Some(InCreate::Required);
        let (name, owner) = (field.program_name(), Owner::Field(&field.name));
        if required {
            claim(&mut arguments, names::field(name), owner, &field.place);
        } else {
            claim(&mut setters, names::setter(name), owner, &field.place);
        }
        if field.is_clearable(request) {
            let clear = names::clear(field.program_name());
            claim(&mut setters, clear, Owner::Clear(&field.name), &field.place);
        }
    }
}

/// Returns the query parameters and headers with their names in generated code, and whether they are required. Another rule
/// reports duplicate parameters.
fn named_parameters(operation: &Operation) -> impl Iterator<Item = (&str, bool, Owner<'_>, &Place)> {
    let mut seen = BTreeSet::new();
    let query = operation
        .query
        .iter()
        .filter(move |parameter| seen.insert(&parameter.name));
    let query = query.map(|parameter| {
        let owner = Owner::QueryParameter(&parameter.name);
        (parameter.program_name(), parameter.required, owner, &parameter.place)
    });
    let headers = operation.headers.iter().map(|parameter| {
        let owner = Owner::Header(&parameter.name);
        (parameter.program_name(), parameter.required, owner, &parameter.place)
    });
    query.chain(headers)
}

fn check_model_setters(ty: &TypeDef) -> Vec<Diagnostic> {
    let mut scope = Scope::model_setters();
    let fields = ty.fields().iter().filter(|field| field.is_read() && !field.required);
    let fields = fields.map(|field| (field.program_name(), Owner::Field(&field.name), &field.place));
    let additional = ty.additional.as_ref();
    let additional = additional.map(|additional| (additional.name.as_str(), Owner::Additional, &additional.place));
    fields
        .chain(additional)
        .filter_map(|(name, owner, place)| claim(&mut scope, &names::field(name), owner, place))
        .collect()
}

fn check_members(ty: &TypeDef) -> Vec<Diagnostic> {
    let mut scope = Scope::members();
    let members: Vec<(Ident, Owner, &Place)> = match &ty.kind {
        TypeKind::Object(fields) => fields
            .iter()
            .map(|field| {
                (
                    names::field(field.program_name()),
                    Owner::Field(&field.name),
                    &field.place,
                )
            })
            .chain(ty.additional.as_ref().map(|additional| {
                let name = names::field(&additional.name);
                (name, Owner::Additional, &additional.place)
            }))
            .collect(),
        TypeKind::Enum(values) => values
            .iter()
            .filter(|value| is_named(value))
            .map(|value| {
                let owner = Owner::Value(&value.name);
                (names::variant(&value.program_name()), owner, &value.place)
            })
            .collect(),
        TypeKind::IntegerEnum(values) => values
            .iter()
            .filter(|value| value.alias.is_some())
            .map(|value| {
                let owner = Owner::Integer(value.name);
                (names::variant(&value.program_name()), owner, &value.place)
            })
            .collect(),
        TypeKind::Union(union) => union
            .members
            .iter()
            .map(|member| {
                (
                    names::variant(member.program_name()),
                    Owner::Key(&member.key),
                    &member.place,
                )
            })
            .collect(),
    };
    members
        .iter()
        .filter_map(|(name, owner, place)| claim(&mut scope, name, *owner, place))
        .collect()
}

/// The definition that an identifier belongs to.
#[derive(Clone, Copy, Debug)]
enum Owner<'a> {
    Resource(&'a str),
    Operation(&'a str),
    Type(&'a str),
    /// The request body that an operation derives from a type.
    Request {
        operation: &'a str,
        ty: &'a str,
    },
    Body,
    PathParameter(&'a str),
    QueryParameter(&'a str),
    Header(&'a str),
    Field(&'a str),
    /// The keys of an object that are not fields.
    Additional,
    /// The setter that sets a field to null.
    Clear(&'a str),
    /// A value of a string enum.
    Value(&'a str),
    /// A value of an integer enum.
    Integer(i64),
    /// A key of a union.
    Key(&'a str),
}

impl Owner<'_> {
    fn describe(self) -> String {
        match self {
            Self::Resource(name) => format!("resource `{name}`"),
            Self::Operation(name) => format!("operation `{name}`"),
            Self::Type(name) => format!("type `{name}`"),
            Self::Request { operation, ty } => format!("the `{operation}` request body of type `{ty}`"),
            Self::Body => "the request body".to_owned(),
            Self::PathParameter(name) => format!("path parameter `{name}`"),
            Self::QueryParameter(name) => format!("query parameter `{name}`"),
            Self::Header(name) => format!("header `{name}`"),
            Self::Field(name) => format!("field `{name}`"),
            Self::Additional => "`additional`".to_owned(),
            Self::Clear(name) => format!("the setter that clears field `{name}`"),
            Self::Value(name) => format!("value `{name}`"),
            Self::Integer(number) => format!("value `{number}`"),
            Self::Key(name) => format!("key `{name}`"),
        }
    }

    /// Returns the fix for a taken name. Wire names cannot be changed.
    fn fix(self) -> Cow<'static, str> {
        let fix = match self {
            Self::Resource(_) => "rename the resource",
            Self::Operation(_) => "rename the operation",
            Self::Type(_) => "rename the type",
            Self::PathParameter(_) => "rename the path parameter",
            Self::Request { .. } | Self::Body => "rename the other definition",
            Self::QueryParameter(_) | Self::Header(_) | Self::Field(_) | Self::Clear(_) | Self::Integer(_) => {
                "set another Rust name with `as: NAME`"
            }
            Self::Value(name) => return format!("set another Rust name with `{}`", with_name(name)).into(),
            Self::Additional | Self::Key(_) => "set another Rust name with `{ as: NAME, type: T }`",
        };
        fix.into()
    }
}
