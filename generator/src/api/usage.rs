//! Where types are used: which requests are derived, which objects are sent as they are, which hold themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::model::{Api, Body, Field, Operation, Request, Returns, Type, TypeDef, TypeKind, Value};

/// What is known of the types of an API as a whole.
pub struct Usage<'a> {
    types: BTreeMap<&'a str, &'a TypeDef>,
    /// The requests that operations derive.
    derived: BTreeSet<(&'a str, Request)>,
    /// The types that requests hold as they are.
    sent: BTreeSet<&'a str>,
    /// The types that answers hold.
    received: BTreeSet<&'a str>,
    /// The types that any part of an operation holds.
    used: BTreeSet<&'a str>,
    /// The types that each type holds without a list or map between.
    direct: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// The types that answers show in the place of each type that is sent.
    shown: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Usage<'a> {
    pub fn new(api: &'a Api) -> Self {
        let all: BTreeMap<&str, &TypeDef> = api.types().map(|ty| (ty.name.as_str(), ty)).collect();
        let types = &all;
        let derived = api.operations().filter_map(|operation| match &operation.body {
            Body::Derived { of, request } => Some((of.as_str(), *request)),
            Body::Nothing | Body::Empty | Body::Value(_) => None,
        });
        let sent = api.operations().flat_map(|operation| sent_names(operation, types));
        let received = api.operations().filter_map(received_name);
        Self {
            derived: derived.collect(),
            sent: reachable(sent, types),
            received: reachable(received, types),
            used: reachable(
                api.operations().flat_map(|operation| used_names(operation, types)),
                types,
            ),
            direct: types.values().map(|ty| (ty.name.as_str(), direct_names(ty))).collect(),
            shown: shown_types(api, types),
            types: all,
        }
    }

    /// The definition of a type.
    pub fn definition(&self, name: &str) -> Option<&'a TypeDef> {
        self.types.get(name).copied()
    }

    /// The values of an enumeration; none where the type is no enumeration.
    pub fn values(&self, name: &str) -> Option<&'a [Value]> {
        match &self.definition(name)?.kind {
            TypeKind::Enum(values) => Some(values),
            TypeKind::Object(_) | TypeKind::Union(_) => None,
        }
    }

    pub fn is_derived(&self, ty: &str, request: Request) -> bool {
        self.derived.contains(&(ty, request))
    }

    pub fn is_sent(&self, ty: &str) -> bool {
        self.sent.contains(ty)
    }

    pub fn is_received(&self, ty: &str) -> bool {
        self.received.contains(ty)
    }

    /// The types that answers show in the place of one that is sent.
    pub fn shown_in_place_of(&self, sent: &str) -> impl Iterator<Item = &'a str> {
        self.shown.get(sent).into_iter().flatten().copied()
    }

    /// Whether any operation uses a type, directly or through another type.
    pub fn is_used(&self, ty: &str) -> bool {
        self.used.contains(ty)
    }

    /// Whether a type leads back to another without a list or map between, so that it needs a box.
    pub fn leads_to(&self, from: &str, to: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(name) = open.pop() {
            if name == to {
                return true;
            }
            if seen.insert(name) {
                open.extend(self.direct.get(name).into_iter().flatten());
            }
        }
        false
    }
}

/// The types that an operation sends, at the first level.
fn sent_names<'a>(operation: &'a Operation, types: &BTreeMap<&'a str, &'a TypeDef>) -> Vec<&'a str> {
    match &operation.body {
        Body::Nothing | Body::Empty => Vec::new(),
        Body::Value(ty) => ty.name().into_iter().collect(),
        Body::Derived { of, request } => {
            let ty = types.get(of.as_str()).copied();
            let fields = ty.into_iter().flat_map(|ty| ty.sent_fields(*request));
            fields.filter_map(|field| field.sent_type().name()).collect()
        }
    }
}

/// The type that an operation's answers hold, at the first level.
fn received_name(operation: &Operation) -> Option<&str> {
    match &operation.returns {
        Returns::Nothing => None,
        Returns::Value(ty) | Returns::Page { item: ty, .. } => ty.name(),
    }
}

/// For each type that is sent, those that answers show in its place.
fn shown_types<'a>(api: &'a Api, types: &BTreeMap<&'a str, &'a TypeDef>) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let fields = types.values().flat_map(|ty| ty.fields());
    let fields = fields.filter_map(|field| Some((field.send.as_ref()?.name()?, field.ty.name()?)));
    let bodies = api
        .operations()
        .filter_map(|operation| match (&operation.body, &operation.returns) {
            (Body::Value(sent), Returns::Value(shown)) => Some((sent.name()?, shown.name()?)),
            _ => None,
        });
    let mut shown: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut open: Vec<_> = fields.chain(bodies).collect();
    while let Some((from, to)) = open.pop() {
        if from != to && shown.entry(from).or_default().insert(to) {
            open.extend(matching_fields(from, to, types));
        }
    }
    shown
}

/// The types of the fields that two objects have under the same names.
fn matching_fields<'a>(from: &str, to: &str, types: &BTreeMap<&'a str, &'a TypeDef>) -> Vec<(&'a str, &'a str)> {
    let fields = |name: &str| types.get(name).into_iter().flat_map(|ty| ty.fields());
    let same = |field: &'a Field| fields(to).find(|other| other.name == field.name);
    fields(from)
        .filter_map(|field| Some((field.ty.name()?, same(field)?.ty.name()?)))
        .collect()
}

/// The types that an operation uses anywhere, at the first level.
fn used_names<'a>(operation: &'a Operation, types: &BTreeMap<&'a str, &'a TypeDef>) -> Vec<&'a str> {
    let path = operation
        .path_parameters
        .iter()
        .filter_map(|parameter| parameter.ty.name());
    let query = operation.query.iter().filter_map(|parameter| parameter.ty.name());
    path.chain(query)
        .chain(received_name(operation))
        .chain(sent_names(operation, types))
        .collect()
}

/// These types and all that they hold.
fn reachable<'a>(start: impl Iterator<Item = &'a str>, types: &BTreeMap<&'a str, &'a TypeDef>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<_> = start.collect();
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            open.extend(
                types
                    .get(name)
                    .into_iter()
                    .flat_map(|ty| member_types(ty))
                    .filter_map(Type::name),
            );
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

fn direct_names(ty: &TypeDef) -> BTreeSet<&str> {
    let direct = |ty: &&Type| matches!(ty.unwrap_optional(), Type::Named(_));
    member_types(ty)
        .into_iter()
        .filter(direct)
        .filter_map(Type::name)
        .collect()
}
