//! The keys of objects: their IDs, or the values used instead of IDs in their paths.

use serde_json::{Map, Value};

use super::Engine;
use crate::fake::convert::Identity;
use crate::fake::store::Order;
use crate::fake::table::{CollectionId, ValueType, fill};
use crate::runtime::Timestamp;

impl Engine {
    /// Returns the keys and the URI of an object.
    pub(super) fn identity(&self, collection: CollectionId, parent: Option<Order>, key: &str) -> Identity {
        let row = self.index.collection(collection);
        let fields = row.key_fields();
        let own = self.keys(collection, parent, key);
        // The first values are unknown if the start of the path is not the path of an object.
        let unknown = fields.len().saturating_sub(own.len());
        let values: Vec<_> = vec![String::new(); unknown].into_iter().chain(own).collect();
        let uri = fill(&self.base_url, row.path, &values);
        Identity {
            keys: fields.into_iter().zip(values).skip(unknown).collect(),
            uri,
        }
    }

    /// Returns the keys in the path of an object, its own key last.
    fn keys(&self, collection: CollectionId, parent: Option<Order>, key: &str) -> Vec<String> {
        let above = self.index.holder(collection);
        let holder = above.and_then(|above| Some((above, self.store.get(above, parent?)?)));
        let mut keys = match holder {
            Some((above, holder)) => self.keys(above, holder.parent, &holder.key),
            None => Vec::new(),
        };
        keys.push(key.to_owned());
        keys
    }

    /// Returns the key that an object contains.
    pub(super) fn given_key(&self, collection: CollectionId, object: &Map<String, Value>) -> Option<String> {
        key_text(object.get(self.index.collection(collection).key_field())?)
    }

    /// Returns a new key: a number if the keys of the collection are integers, a UUID if they are UUIDs, otherwise an ID.
    pub(super) fn next_key(&mut self, collection: CollectionId, now: Timestamp) -> String {
        let row = self.index.collection(collection);
        match row.key_type() {
            Some(ValueType::Uuid) => self.ids.uuid(),
            _ if row.has_integer_keys() => self.store.next_number(collection).to_string(),
            _ => self.ids.id(self.index.id_prefix(collection), now),
        }
    }

    /// Finds the parent of a new object by its references.
    pub(super) fn referred_parent(&self, collection: CollectionId, value: &Map<String, Value>) -> Option<Order> {
        let above = self.index.id(self.index.collection(collection).parent?)?;
        let name = self.index.collection(above).key_field();
        let fields = self.index.item(collection)?.iter();
        fields
            .filter_map(|field| key_text(value.get(field.shows_as?)?.get(name)?))
            .find_map(|key| self.store.find(above, None, &key))
    }
}

/// Returns the key in a field.
fn key_text(value: &Value) -> Option<String> {
    match value {
        Value::String(key) if !key.is_empty() => Some(key.clone()),
        Value::Number(key) => Some(key.to_string()),
        _ => None,
    }
}
