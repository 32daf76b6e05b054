//! The objects of a resource, as the table describes them.

use super::field::Fields;

/// The objects of a resource.
#[derive(Clone, Copy)]
pub(crate) struct Collection {
    pub(crate) name: &'static str,
    /// The path of one object.
    pub(crate) path: &'static str,
    /// The fields of each object.
    pub(crate) item: Option<Fields>,
    /// The collection to whose objects these belong.
    pub(crate) parent: Option<&'static str>,
    /// Whether the path of an object begins with the path of its parent.
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

    /// The parent, with whose path the path of an object begins.
    pub(crate) const fn nested_in(mut self, collection: &'static str) -> Self {
        self.nested = true;
        self.parent(collection)
    }
}
