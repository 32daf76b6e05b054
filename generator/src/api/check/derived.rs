//! The rule for fields of derived requests: an operation sends them.

use crate::api::model::{
    Api, Body, DerivedRequest, InCreate, Method, Operation, Page, Resource, Returns, Type, TypeDef, TypeId,
};
use crate::api::usage::Usage;
use crate::syntax::{Diagnostic, Place};

/// Checks that an operation sends the fields of a type that have the key of a derived request. Reports the first field.
pub fn check_request_is_derived(
    api: &Api,
    usage: &Usage,
    id: TypeId,
    ty: &TypeDef,
    request: DerivedRequest,
) -> Option<Diagnostic> {
    let key = request.name();
    let field = ty.sent_fields(request).next()?;
    if usage.is_derived(id, request) {
        return None;
    }
    let name = &ty.name;
    let error = Diagnostic::new(field.place.entry(key), format!("no `{key}` operation sends `{name}`")).note(format!(
        "fields with `{key}` are sent by an operation named `{key}` that returns `{name}` and has no `body`"
    ));
    let instead = format!("remove `{key}` from the fields of `{name}`");
    let change = without_body(api, id, request)
        .or_else(|| with_response(api, id, request))
        .or_else(|| with_name(api, id, request));
    Some(match change {
        Some(Change { place, label, help }) => error.related(place, label).help(format!("{help}, or {instead}")),
        None if usage.is_sent(id) => error
            .note(format!("a request contains `{name}` as is, with all of its fields"))
            .help(
                if field.create == Some(InCreate::Required) && request == DerivedRequest::Create {
                    "write `required: true` instead of `create: required`".to_owned()
                } else {
                    instead
                },
            ),
        None => error.help(format!("add an operation `{key}` that returns `{name}`, or {instead}")),
    })
}

/// A change to an operation after which it sends the fields of a type.
struct Change {
    place: Place,
    /// The reason why the operation does not send the fields yet.
    label: String,
    help: String,
}

/// Finds an operation with the right name and response, but with a body of its own.
fn without_body(api: &Api, id: TypeId, request: DerivedRequest) -> Option<Change> {
    let key = request.name();
    let mut operations = api.operations();
    let operation = operations.find(|operation| operation.name == key && returns(operation, id))?;
    let body = body(api, operation)?;
    Some(Change {
        place: operation.place.value("body"),
        label: "sent instead of the fields".to_owned(),
        help: format!("remove `body: {body}` from `{key}` to send the fields with `{key}`"),
    })
}

/// Finds an operation with the right name and another response, in a resource that returns the type.
fn with_response(api: &Api, id: TypeId, request: DerivedRequest) -> Option<Change> {
    let key = request.name();
    let name = &api[id].name;
    let mut resources = api.resources.iter().filter(|resource| is_object_of(resource, id));
    let operation = resources.find_map(|resource| named(resource, key))?;
    let is_other = matches!(operation.body, Body::Derived { .. }) || operation.method == Method::Head;
    let written = format!("write `returns: {name}` in `{key}`");
    (!is_other).then(|| Change {
        place: operation.place.clone(),
        label: format!("does not return `{name}`"),
        help: and_without_body(api, operation, written),
    })
}

/// Finds an operation that creates or updates objects of the type, but has another name.
fn with_name(api: &Api, id: TypeId, request: DerivedRequest) -> Option<Change> {
    let key = request.name();
    let (resource, operation) = api.resources.iter().find_map(|resource| {
        let mut operations = resource.operations.iter();
        let found = operations.find(|operation| returns(operation, id) && has_effect(resource, operation, request));
        Some((resource, found?))
    })?;
    let rename = match named(resource, key) {
        Some(_) => format!("move `{}` to a resource of its own as `{key}`", operation.name),
        None => format!("rename `{}` to `{key}`", operation.name),
    };
    Some(Change {
        place: operation.place.clone(),
        label: format!("returns `{}`", api[id].name),
        help: and_without_body(api, operation, rename),
    })
}

/// Adds the removal of the body of an operation to a change.
fn and_without_body(api: &Api, operation: &Operation, change: String) -> String {
    match body(api, operation) {
        Some(body) => format!("{change} and remove its `body: {body}`"),
        None => change,
    }
}

fn named<'a>(resource: &'a Resource, name: &str) -> Option<&'a Operation> {
    resource.operations.iter().find(|operation| operation.name == name)
}

fn returns(operation: &Operation, id: TypeId) -> bool {
    matches!(operation.returns.value(), Some(Type::Named(returned)) if *returned == id)
}

/// Returns `true` if a resource returns objects of a type, alone or in a list.
fn is_object_of(resource: &Resource, id: TypeId) -> bool {
    let mut operations = resource.operations.iter();
    operations.any(|operation| match &operation.returns {
        Returns::Page(Page { item, .. }) => item.named() == Some(id),
        returns => returns.value().and_then(Type::named) == Some(id),
    })
}

/// Returns `true` if the method and path of an operation are those of a request that creates or updates an object.
fn has_effect(resource: &Resource, operation: &Operation, request: DerivedRequest) -> bool {
    let is_item = |operation: &Operation| operation.path.without_ending().ends_with_parameter();
    match (request, operation.method) {
        (DerivedRequest::Create, Method::Post) => {
            let mut items = resource.operations.iter().filter(|other| is_item(other));
            !items.any(|item| operation.path.strip_prefix(&item.path.without_ending()).is_some())
        }
        (DerivedRequest::Update, Method::Post | Method::Put | Method::Patch) => is_item(operation),
        (DerivedRequest::Create, Method::Put | Method::Patch) | (_, Method::Get | Method::Head | Method::Delete) => {
            false
        }
    }
}

/// Returns the `body` of an operation as written, or `None` if it has none.
fn body(api: &Api, operation: &Operation) -> Option<String> {
    match &operation.body {
        Body::Nothing | Body::Derived { .. } => None,
        // Constants are a body without `body`.
        Body::Empty => operation.fixed.is_empty().then(|| "empty".to_owned()),
        Body::Value(ty) => Some(written(api, ty)),
        Body::Optional(ty) => Some(format!("optional<{}>", written(api, ty))),
    }
}

/// Returns a type as written in the schema.
fn written(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Scalar(scalar) => scalar.name().to_owned(),
        Type::List(item) => format!("list<{}>", written(api, item)),
        Type::Map(item) => format!("map<{}>", written(api, item)),
        Type::Optional(inner) => format!("optional<{}>", written(api, inner)),
        Type::Named(id) => api[*id].name.clone(),
    }
}
