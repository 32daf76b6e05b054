//! The collections of a fake: one for each resource, except for those that are a field of another resource.

use std::collections::{BTreeMap, BTreeSet};

use super::keys;
use crate::api::model::{
    Api, Field, Literal, Method, ModuleOf, PathShape, PathTemplate, Resource, ResourceId, Returns, TypeId,
};
use crate::names;
use crate::rust::ir;

/// Maps resources to the places where the fake stores their objects.
pub struct Collections {
    /// Indexed by [`ResourceId`].
    kept: Vec<Kept>,
    /// The first collection for each type of object.
    by_item: BTreeMap<TypeId, ResourceId>,
    /// The collection of the objects with each path. A collection without a type of objects is always empty.
    by_path: BTreeMap<PathShape, ResourceId>,
}

/// The place where the objects of a resource are stored.
pub enum Kept {
    InCollection(Collection),
    InField(ModuleOf),
}

pub struct Collection {
    /// The path of one object, as written.
    written_path: PathTemplate,
    /// The path of one object, without its ending.
    pub path: PathTemplate,
    /// The type of the objects.
    pub item: Option<TypeId>,
    /// The collection of the outer objects in the paths of these objects.
    pub holder: Option<ResourceId>,
    /// The collection of the parent objects.
    pub parent: Option<ResourceId>,
}

impl Collections {
    pub fn new(api: &Api) -> Self {
        let mut kept: Vec<_> = api
            .resources
            .iter()
            .map(|resource| match resource.module_of {
                Some(module) => Kept::InField(module),
                None => Kept::InCollection(collection(api, resource)),
            })
            .collect();
        let with_objects = kept.iter().enumerate().filter_map(|(index, kept)| match kept {
            Kept::InCollection(collection) if collection.item.is_some() => {
                Some((collection.path.shape(), ResourceId(index)))
            }
            Kept::InCollection(_) | Kept::InField(_) => None,
        });
        let by_path: BTreeMap<_, _> = with_objects.collect();
        for (resource, kept) in api.resources.iter().zip(&mut kept) {
            if let Kept::InCollection(collection) = kept {
                let holder = collection.path.holder();
                collection.holder = holder.and_then(|holder| by_path.get(&holder.shape()).copied());
                collection.parent = collection.holder.or(resource.parent);
            }
        }
        let mut by_item = BTreeMap::new();
        for (index, kept) in kept.iter().enumerate() {
            if let Kept::InCollection(Collection { item: Some(item), .. }) = kept {
                by_item.entry(*item).or_insert(ResourceId(index));
            }
        }
        Self { kept, by_item, by_path }
    }

    pub fn kept(&self, resource: ResourceId) -> &Kept {
        &self.kept[resource.0]
    }

    /// Returns the first collection of objects of a type.
    pub fn of_type(&self, item: TypeId) -> Option<ResourceId> {
        self.by_item.get(&item).copied()
    }

    /// Returns the collection of the parent objects.
    pub fn parent(&self, resource: ResourceId) -> Option<ResourceId> {
        match self.kept(resource) {
            Kept::InCollection(collection) => collection.parent,
            Kept::InField(_) => None,
        }
    }

    /// Returns the collection of the objects with a path.
    pub fn of_path(&self, path: &PathShape) -> Option<ResourceId> {
        self.by_path.get(path).copied()
    }

    /// Returns the field with the value of each path parameter of an object. No two parameters share a field.
    pub fn key_fields<'a>(&self, api: &'a Api, id: ResourceId) -> Vec<Option<&'a Field>> {
        let Kept::InCollection(collection) = self.kept(id) else {
            return Vec::new();
        };
        let mut fields = keys::fields(api, &api[id], &collection.path, collection.item);
        if let Some((Some(key), outer)) = fields.split_last_mut() {
            for field in outer {
                *field = field.filter(|field| field.name != key.name);
            }
        }
        fields
    }

    /// Returns the rows of the table.
    pub fn rows(&self, api: &Api) -> Vec<ir::Collection> {
        let mut rows = Vec::new();
        let mut seeded = BTreeSet::new();
        for ((id, resource), kept) in api.resources().zip(&self.kept) {
            let Kept::InCollection(collection) = kept else { continue };
            // Programs seed the first collection of a type, unless its objects are nested in others.
            let free = collection.item.filter(|_| collection.holder.is_none());
            rows.push(ir::Collection {
                name: resource.name.clone(),
                path: collection.written_path.to_string(),
                keys: keys::field_names(api, resource, &collection.path, collection.item),
                parent: collection.parent.map(|parent| api[parent].name.clone()),
                nested: collection.holder.is_some(),
                item: collection.item.map(|item| api[item].name.clone()),
                example: self.key_example(api, id).and_then(key_text),
                seed: free
                    .filter(|item| seeded.insert(*item))
                    .map(|item| names::model(&api[item].name)),
            });
        }
        rows
    }
}

/// Returns the collection of a resource's objects, without the collections that its objects belong to.
fn collection(api: &Api, resource: &Resource) -> Collection {
    let written_path = item_path(resource);
    let path = written_path.without_ending();
    Collection {
        item: item_type(api, resource, &path.shape()),
        written_path,
        path,
        holder: None,
        parent: None,
    }
}

/// Returns the path of one object of a resource, as derived from the operations.
fn item_path(resource: &Resource) -> PathTemplate {
    let operations = &resource.operations;
    let of_item = operations.iter().find(|operation| {
        let reads = operation.returns.value().is_some();
        let is_get = matches!(operation.method, Method::Get | Method::Head);
        operation.path.without_ending().ends_with_parameter() && (!is_get || reads)
    });
    if let Some(operation) = of_item {
        return operation.path.clone();
    }
    // If no path ends with a parameter, the shortest path is assumed to be that of the list, and the next longer one to add the
    // parameter of an object.
    let paths: Vec<_> = operations
        .iter()
        .map(|operation| operation.path.without_ending())
        .collect();
    let all = paths.iter().fold(&paths[0], |shortest, path| {
        if path.to_string().len() < shortest.to_string().len() {
            path
        } else {
            shortest
        }
    });
    let mut rest = paths.iter().filter_map(|path| path.strip_prefix(all));
    let parameter = rest.find_map(|rest| rest.first_parameter().map(str::to_owned));
    all.with_parameter(parameter.as_deref().unwrap_or("id"))
}

/// Returns the type of a resource's objects: that of the response of `get`, or else of the operation that says most about them.
fn item_type(api: &Api, resource: &Resource, item_path: &PathShape) -> Option<TypeId> {
    let operations = resource.operations.iter().enumerate();
    let types = operations.filter_map(|(index, operation)| {
        let is_item = operation.path.without_ending().shape() == *item_path;
        let (ty, rank) = match (&operation.returns, operation.method) {
            (Returns::Page(page), _) => (&page.item, 3),
            (returns, Method::Get) if operation.name == "get" => (returns.value()?, 0),
            (returns, Method::Get) if is_item => (returns.value()?, 1),
            (returns, Method::Put | Method::Patch) if is_item => (returns.value()?, 2),
            (returns, _) => (returns.value()?, 4),
        };
        let id = ty.unwrap_optional().named().filter(|id| api[*id].has_keys())?;
        Some(((rank, index), id))
    });
    types.min_by_key(|(rank, _)| *rank).map(|(_, id)| id)
}

/// Returns a key as text.
fn key_text(key: Literal) -> Option<String> {
    match key {
        Literal::Text(text) => Some(text),
        Literal::Integer(number) => Some(number.to_string()),
        Literal::Boolean(_) | Literal::Number(_) | Literal::List(_) | Literal::Map(_) => None,
    }
}
