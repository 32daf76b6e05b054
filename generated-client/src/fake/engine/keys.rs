//! The keys of objects: their IDs, or the values used instead of IDs in their paths.

use serde_json::{Map, Value};

use super::Engine;
use crate::fake::convert::Identity;
use crate::fake::store::Order;
use crate::fake::table::{CollectionId, fill, parameter_names};
use crate::runtime::Timestamp;

impl Engine {
    /// Returns the name of the field with the key of an object.
    pub(super) fn key_name(&self, collection: CollectionId) -> &'static str {
        let names = parameter_names(self.index.collection(collection).path);
        names.last().unwrap_or("id")
    }

    /// Returns the keys and the URI of an object.
    pub(super) fn identity(&self, collection: CollectionId, parent: Option<Order>, key: &str) -> Identity {
        let path = self.index.collection(collection).path;
        let values = self.keys(collection, parent, key);
        let uri = fill(&self.base_url, path, &values);
        Identity {
            keys: parameter_names(path).zip(values).collect(),
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
        match object.get(self.key_name(collection))? {
            Value::String(key) if !key.is_empty() => Some(key.clone()),
            Value::Number(key) => Some(key.to_string()),
            _ => None,
        }
    }

    /// Returns a new key: a number if the keys of the collection are integers, otherwise an ID.
    pub(super) fn next_key(&mut self, collection: CollectionId, now: Timestamp) -> String {
        let name = self.key_name(collection);
        let mut fields = self.index.item(collection).into_iter().flatten();
        if fields.any(|field| field.name == name && field.ty.is_integer()) {
            self.store.next_number().to_string()
        } else {
            self.ids.id(self.index.id_prefix(collection), now)
        }
    }

    /// Finds the parent of a new object by its references.
    pub(super) fn referred_parent(&self, collection: CollectionId, value: &Map<String, Value>) -> Option<Order> {
        let above = self.index.id(self.index.collection(collection).parent?)?;
        let fields = self.index.item(collection)?.iter();
        fields
            .filter_map(|field| value.get(field.shows_as?)?.get(self.key_name(above))?.as_str())
            .find_map(|id| self.store.find(above, None, id))
    }
}
