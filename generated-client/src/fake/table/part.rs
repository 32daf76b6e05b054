//! The description of a resource that is a field of another resource's objects.

/// A resource whose operations read, set and clear a field of another resource's objects.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) resource: &'static str,
    pub(crate) field: &'static str,
    pub(crate) collection: &'static str,
}

impl Part {
    pub(crate) const fn new(resource: &'static str, field: &'static str) -> Self {
        Self {
            resource,
            field,
            collection: "",
        }
    }

    /// Sets the collection of the objects with the field.
    pub(crate) const fn of(mut self, collection: &'static str) -> Self {
        self.collection = collection;
        self
    }
}
