//! The table that a fake of the API goes by: what each operation does to which objects.

use std::collections::{BTreeMap, BTreeSet};

use super::Lowering;
use crate::api::model::{
    self, Body, Field, InUpdate, Literal, Method, Operation, Request, Resource, Returns, TypeDef, TypeKind,
};
use crate::names;
use crate::rust::ir::{Action, Collection, Fake, FakeField, Note, Route, Shape, ShapeKind};
use crate::syntax::{PathShape, PathTemplate};

/// The collections, with what leads to them.
struct Collections<'a> {
    by_name: BTreeMap<&'a str, &'a Collection>,
    /// The path of one object of each.
    paths: BTreeMap<&'a str, PathTemplate>,
    /// The first one whose objects are of a type.
    by_item: BTreeMap<&'a str, &'a Collection>,
}

impl<'a> Collections<'a> {
    fn new(collections: &'a [Collection], paths: BTreeMap<&'a str, PathTemplate>) -> Self {
        let mut by_item = BTreeMap::new();
        for collection in collections {
            if let Some(item) = &collection.item {
                by_item.entry(item.as_str()).or_insert(collection);
            }
        }
        Self {
            by_name: collections
                .iter()
                .map(|collection| (collection.name.as_str(), collection))
                .collect(),
            by_item,
            paths,
        }
    }
}

impl Lowering<'_> {
    pub(super) fn fake(&self) -> Fake {
        let paths: BTreeMap<_, _> = self
            .api
            .resources
            .iter()
            .filter(|resource| resource.module_of.is_none())
            .map(|resource| (resource.name.as_str(), item_path(resource)))
            .collect();
        let rows = self.collections(&paths);
        let collections = Collections::new(&rows, paths);
        let routes = self.api.resources.iter().flat_map(|resource| {
            let operations = resource.operations.iter();
            operations.map(|operation| self.route(resource, operation, &collections))
        });
        Fake {
            source: self.source(self.api.source),
            rules: self.api.fake.clone(),
            routes: routes.collect(),
            shapes: self.api.types().filter_map(|ty| self.shape(ty, &collections)).collect(),
            collections: rows,
        }
    }

    /// The objects of each resource that is no field of another one.
    fn collections(&self, paths: &BTreeMap<&str, PathTemplate>) -> Vec<Collection> {
        let holders: BTreeMap<_, _> = paths.iter().map(|(name, path)| (path.shape(), *name)).collect();
        let mut collections: Vec<_> = self
            .api
            .resources
            .iter()
            .filter_map(|resource| Some(collection(resource, paths.get(resource.name.as_str())?, &holders)))
            .collect();
        mark_seeds(&mut collections);
        collections
    }

    fn route(&self, resource: &Resource, operation: &Operation, collections: &Collections) -> Route {
        let (collection, action, below) = self.effect(resource, operation, collections);
        Route {
            operation: names::operation(&operation.name, &resource.name, resource.singular.as_deref()),
            collection,
            action,
            below,
            status: operation.status,
            body: match &operation.body {
                Body::Value(ty) => Some(self.fake_type(ty)),
                Body::Nothing | Body::Empty | Body::Derived { .. } => None,
            },
            query: operation.query.iter().map(|parameter| parameter.name.clone()).collect(),
        }
    }

    /// The collection that an operation acts on, what it does, and the collection whose object the path names before.
    fn effect(
        &self,
        resource: &Resource,
        operation: &Operation,
        collections: &Collections,
    ) -> (String, Action, Option<String>) {
        let find = |name: &str| collections.by_name.get(name).copied();
        let nested_below = |collection: &Collection| collection.parent.clone().filter(|_| collection.nested);
        if let Some((owner, field)) = &resource.module_of {
            let below = find(owner).and_then(nested_below);
            return (owner.clone(), part(operation.method, field), below);
        }
        let Some(own) = find(&resource.name) else {
            return (resource.name.clone(), Action::Unknown, None);
        };
        let path = &collections.paths[own.name.as_str()];
        let rest = operation.path.strip_prefix(path);
        let is_item = rest.as_ref().is_some_and(PathTemplate::is_empty);
        if let (Returns::Page { item, .. }, false) = (&operation.returns, is_item) {
            let listed = item.name().and_then(|item| collections.by_item.get(item));
            let below = match &rest {
                Some(_) => Some(own.name.clone()),
                None => nested_below(own),
            };
            return match listed {
                Some(listed) => (listed.name.clone(), Action::List, below),
                None => (own.name.clone(), Action::Unknown, below),
            };
        }
        let action = match rest {
            Some(rest) if rest.is_empty() => on_item(operation),
            Some(rest) => self.below_item(own, operation, &rest),
            None if path.parent().shape() == operation.path.shape() => on_collection(own, operation),
            None => Action::Unknown,
        };
        (own.name.clone(), action, nested_below(own))
    }

    /// What an operation does whose path goes on behind that of an object.
    fn below_item(&self, own: &Collection, operation: &Operation, rest: &PathTemplate) -> Action {
        let item = own.item.as_deref().and_then(|item| self.usage.definition(item));
        let fields = item.into_iter().flat_map(TypeDef::fields).filter(|field| field.read);
        let field = rest
            .as_literal()
            .and_then(|name| fields.map(|field| field.name.as_str()).find(|field| *field == name));
        if let Some(field) = field {
            return part(operation.method, field);
        }
        let shows_item = match &operation.returns {
            Returns::Nothing => true,
            Returns::Value(ty) => ty.name() == own.item.as_deref(),
            Returns::Page { .. } => false,
        };
        if operation.method == Method::Post && shows_item {
            Action::Act
        } else {
            Action::Unknown
        }
    }

    fn shape(&self, ty: &model::TypeDef, collections: &Collections) -> Option<Shape> {
        let kind = match &ty.kind {
            TypeKind::Enum(_) => return None,
            TypeKind::Object(fields) => ShapeKind::Object(
                fields
                    .iter()
                    .map(|field| self.fake_field(ty, field, collections))
                    .collect(),
            ),
            TypeKind::Union(variants) => ShapeKind::Union(
                variants
                    .iter()
                    .map(|variant| (variant.key.clone(), self.fake_type(&variant.ty)))
                    .collect(),
            ),
        };
        Some(Shape {
            name: names::model(&ty.name),
            id_prefix: ty.id_prefix.clone(),
            kind,
        })
    }

    fn fake_field(&self, ty: &model::TypeDef, field: &Field, collections: &Collections) -> FakeField {
        let derived = |request| field.is_sent(request) && self.usage.is_derived(&ty.name, request);
        let required = field.required || field.create == Some(model::InCreate::Required);
        let flags = [
            (derived(Request::Create), Note::Create),
            (required, Note::Required),
            (derived(Request::Update), Note::Update),
            (field.update == Some(InUpdate::Clearable), Note::Clearable),
            (!field.read, Note::Hidden),
            (field.secret, Note::Secret),
            (field.once, Note::Once),
        ];
        let values = [
            field.max_bytes.map(Note::MaxBytes),
            field.send.as_ref().map(|send| Note::Send(self.fake_type(send))),
            field.default.clone().map(Note::Default),
            self.example_literal(field).map(Note::Example),
            field.shows_as.clone().map(Note::ShowsAs),
            children(ty, field, collections).map(Note::Children),
        ];
        let flags = flags.into_iter().filter_map(|(holds, note)| holds.then_some(note));
        FakeField {
            name: field.name.clone(),
            ty: self.fake_type(&field.ty),
            notes: flags.chain(values.into_iter().flatten()).collect(),
        }
    }

    /// The value that examples show: the first one of an enumeration that says no other.
    fn example_literal(&self, field: &Field) -> Option<Literal> {
        let first = || {
            let model::Type::Named(name) = &field.ty else {
                return None;
            };
            let value = self.usage.values(name)?.first()?;
            Some(Literal::Text(value.name.clone()))
        };
        field.example.clone().or_else(first)
    }

    /// The type of a value, in which an enumeration is a text: the API may add values.
    fn fake_type(&self, ty: &model::Type) -> model::Type {
        use model::Type;
        match ty {
            Type::List(item) => Type::List(Box::new(self.fake_type(item))),
            Type::Map(item) => Type::Map(Box::new(self.fake_type(item))),
            Type::Optional(inner) => Type::Optional(Box::new(self.fake_type(inner))),
            Type::Named(name) if self.usage.values(name).is_some() => Type::Scalar(model::Scalar::String),
            Type::Scalar(_) | Type::Named(_) => ty.clone(),
        }
    }
}

fn collection(resource: &Resource, path: &PathTemplate, holders: &BTreeMap<PathShape, &str>) -> Collection {
    let holder = path.holder();
    let holder = holder.and_then(|holder| holders.get(&holder.shape()).copied());
    Collection {
        name: resource.name.clone(),
        path: path.to_string(),
        parent: holder.map(str::to_owned).or_else(|| resource.parent.clone()),
        nested: holder.is_some(),
        item: item_type(resource).map(str::to_owned),
        seed: None,
    }
}

/// A program seeds the collection of a type: the first one, where several hold it, whose objects need no parent.
fn mark_seeds(collections: &mut [Collection]) {
    let mut known = BTreeSet::new();
    for collection in collections.iter_mut().filter(|collection| !collection.nested) {
        let item = collection.item.as_ref().filter(|item| !known.contains(*item));
        collection.seed = item.map(|item| names::model(item));
        known.extend(collection.item.clone());
    }
}

/// The collection of which a field shows all that belong to an object.
fn children(ty: &model::TypeDef, field: &Field, collections: &Collections) -> Option<String> {
    let held = collections.by_item.get(field.ty.listed()?)?;
    let holder = collections.by_item.get(ty.name.as_str())?;
    (held.parent.as_ref() == Some(&holder.name)).then(|| held.name.clone())
}

/// The path of one object of a resource, as its operations tell.
fn item_path(resource: &Resource) -> PathTemplate {
    let operations = &resource.operations;
    let of_item = operations.iter().find(|operation| {
        let reads = matches!(operation.returns, Returns::Value(_));
        operation.path.ends_with_parameter() && (operation.method != Method::Get || reads)
    });
    if let Some(operation) = of_item {
        return operation.path.clone();
    }
    // Else what acts on one of them tells: its path goes on behind that of them all.
    let paths = operations.iter().map(|operation| &operation.path);
    let all = paths.clone().min_by_key(|path| path.to_string().len());
    let all = all.unwrap_or(&operations[0].path);
    let mut rest = paths.filter_map(|path| path.strip_prefix(all));
    let parameter = rest.find_map(|rest| rest.first_parameter().map(str::to_owned));
    all.with_parameter(parameter.as_deref().unwrap_or("id"))
}

/// The type of a resource's objects.
fn item_type(resource: &Resource) -> Option<&str> {
    let values = resource
        .operations
        .iter()
        .filter_map(|operation| match &operation.returns {
            Returns::Value(model::Type::Named(name)) => Some(name.as_str()),
            Returns::Value(_) | Returns::Page { .. } | Returns::Nothing => None,
        });
    let items = resource
        .operations
        .iter()
        .filter_map(|operation| match &operation.returns {
            Returns::Page { item, .. } => item.name(),
            Returns::Value(_) | Returns::Nothing => None,
        });
    values.chain(items).next()
}

fn on_item(operation: &Operation) -> Action {
    match operation.method {
        Method::Get => Action::Get,
        Method::Patch => Action::Update,
        Method::Put => Action::Replace,
        Method::Delete => Action::Delete,
        Method::Post => Action::Unknown,
    }
}

fn on_collection(own: &Collection, operation: &Operation) -> Action {
    let shows_item = match &operation.returns {
        Returns::Value(ty) => own.item.is_some() && ty.name() == own.item.as_deref(),
        Returns::Page { .. } | Returns::Nothing => false,
    };
    if operation.method == Method::Post && shows_item {
        Action::Create
    } else {
        Action::Unknown
    }
}

/// What a method does to a field that has a path of its own.
fn part(method: Method, field: &str) -> Action {
    match method {
        Method::Get => Action::GetPart(field.to_owned()),
        Method::Put => Action::ReplacePart(field.to_owned()),
        Method::Delete => Action::DeletePart(field.to_owned()),
        Method::Patch | Method::Post => Action::Unknown,
    }
}
