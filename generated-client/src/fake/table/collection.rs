//! The description of a resource's objects.

use super::field::Fields;

/// The collection of a resource's objects.
#[derive(Clone, Copy)]
pub(crate) struct Collection {
    pub(crate) name: &'static str,
    /// The path of one object.
    pub(crate) path: &'static str,
    /// The fields of each object.
    pub(crate) item: Option<Fields>,
    /// The collection of the objects that these belong to.
    pub(crate) parent: Option<&'static str>,
    /// `true` if the path of an object starts with the path of its parent.
    pub(crate) nested: bool,
}

impl Collection {
    pub(crate) const fn new(name: &'static str, path: &'static str) -> Self {
        Self {
            name,
            path,
            item: None,
            parent: None,
            nested: false,
        }
    }

    pub(crate) const fn item(mut self, fields: Fields) -> Self {
        self.item = Some(fields);
        self
    }

    pub(crate) const fn parent(mut self, collection: &'static str) -> Self {
        self.parent = Some(collection);
        self
    }

    /// Sets the parent, whose path is the start of the object's path.
    pub(crate) const fn nested_in(mut self, collection: &'static str) -> Self {
        self.nested = true;
        self.parent(collection)
    }
}
