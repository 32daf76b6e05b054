//! The collections of a fake: one for each resource, except for those that are a field of another resource.

use std::collections::{BTreeMap, BTreeSet};

use super::keys;
use crate::api::model::{
    Api, Field, Method, ModuleOf, PathShape, PathTemplate, Resource, ResourceId, Returns, Type, TypeId,
};
use crate::names;
use crate::rust::ir;

/// Maps resources to the places where the fake stores their objects.
pub struct Collections {
    /// Indexed by [`ResourceId`].
    kept: Vec<Kept>,
    /// The first collection for each type of object.
    by_item: BTreeMap<TypeId, ResourceId>,
    /// The collection of the objects with each path.
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
        let paths: Vec<_> = api.resources.iter().map(item_path).collect();
        let collections = api.resources().filter(|(_, resource)| resource.module_of.is_none());
        let by_path = collections
            .map(|(id, _)| (paths[id.0].without_ending().shape(), id))
            .collect();
        let kept: Vec<_> = api
            .resources()
            .map(|(id, resource)| match resource.module_of {
                Some(module) => Kept::InField(module),
                None => Kept::InCollection(collection(api, resource, &paths[id.0], &by_path)),
            })
            .collect();
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

    /// Returns the field with an example of each path parameter of a resource's operation, if there is one: the key of the
    /// object that the path up to the parameter identifies, or a field of the resource's own object that contains this key.
    pub fn examples<'a>(&self, api: &'a Api, resource: ResourceId, path: &PathTemplate) -> Vec<Option<&'a Field>> {
        let own_id = match self.kept(resource) {
            Kept::InCollection(_) => resource,
            Kept::InField(module) => module.resource,
        };
        let own_prefixes = match self.kept(own_id) {
            Kept::InCollection(own) => own.path.up_to_parameters(),
            Kept::InField(_) => Vec::new(),
        };
        let own_shapes: Vec<_> = own_prefixes.iter().map(PathTemplate::shape).collect();
        let own_fields = self.key_fields(api, own_id);
        let prefixes = path.up_to_parameters().into_iter().enumerate();
        let fields = prefixes.map(|(index, prefix)| {
            let shape = prefix.shape();
            let own = own_fields.get(index).filter(|_| own_shapes[index] == shape);
            let own = own.copied().flatten();
            let is_own_key = own_shapes.last() == Some(&shape);
            let other = self.by_path.get(&shape).filter(|_| !is_own_key);
            let key = other.and_then(|other| self.key_fields(api, *other).pop().flatten());
            [key, own].into_iter().flatten().find(|field| field.example.is_some())
        });
        fields.collect()
    }

    /// Returns the field with the value of each path parameter of an object. No two parameters share a field.
    fn key_fields<'a>(&self, api: &'a Api, id: ResourceId) -> Vec<Option<&'a Field>> {
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
        for ((_, resource), kept) in api.resources().zip(&self.kept) {
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
                seed: free
                    .filter(|item| seeded.insert(*item))
                    .map(|item| names::model(&api[item].name)),
                feature: api.feature(resource),
            });
        }
        rows
    }
}

fn collection(
    api: &Api,
    resource: &Resource,
    written_path: &PathTemplate,
    holders: &BTreeMap<PathShape, ResourceId>,
) -> Collection {
    let path = written_path.without_ending();
    let holder = path.holder().and_then(|holder| holders.get(&holder.shape()).copied());
    Collection {
        written_path: written_path.clone(),
        path,
        item: item_type(api, resource),
        holder,
        parent: holder.or(resource.parent),
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

/// Returns the type of a resource's objects.
fn item_type(api: &Api, resource: &Resource) -> Option<TypeId> {
    let returns = || resource.operations.iter().map(|operation| &operation.returns);
    let values = returns().filter_map(|returns| match returns.value() {
        Some(Type::Named(id)) => Some(*id),
        Some(_) | None => None,
    });
    let items = returns().filter_map(|returns| match returns {
        Returns::Page(page) => page.item.named(),
        Returns::Value(_) | Returns::ByStatus(_) | Returns::Headers | Returns::Nothing => None,
    });
    values.chain(items).next().filter(|id| api[*id].has_keys())
}
