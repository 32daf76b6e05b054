//! The use of types by operations: requests that are derived, types that are sent as they are, types that hold themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::cycles::components;
use super::model::{Api, Body, DerivedRequest, Operation, Page, Returns, Type, TypeDef, TypeId, TypeKind};

/// The use of the types of an API by its operations.
#[derive(Debug)]
pub struct Usage {
    /// The requests that operations derive.
    derived: BTreeSet<(TypeId, DerivedRequest)>,
    /// The types that requests hold as they are.
    sent: BTreeSet<TypeId>,
    /// The types that responses hold.
    received: BTreeSet<TypeId>,
    /// The types that any part of an operation holds.
    used: BTreeSet<TypeId>,
    /// By [`TypeId`]: types are in one component if each leads to the other without a list or map between.
    components: Vec<usize>,
    /// The types that responses show in the place of each type that is sent.
    shown: BTreeMap<TypeId, BTreeSet<TypeId>>,
}

impl Usage {
    pub fn new(api: &Api) -> Self {
        let derived = api.operations().filter_map(|operation| match operation.body {
            Body::Derived { of, request } => Some((of, request)),
            Body::Nothing | Body::Empty | Body::Value(_) => None,
        });
        let sent = api.operations().flat_map(|operation| sent_types(api, operation));
        Self {
            derived: derived.collect(),
            sent: reachable(api, sent),
            received: reachable(api, api.operations().filter_map(received_type)),
            used: reachable(api, api.operations().flat_map(|operation| used_types(api, operation))),
            components: components(&api.types.iter().map(direct_types).collect::<Vec<_>>()),
            shown: shown_types(api),
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

    /// The types that responses show in the place of one that is sent.
    pub fn shown_in_place_of(&self, sent: TypeId) -> impl Iterator<Item = TypeId> {
        self.shown.get(&sent).into_iter().flatten().copied()
    }

    /// Returns `true` if an operation uses a type, directly or through another type.
    pub fn is_used(&self, ty: TypeId) -> bool {
        self.used.contains(&ty)
    }

    /// Returns `true` if a member of a type leads back to it without a list or map between, so that it needs a box.
    pub fn needs_box(&self, holder: TypeId, member: &Type) -> bool {
        match member.unwrap_optional() {
            Type::Named(held) => self.components[held.0] == self.components[holder.0],
            Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Optional(_) => false,
        }
    }
}

/// The types that an operation sends, at the first level.
fn sent_types(api: &Api, operation: &Operation) -> Vec<TypeId> {
    match &operation.body {
        Body::Nothing | Body::Empty => Vec::new(),
        Body::Value(ty) => ty.named().into_iter().collect(),
        Body::Derived { of, request } => {
            let fields = api[*of].sent_fields(*request);
            fields.filter_map(|field| field.sent_type().named()).collect()
        }
    }
}

/// The type that an operation's responses hold, at the first level.
fn received_type(operation: &Operation) -> Option<TypeId> {
    match &operation.returns {
        Returns::Nothing => None,
        Returns::Value(ty) | Returns::Page(Page { item: ty, .. }) => ty.named(),
    }
}

/// For each type that is sent, those that responses show in its place.
fn shown_types(api: &Api) -> BTreeMap<TypeId, BTreeSet<TypeId>> {
    let fields = api.types.iter().flat_map(TypeDef::fields);
    let fields = fields.filter_map(|field| Some((field.send.as_ref()?.named()?, field.ty.named()?)));
    let bodies = api
        .operations()
        .filter_map(|operation| match (&operation.body, &operation.returns) {
            (Body::Value(sent), Returns::Value(shown)) => Some((sent.named()?, shown.named()?)),
            _ => None,
        });
    let mut shown: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    let mut open: Vec<_> = fields.chain(bodies).collect();
    while let Some((from, to)) = open.pop() {
        if from != to && shown.entry(from).or_default().insert(to) {
            open.extend(matching_fields(&api[from], &api[to]));
        }
    }
    shown
}

/// The types of the fields that two objects have under the same names.
fn matching_fields<'a>(from: &'a TypeDef, to: &'a TypeDef) -> impl Iterator<Item = (TypeId, TypeId)> {
    from.fields().iter().filter_map(|field| {
        let same = to.fields().iter().find(|other| other.name == field.name)?;
        Some((field.ty.named()?, same.ty.named()?))
    })
}

/// The types that an operation uses anywhere, at the first level.
fn used_types(api: &Api, operation: &Operation) -> Vec<TypeId> {
    let path = operation.path_parameters.iter().map(|parameter| &parameter.ty);
    let query = operation.query.iter().map(|parameter| &parameter.ty);
    path.chain(query)
        .filter_map(Type::named)
        .chain(received_type(operation))
        .chain(sent_types(api, operation))
        .collect()
}

/// These types and all that they hold.
fn reachable(api: &Api, start: impl Iterator<Item = TypeId>) -> BTreeSet<TypeId> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<_> = start.collect();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(member_types(&api[id]).into_iter().filter_map(Type::named));
        }
    }
    reached
}

fn member_types(ty: &TypeDef) -> Vec<&Type> {
    match &ty.kind {
        TypeKind::Object(fields) => fields
            .iter()
            .filter(|field| field.read)
            .map(|field| &field.ty)
            .collect(),
        TypeKind::Union(variants) => variants.iter().map(|variant| &variant.ty).collect(),
        TypeKind::Enum(_) => Vec::new(),
    }
}

/// The types that a type holds without a list or map between.
fn direct_types(ty: &TypeDef) -> Vec<usize> {
    let members = member_types(ty).into_iter();
    let direct = members.filter_map(|ty| match ty.unwrap_optional() {
        Type::Named(id) => Some(id.0),
        Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Optional(_) => None,
    });
    direct.collect()
}
