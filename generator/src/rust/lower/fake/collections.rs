//! The collections of a fake: one for each resource, except for those that are a field of another resource.

use std::collections::{BTreeMap, BTreeSet};

use super::keys;
use crate::api::model::{Api, Method, ModuleOf, PathShape, PathTemplate, Resource, ResourceId, Returns, Type, TypeId};
use crate::names;
use crate::rust::ir;

/// Maps resources to the places where the fake stores their objects.
pub struct Collections {
    /// Indexed by [`ResourceId`].
    kept: Vec<Kept>,
    /// The first collection for each type of object.
    by_item: BTreeMap<TypeId, ResourceId>,
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
        let holders = collections
            .map(|(id, _)| (paths[id.0].without_ending().shape(), id))
            .collect();
        let kept: Vec<_> = api
            .resources()
            .map(|(id, resource)| match resource.module_of {
                Some(module) => Kept::InField(module),
                None => Kept::InCollection(collection(resource, &paths[id.0], &holders)),
            })
            .collect();
        let mut by_item = BTreeMap::new();
        for (index, kept) in kept.iter().enumerate() {
            if let Kept::InCollection(Collection { item: Some(item), .. }) = kept {
                by_item.entry(*item).or_insert(ResourceId(index));
            }
        }
        Self { kept, by_item }
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
                keys: keys::fields(api, resource, &collection.path, collection.item),
                parent: collection.parent.map(|parent| api[parent].name.clone()),
                nested: collection.holder.is_some(),
                item: collection.item.map(|item| api[item].name.clone()),
                seed: free
                    .filter(|item| seeded.insert(*item))
                    .map(|item| names::model(&api[item].name)),
            });
        }
        rows
    }
}

fn collection(
    resource: &Resource,
    written_path: &PathTemplate,
    holders: &BTreeMap<PathShape, ResourceId>,
) -> Collection {
    let path = written_path.without_ending();
    let holder = path.holder().and_then(|holder| holders.get(&holder.shape()).copied());
    Collection {
        written_path: written_path.clone(),
        path,
        item: item_type(resource),
        holder,
        parent: holder.or(resource.parent),
    }
}

/// Returns the path of one object of a resource, as derived from the operations.
fn item_path(resource: &Resource) -> PathTemplate {
    let operations = &resource.operations;
    let of_item = operations.iter().find(|operation| {
        let reads = matches!(operation.returns, Returns::Value(_));
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
fn item_type(resource: &Resource) -> Option<TypeId> {
    let returns = || resource.operations.iter().map(|operation| &operation.returns);
    let values = returns().filter_map(|returns| match returns {
        Returns::Value(Type::Named(id)) => Some(*id),
        Returns::Value(_) | Returns::Page(_) | Returns::Headers | Returns::Nothing => None,
    });
    let items = returns().filter_map(|returns| match returns {
        Returns::Page(page) => page.item.named(),
        Returns::Value(_) | Returns::Headers | Returns::Nothing => None,
    });
    values.chain(items).next()
}
