//! The effect of each operation on the stored objects.

use super::collections::{Collection, Collections, Kept};
use super::shapes::fake_type;
use crate::api::model::{
    Api, Body, DerivedRequest, Field, Method, Operation, Page, PageSize, PathTemplate, Resource, ResourceId, Returns,
    Type, TypeId,
};
use crate::names;
use crate::rust::ir::{Action, Route};

pub fn routes(api: &Api, collections: &Collections) -> Vec<Route> {
    let resources = api.resources();
    let routes = resources.flat_map(|(id, resource)| {
        let operations = resource.operations.iter();
        operations.map(move |operation| route(api, id, operation, collections))
    });
    routes.collect()
}

fn route(api: &Api, id: ResourceId, operation: &Operation, collections: &Collections) -> Route {
    let Resource { name, singular, .. } = &api[id];
    let effect = match collections.kept(id) {
        Kept::InCollection(own) => on_objects(api, id, own, operation, collections),
        Kept::InField(module) => Effect {
            collection: module.resource,
            action: part_of(operation.method, &api[module.field].name),
            below: match collections.kept(module.resource) {
                Kept::InCollection(owner) => owner.holder,
                Kept::InField(_) => None,
            },
        },
    };
    let action = if is_playable(api, &effect, operation, collections) {
        effect.action
    } else {
        Action::Unknown
    };
    // The keys of an outer object are known only if the path starts with its path.
    let below = effect.below.filter(|below| match collections.kept(*below) {
        Kept::InCollection(outer) => operation.path.strip_prefix(&outer.path).is_some(),
        Kept::InField(_) => false,
    });
    let returns = match &operation.returns {
        Returns::Page(Page { item, .. }) => Some(item),
        other => other.value(),
    };
    Route {
        returns: returns
            .filter(|ty| !follows_from(api, &action, effect.collection, collections, ty))
            .map(|ty| fake_type(api, ty)),
        operation: names::operation(&operation.name, name, singular.as_deref()),
        resource: name.clone(),
        collection: api[effect.collection].name.clone(),
        action,
        below: below.map(|below| api[below].name.clone()),
        status: operation.status,
        body: match &operation.body {
            Body::Value(ty) | Body::Optional(ty) => Some(fake_type(api, ty)),
            Body::Nothing | Body::Empty | Body::Derived { .. } => None,
        },
        query: operation.query.iter().map(|parameter| parameter.name.clone()).collect(),
        size: own_page_size(api, operation),
    }
}

/// Returns `true` if an action results in a value of a type: an object of the collection, one of its fields, or a list.
fn follows_from(api: &Api, action: &Action, collection: ResourceId, collections: &Collections, ty: &Type) -> bool {
    let item = match collections.kept(collection) {
        Kept::InCollection(collection) => collection.item,
        Kept::InField(_) => None,
    };
    match action {
        Action::Unknown => false,
        Action::List | Action::Head => true,
        Action::Create | Action::Get | Action::Update | Action::Replace | Action::Delete | Action::Act => {
            item.is_some_and(|item| *ty.unwrap_optional() == Type::Named(item))
        }
        Action::GetPart(name) | Action::ReplacePart(name) | Action::DeletePart(name) => {
            let mut fields = item.into_iter().flat_map(|item| api[item].fields());
            let field = fields.find(|field| field.name == *name);
            field.is_some_and(|field| field.ty.unwrap_optional() == ty.unwrap_optional())
        }
    }
}

/// Returns the size of the pages of an operation, if it differs from that of the API.
fn own_page_size(api: &Api, operation: &Operation) -> Option<PageSize> {
    match &operation.returns {
        Returns::Page(page) => {
            let of_api = api.paging.as_ref().map(|paging| &paging.size);
            Some(&page.paging.size).filter(|size| of_api != Some(size)).cloned()
        }
        Returns::Value(_) | Returns::ByStatus(_) | Returns::Headers | Returns::Nothing => None,
    }
}

/// Returns `true` if the stored objects and the request body have the fields that the effect needs.
fn is_playable(api: &Api, effect: &Effect, operation: &Operation, collections: &Collections) -> bool {
    let item = match collections.kept(effect.collection) {
        Kept::InCollection(collection) => collection.item,
        Kept::InField(_) => None,
    };
    let has_fields = |ty: &Type| matches!(ty.unwrap_optional(), Type::Named(id) if api[*id].has_keys());
    let body_has_fields = match &operation.body {
        Body::Nothing | Body::Empty | Body::Derived { .. } => true,
        Body::Value(ty) | Body::Optional(ty) => has_fields(ty),
    };
    match &effect.action {
        Action::Create | Action::Update | Action::Replace => item.is_some() && body_has_fields,
        Action::Get | Action::Delete | Action::Act => item.is_some(),
        Action::ReplacePart(name) => {
            let mut fields = item.into_iter().flat_map(|item| api[item].fields());
            let is_object = fields.any(|field| field.name == *name && has_fields(&field.ty));
            is_object && body_has_fields && matches!(operation.body, Body::Value(_) | Body::Optional(_))
        }
        Action::List | Action::GetPart(_) | Action::DeletePart(_) | Action::Head | Action::Unknown => true,
    }
}

struct Effect {
    /// The collection that the operation acts on.
    collection: ResourceId,
    action: Action,
    /// The collection of the outer object in the path.
    below: Option<ResourceId>,
}

/// Returns the effect of an operation whose resource has a collection.
fn on_objects(api: &Api, id: ResourceId, own: &Collection, operation: &Operation, collections: &Collections) -> Effect {
    let path = operation.path.without_ending();
    let rest = path.strip_prefix(&own.path);
    let is_item = rest.as_ref().is_some_and(PathTemplate::is_empty);
    let is_page = matches!(operation.returns, Returns::Page(_)) && !is_item;
    let is_field = rest.as_ref().is_some_and(|rest| field(api, own, rest).is_some());
    let listed = listed_type(operation).filter(|_| is_page || !is_item && !is_field);
    let listed = listed.and_then(|item| collections.of_type(item));
    if is_page || listed.is_some() {
        return Effect {
            collection: listed.unwrap_or(id),
            action: listed.map_or(Action::Unknown, |_| Action::List),
            below: if rest.is_some() { Some(id) } else { own.holder },
        };
    }
    let starts_at_item = rest.is_some() && !(is_item && operation.method == Method::Put);
    let action = match rest {
        Some(rest) if rest.is_empty() => on_item(own, operation),
        Some(rest) => below_item(api, own, operation, &rest),
        None if operation.method == Method::Head => Action::Head,
        None if own.path.parent().shape() == path.shape() => on_collection(api, id, own, operation, collections),
        None => Action::Unknown,
    };
    let is_on_collection = own.path.parent().shape() == path.shape();
    Effect {
        collection: id,
        below: match action {
            Action::Unknown if starts_at_item => Some(id).filter(|_| own.item.is_some()),
            // The object at the start of another path is not known.
            Action::Head if !is_on_collection => None,
            _ => own.holder,
        },
        action,
    }
}

/// Returns the type of the objects that an operation lists.
fn listed_type(operation: &Operation) -> Option<TypeId> {
    match &operation.returns {
        Returns::Page(page) => page.item.named(),
        returns if operation.method == Method::Get => returns.value()?.listed(),
        _ => None,
    }
}

/// Returns the field of an object that the end of a path names.
fn field<'a>(api: &'a Api, own: &Collection, rest: &PathTemplate) -> Option<&'a Field> {
    let name = rest.as_literal()?;
    let mut fields = own.item.into_iter().flat_map(|item| api[item].fields());
    fields.find(|field| field.is_read() && field.name == *name)
}

fn on_item(own: &Collection, operation: &Operation) -> Action {
    // A fixed query may select another effect than that of the method.
    let has_query = !operation.fixed_query.is_empty();
    match operation.method {
        Method::Head => Action::Get,
        Method::Post if has_query && shows_item(own, operation) => Action::Act,
        _ if has_query && !shows_item(own, operation) => Action::Unknown,
        Method::Get => Action::Get,
        Method::Patch => Action::Update,
        // The fields of an update are optional, whatever the method is: absent ones are unchanged.
        Method::Put if is_update(&operation.body) => Action::Update,
        Method::Put => Action::Replace,
        Method::Delete => Action::Delete,
        Method::Post => Action::Unknown,
    }
}

fn is_update(body: &Body) -> bool {
    match body {
        Body::Derived { request, .. } => *request == DerivedRequest::Update,
        Body::Nothing | Body::Empty | Body::Value(_) | Body::Optional(_) => false,
    }
}

/// Returns `true` if an operation returns an object of a collection, or nothing.
fn shows_item(own: &Collection, operation: &Operation) -> bool {
    match &operation.returns {
        Returns::Page(_) => false,
        other => other.value().is_none_or(|ty| ty.named() == own.item),
    }
}

/// Returns the action of an operation whose path extends the path of an object.
fn below_item(api: &Api, own: &Collection, operation: &Operation, rest: &PathTemplate) -> Action {
    if let Some(field) = field(api, own, rest) {
        return part(operation, field);
    }
    match operation.method {
        Method::Head if rest.parameters().next().is_some() => Action::Head,
        Method::Head => Action::Act,
        Method::Post if shows_item(own, operation) => Action::Act,
        Method::Post | Method::Get | Method::Put | Method::Patch | Method::Delete => Action::Unknown,
    }
}

fn on_collection(
    api: &Api,
    id: ResourceId,
    own: &Collection,
    operation: &Operation,
    collections: &Collections,
) -> Action {
    let returned = operation.returns.value().and_then(|ty| ty.unwrap_optional().named());
    let shows_item = returned.is_some() && returned == own.item;
    // A response may contain only the key and a few other fields of the new object.
    let key = collections.key_fields(api, id).pop().flatten();
    let shows_key = key.zip(returned).is_some_and(|(key, returned)| {
        let mut fields = api[returned].fields().iter();
        fields.any(|field| field.is_read() && field.name == key.name && field.ty == key.ty)
    });
    if operation.method == Method::Post && (shows_item || shows_key) {
        Action::Create
    } else {
        Action::Unknown
    }
}

/// Returns the action of an operation on a field that has its own path.
fn part(operation: &Operation, field: &Field) -> Action {
    // An operation with another response or with a body has another effect, too.
    let returned = operation.returns.value().map(Type::unwrap_optional);
    let is_other = match operation.method {
        Method::Get => returned != Some(field.ty.unwrap_optional()),
        Method::Delete => operation.body != Body::Nothing,
        Method::Put | Method::Patch | Method::Post | Method::Head => false,
    };
    if is_other {
        Action::Unknown
    } else {
        part_of(operation.method, &field.name)
    }
}

/// Returns the action of a method on a field.
fn part_of(method: Method, field: &str) -> Action {
    match method {
        Method::Get | Method::Head => Action::GetPart(field.to_owned()),
        Method::Put => Action::ReplacePart(field.to_owned()),
        Method::Delete => Action::DeletePart(field.to_owned()),
        Method::Patch | Method::Post => Action::Unknown,
    }
}
