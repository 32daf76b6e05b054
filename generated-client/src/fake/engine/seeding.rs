//! Objects that are inserted directly instead of by a request.

use serde_json::{Map, Value};

use super::Engine;
use super::make::take_once;
use crate::fake::convert::{Identity, ServerValues, unset};
use crate::fake::store::{Object, Order};
use crate::fake::table::{CollectionId, Fields, ValueType};
use crate::runtime::Timestamp;

impl Engine {
    /// Stores an object and the children that it lists, replacing any object with the same key.
    pub(crate) fn seed(
        &mut self,
        collection: CollectionId,
        parent: Option<Order>,
        value: Map<String, Value>,
        now: Timestamp,
    ) -> Option<Order> {
        let item = self.index.item(collection)?;
        // An integer of 0 is unset, like an empty string.
        let is_zero = |key: &String| key == "0" && self.index.collection(collection).has_integer_keys();
        let given = self.given_key(collection, &value).filter(|key| !is_zero(key));
        let key = given.unwrap_or_else(|| self.next_key(collection, now));
        let parent = parent.or_else(|| self.referred_parent(collection, &value));
        let identity = self.identity(collection, parent, &key);
        let mut value = self.complete(item, value, identity, now);
        self.complete_references(item, &mut value);
        // Only the response to a creation contains these.
        drop(take_once(item, &mut value));
        let fields = item.iter();
        let held: Vec<_> = fields
            .filter_map(|field| Some((self.index.id(field.children?)?, value.remove(field.name))))
            .collect();
        let order = self.store.put(collection, Object { key, parent, value });
        for (collection, children) in held {
            self.store.remove_children(collection, order);
            for child in children.iter().filter_map(Value::as_array).flatten() {
                if let Value::Object(child) = child {
                    self.seed(collection, Some(order), child.clone(), now);
                }
            }
        }
        Some(order)
    }

    /// Assigns the key, the URI, and the required times and UUIDs if they are unset, and adds the fields that every response
    /// contains.
    fn complete(
        &mut self,
        item: Fields,
        mut value: Map<String, Value>,
        identity: Identity,
        now: Timestamp,
    ) -> Map<String, Value> {
        let mut server = ServerValues::new(self.index, &mut self.ids, now, identity);
        for field in item {
            let unset = unset(field.ty);
            let identifies = server.identifies(field);
            let is_unset = value.get(field.name).is_none_or(|value| {
                let is_unset_key = identifies && (value.is_null() || *value == 0);
                value == "" || is_unset_key || unset.as_ref() == Some(value)
            });
            if is_unset
                && (unset.is_some() || identifies)
                && let Some(assigned) = server.assign(field)
            {
                value.insert(field.name.to_owned(), assigned);
            }
            server.complete_entry(field, &mut value);
        }
        value
    }

    /// Sets the unset URIs of the references in an object to those of the stored objects.
    fn complete_references(&self, fields: Fields, object: &mut Map<String, Value>) {
        for field in fields {
            if let Some(value) = object.get_mut(field.name) {
                self.complete_reference(field.ty, value);
            }
        }
    }

    fn complete_reference(&self, ty: ValueType, value: &mut Value) {
        match (ty.inner(), value) {
            (ValueType::Object(fields) | ValueType::Union(fields), Value::Object(object)) => {
                let uri = fields.iter().find(|field| self.index.is_uri(field.name));
                let unset = uri.filter(|uri| object.get(uri.name).is_none_or(|uri| uri == ""));
                let found = unset.and_then(|uri| Some((uri.name, self.referenced(fields, object)?.get(uri.name)?)));
                if let Some((name, uri)) = found {
                    object.insert(name.to_owned(), uri.clone());
                }
                self.complete_references(fields, object);
            }
            (ValueType::List(item), Value::Array(values)) => {
                for value in values {
                    self.complete_reference(*item, value);
                }
            }
            (ValueType::Map(item), Value::Object(values)) => {
                for value in values.values_mut() {
                    self.complete_reference(*item, value);
                }
            }
            _ => {}
        }
    }

    /// Returns the stored object with the key that another object contains.
    fn referenced(&self, fields: Fields, object: &Map<String, Value>) -> Option<&Map<String, Value>> {
        fields.iter().find_map(|field| {
            let (collection, order) = self.store.find_anywhere(object.get(field.name)?.as_str()?)?;
            let is_key = self.index.collection(collection).key_field() == field.name;
            self.store
                .get(collection, order)
                .filter(|_| is_key)
                .map(|object| &object.value)
        })
    }
}
