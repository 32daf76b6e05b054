//! The description of a resource's objects.

use super::field::{Fields, ValueType};
use super::path::parameter_names;

/// The collection of a resource's objects.
#[derive(Clone, Copy)]
pub(crate) struct Collection {
    pub(crate) name: &'static str,
    /// The path of one object.
    pub(crate) path: &'static str,
    /// The fields with the values of the path's parameters, if they are not named like the parameters. The name is empty for a
    /// parameter without a field.
    keys: Option<&'static [&'static str]>,
    /// The fields of each object.
    pub(crate) item: Option<Fields>,
    /// The key of the example object. Examples in the documentation contain it.
    pub(crate) example: Option<&'static str>,
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
            keys: None,
            item: None,
            example: None,
            parent: None,
            nested: false,
        }
    }

    pub(crate) const fn keys(mut self, fields: &'static [&'static str]) -> Self {
        self.keys = Some(fields);
        self
    }

    pub(crate) const fn item(mut self, fields: Fields) -> Self {
        self.item = Some(fields);
        self
    }

    /// Sets the key of the example object.
    pub(crate) const fn example(mut self, key: &'static str) -> Self {
        self.example = Some(key);
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

    /// Returns the names of the fields with the values of the path's parameters, in order.
    pub(crate) fn key_fields(&self) -> Vec<&'static str> {
        match self.keys {
            Some(fields) => fields.to_vec(),
            None => parameter_names(self.path).collect(),
        }
    }

    /// Returns the name of the field with the key of an object.
    pub(crate) fn key_field(&self) -> &'static str {
        self.key_fields().last().copied().unwrap_or("id")
    }

    /// Returns `true` if the keys are integers.
    pub(crate) fn has_integer_keys(&self) -> bool {
        self.key_type().is_some_and(ValueType::is_integer)
    }

    /// Returns the type of the keys, if the objects have a field with their key.
    pub(crate) fn key_type(&self) -> Option<ValueType> {
        let mut fields = self.item.into_iter().flatten();
        let name = self.key_field();
        fields.find(|field| field.name == name).map(|field| field.ty.inner())
    }
}
