//! Objects that are sent with the object they belong to.

use std::collections::HashSet;

use serde_json::Value;

use super::Engine;
use super::make::Sent;
use crate::fake::convert::Children;
use crate::fake::rejection::Rejection;
use crate::fake::store::{Object, Order};
use crate::fake::table::CollectionId;
use crate::runtime::Timestamp;

/// The new children of an object, by collection.
pub(super) type NewChildren = Vec<(CollectionId, Vec<Object>)>;

impl Engine {
    /// Creates the children of an object from a request, without storing them.
    pub(super) fn make_children(
        &mut self,
        parent: Order,
        sent: &[Children],
        now: Timestamp,
    ) -> Result<NewChildren, Rejection> {
        let mut all = Vec::new();
        for sent in sent {
            let (mut objects, mut keys) = (Vec::new(), HashSet::new());
            for (index, value) in sent.values.iter().enumerate() {
                let path = format!("{}[{index}]", sent.path);
                let Value::Object(value) = value else {
                    return Err(Rejection::invalid(format!("`{path}` must be an object")));
                };
                let new = Sent {
                    schema: sent.schema,
                    body: value,
                    path: &path,
                };
                let made = self.make(sent.collection, Some(parent), None, new, now)?;
                if !keys.insert(made.object.key.clone()) {
                    return Err(Rejection::conflict(&made.object.key));
                }
                objects.push(made.object);
            }
            all.push((sent.collection, objects));
        }
        Ok(all)
    }

    /// Stores the children of an object, replacing those of the same collections.
    pub(super) fn keep_children(&mut self, parent: Order, children: NewChildren) {
        for (collection, objects) in children {
            self.store.remove_children(collection, parent);
            for object in objects {
                self.store.insert(collection, object);
            }
        }
    }
}
