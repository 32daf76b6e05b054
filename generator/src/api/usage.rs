//! The usage of types by operations: derived requests, types that are sent as is, and recursive types.

use std::collections::{BTreeMap, BTreeSet};

use super::cycles::components;
use super::model::{
    Api, Body, DerivedRequest, Field, Operation, Page, ResourceId, Returns, Type, TypeDef, TypeId, TypeKind,
};

/// The usage of an API's types by its operations.
#[derive(Debug)]
pub struct Usage {
    /// Derived requests that operations send.
    derived: BTreeSet<(TypeId, DerivedRequest)>,
    /// Types that requests contain as is.
    sent: BTreeSet<TypeId>,
    /// Types that responses contain.
    received: BTreeSet<TypeId>,
    /// Types that any part of an operation contains, by [`ResourceId`].
    used: Vec<BTreeSet<TypeId>>,
    /// Components by [`TypeId`]. Types share one if each contains the other without a list or map in between.
    components: Vec<usize>,
    /// The types that responses contain in place of each sent type.
    response_types: BTreeMap<TypeId, BTreeSet<TypeId>>,
}

impl Usage {
    pub fn new(api: &Api) -> Self {
        let derived = api.operations().filter_map(|operation| match operation.body {
            Body::Derived { of, request } => Some((of, request)),
            Body::Nothing | Body::Empty | Body::Value(_) | Body::Optional(_) => None,
        });
        let sent = api.operations().flat_map(|operation| sent_types(api, operation));
        Self {
            derived: derived.collect(),
            sent: reachable(api, sent),
            received: reachable(api, api.operations().flat_map(received_types)),
            used: used_by_resources(api),
            components: components(&api.types.iter().map(direct_types).collect::<Vec<_>>()),
            response_types: response_types(api),
        }
    }

    pub fn is_derived(&self, ty: TypeId, request: DerivedRequest) -> bool {
        self.derived.contains(&(ty, request))
    }

    pub fn is_sent(&self, ty: TypeId) -> bool {
        self.sent.contains(&ty)
    }

    pub fn is_received(&self, ty: TypeId) -> bool {
        self.received.contains(&ty)
    }

    /// Returns the types that responses contain in place of a sent type.
    pub fn response_types(&self, sent: TypeId) -> impl Iterator<Item = TypeId> {
        self.response_types.get(&sent).into_iter().flatten().copied()
    }

    /// Returns `true` if an operation uses a type, directly or through another type.
    pub fn is_used(&self, ty: TypeId) -> bool {
        self.used.iter().any(|used| used.contains(&ty))
    }

    /// Returns `true` if an operation of another resource uses a type, directly or through another type.
    pub fn is_used_elsewhere(&self, resource: ResourceId, ty: TypeId) -> bool {
        let mut used = self.used.iter().enumerate();
        used.any(|(index, used)| index != resource.0 && used.contains(&ty))
    }

    /// Returns `true` if a response without a field, or with null in it, is an error.
    pub fn must_be_present(&self, api: &Api, ty: TypeId, field: &Field) -> bool {
        let by_rule = if self.is_received(ty) {
            api.requires_in_responses(field)
        } else {
            field.required
        };
        by_rule || field.has_no_empty_value()
    }

    /// Returns the keys that a value of a type must have to be decoded.
    pub fn required_keys<'a>(&self, api: &'a Api, ty: TypeId) -> impl Iterator<Item = &'a str> {
        let fields = api[ty].fields().iter().filter(|field| field.is_read());
        fields
            .filter(move |field| self.must_be_present(api, ty, field))
            .map(|field| field.name.as_str())
    }

    /// Returns `true` if a member must be boxed because it contains its holder without a list or map in between.
    pub fn needs_box(&self, holder: TypeId, member: &Type) -> bool {
        match member.unwrap_optional() {
            Type::Named(id) => self.components[id.0] == self.components[holder.0],
            Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Optional(_) => false,
        }
    }
}

/// Returns the types that an operation sends, without the types nested in them.
fn sent_types(api: &Api, operation: &Operation) -> Vec<TypeId> {
    let query = operation.query.iter().filter_map(|parameter| parameter.ty.named());
    body_types(api, operation).into_iter().chain(query).collect()
}

fn body_types(api: &Api, operation: &Operation) -> Vec<TypeId> {
    match &operation.body {
        Body::Nothing | Body::Empty => Vec::new(),
        Body::Value(ty) | Body::Optional(ty) => ty.named().into_iter().collect(),
        Body::Derived { of, request } => {
            let fields = api[*of].sent_fields(*request);
            fields.filter_map(|field| field.sent_type().named()).collect()
        }
    }
}

/// Returns the types that an operation returns, without the types nested in them.
fn received_types(operation: &Operation) -> impl Iterator<Item = TypeId> {
    let types = match &operation.returns {
        Returns::Page(Page { item, .. }) => vec![item],
        other => other.values(),
    };
    types.into_iter().filter_map(Type::named)
}

/// Maps each type used in requests to the types that responses use instead.
fn response_types(api: &Api) -> BTreeMap<TypeId, BTreeSet<TypeId>> {
    let fields = api.types.iter().flat_map(TypeDef::fields);
    let fields = fields.filter_map(|field| Some((field.send.as_ref()?.named()?, field.ty.named()?)));
    let bodies = api
        .operations()
        .filter_map(|operation| match (&operation.body, operation.returns.value()) {
            (Body::Value(sent) | Body::Optional(sent), Some(returned)) => Some((sent.named()?, returned.named()?)),
            _ => None,
        });
    let mut types: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    let mut pending: Vec<_> = fields.chain(bodies).collect();
    while let Some((from, to)) = pending.pop() {
        if from != to && types.entry(from).or_default().insert(to) {
            pending.extend(matching_fields(&api[from], &api[to]));
        }
    }
    types
}

/// Returns the types of fields that have the same name in two objects.
fn matching_fields<'a>(from: &'a TypeDef, to: &'a TypeDef) -> impl Iterator<Item = (TypeId, TypeId)> {
    from.fields().iter().filter_map(|field| {
        let same = to.fields().iter().find(|other| other.name == field.name)?;
        Some((field.ty.named()?, same.ty.named()?))
    })
}

/// Returns the types that any part of an operation uses, without the types nested in them.
fn used_types(api: &Api, operation: &Operation) -> Vec<TypeId> {
    let path = operation.path_parameters.iter().map(|parameter| &parameter.ty);
    let headers = operation.headers.iter().map(|parameter| &parameter.ty);
    path.chain(headers)
        .filter_map(Type::named)
        .chain(received_types(operation))
        .chain(sent_types(api, operation))
        .collect()
}

/// Returns the types that each resource's operations use, directly or through other types.
fn used_by_resources(api: &Api) -> Vec<BTreeSet<TypeId>> {
    let resources = api.resources.iter();
    let types = resources.map(|resource| {
        let operations = resource.operations.iter();
        reachable(api, operations.flat_map(|operation| used_types(api, operation)))
    });
    types.collect()
}

/// Returns the given types and all types nested in them.
fn reachable(api: &Api, start: impl Iterator<Item = TypeId>) -> BTreeSet<TypeId> {
    let mut reached = BTreeSet::new();
    let mut pending: Vec<_> = start.collect();
    while let Some(id) = pending.pop() {
        if reached.insert(id) {
            pending.extend(member_types(&api[id]).into_iter().filter_map(Type::named));
        }
    }
    reached
}

fn member_types(ty: &TypeDef) -> Vec<&Type> {
    match &ty.kind {
        TypeKind::Object(fields) => fields
            .iter()
            .filter(|field| field.is_read())
            .map(|field| &field.ty)
            .chain(ty.additional.as_ref().map(|additional| &additional.ty))
            .collect(),
        TypeKind::Union(union) => union.members.iter().filter_map(|member| member.ty.as_ref()).collect(),
        TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => Vec::new(),
    }
}

/// Returns the types that a type contains without a list or map in between.
fn direct_types(ty: &TypeDef) -> Vec<usize> {
    let members = member_types(ty).into_iter();
    let direct = members.filter_map(|ty| match ty.unwrap_optional() {
        Type::Named(id) => Some(id.0),
        Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Optional(_) => None,
    });
    direct.collect()
}
