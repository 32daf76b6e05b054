//! Objects that are inserted directly instead of by a request.

use serde_json::{Map, Value};

use super::Engine;
use super::make::take_once;
use crate::fake::convert::{Identity, ServerValues, unset};
use crate::fake::store::{Object, Order};
use crate::fake::table::{CollectionId, Fields};
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

    /// Assigns the key, the URI and the required times and UUIDs if they are unset.
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
        }
        value
    }
}
