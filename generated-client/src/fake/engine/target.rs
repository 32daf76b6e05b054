//! The objects in the path of a request.

use std::borrow::Cow;

use super::{Engine, RoutedRequest};
use crate::fake::rejection::Rejection;
use crate::fake::store::Order;
use crate::fake::table::{Action, CollectionId};

/// The collection, the field and the parent in the path of a request.
pub(super) struct PathTarget {
    pub(super) collection: CollectionId,
    /// The field that the request accesses; `None` for the whole object.
    pub(super) part: Option<&'static str>,
    /// The object that precedes the target in the path.
    pub(super) parent: Option<Order>,
}

impl Engine {
    /// Finds the collection that a request accesses, and the parent in its path.
    pub(super) fn target(&self, request: &RoutedRequest<'_>) -> Result<PathTarget, Rejection> {
        let route = request.route;
        let target = self.index.target(route);
        let (collection, part) = target.ok_or_else(|| Rejection::not_found("the collection does not exist"))?;
        let parent = match route.action {
            Action::List | Action::Head => self.outer(request)?,
            Action::Create => self.parent(collection, request.parameters)?,
            Action::Get | Action::Update | Action::Replace | Action::Delete | Action::Act | Action::Unknown => {
                let above = request.parameters.split_last().map_or(&[][..], |(_, above)| above);
                self.parent(collection, above)?
            }
        };
        Ok(PathTarget {
            collection,
            part,
            parent,
        })
    }

    /// Finds the object at the start of the path of a request, if it is in a collection.
    pub(super) fn outer(&self, request: &RoutedRequest<'_>) -> Result<Option<Order>, Rejection> {
        let Some(outer) = request.route.below.and_then(|below| self.index.id(below)) else {
            return Ok(None);
        };
        // The path starts with the path of the object, so it has at least as many parameters.
        let count = self.index.collection(outer).key_fields().len();
        let keys = request.parameters.get(..count).unwrap_or(request.parameters);
        self.locate(outer, keys).map(Some)
    }

    /// Finds the object at the end of the path of a request.
    pub(super) fn find(&self, request: &RoutedRequest<'_>, target: &PathTarget) -> Result<Order, Rejection> {
        let key = request.parameters.last().map(String::as_str).unwrap_or_default();
        self.find_key(target.collection, target.parent, key)
    }

    /// Finds an object by the keys in a path, which start with the keys of its parents.
    fn locate(&self, collection: CollectionId, keys: &[String]) -> Result<Order, Rejection> {
        let (key, above) = keys
            .split_last()
            .ok_or_else(|| Rejection::not_found("the path has no ID"))?;
        let parent = self.parent(collection, above)?;
        self.find_key(collection, parent, key)
    }

    /// Finds the parent of the objects of a collection by the keys in a path, if their paths contain it.
    fn parent(&self, collection: CollectionId, keys: &[String]) -> Result<Option<Order>, Rejection> {
        match self.index.holder(collection) {
            Some(holder) => self.locate(holder, keys).map(Some),
            None => Ok(None),
        }
    }

    /// Returns a key in the form in which objects have it. A path may contain an integer in several forms.
    pub(super) fn canonical_key<'a>(&self, collection: CollectionId, key: &'a str) -> Cow<'a, str> {
        match key.parse::<i128>() {
            Ok(number) if self.index.collection(collection).has_integer_keys() => number.to_string().into(),
            _ => key.into(),
        }
    }

    fn find_key(&self, collection: CollectionId, parent: Option<Order>, key: &str) -> Result<Order, Rejection> {
        let scope = self.store.scope(collection, parent);
        let found = self.store.find(collection, scope, &self.canonical_key(collection, key));
        found.ok_or_else(|| Rejection::not_found(format!("`{key}` does not exist")))
    }
}
