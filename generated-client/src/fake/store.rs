//! The objects that a fake stores.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;

use serde_json::{Map, Value};

use super::table::{CollectionId, Index};

/// An object as in responses, but without the objects that belong to it.
#[derive(Clone, Debug)]
pub(crate) struct Object {
    /// The ID, or the value used instead of an ID in the path of the object.
    pub(crate) key: String,
    /// The object that this one belongs to.
    pub(crate) parent: Option<Order>,
    pub(crate) value: Map<String, Value>,
}

/// A sequence number of objects, which orders lists.
pub(crate) type Order = u64;

/// The parent within which a key is unique; `None` if it is unique in the collection.
pub(crate) type Scope = Option<Order>;

/// All objects of all collections.
pub(crate) struct Store {
    pub(crate) index: &'static Index,
    collections: Vec<Objects>,
    next: Order,
}

#[derive(Default)]
struct Objects {
    present: BTreeMap<Order, Object>,
    /// The last object with each key, including deleted ones: a page may start after a deleted object.
    keys: HashMap<(Scope, String), Order>,
    /// The objects of this collection that belong to an object of another one.
    children: HashMap<Order, BTreeSet<Order>>,
    /// The highest number that is or was the key of an object.
    last_number: u64,
}

impl Store {
    pub(crate) fn new(index: &'static Index) -> Self {
        let collections = index.ids().map(|_| Objects::default());
        Self {
            index,
            collections: collections.collect(),
            next: 0,
        }
    }

    /// Returns the scope within which a key of this collection is unique.
    pub(crate) fn scope(&self, collection: CollectionId, parent: Option<Order>) -> Scope {
        parent.filter(|_| self.index.holder(collection).is_some())
    }

    /// Returns a number for a new object of a collection, starting at 1. Skips numbers up to the highest one in use.
    pub(crate) fn next_number(&mut self, collection: CollectionId) -> u64 {
        let own = &mut self.collections[collection];
        own.last_number = own.last_number.saturating_add(1);
        own.last_number
    }

    /// Inserts a new object.
    pub(crate) fn insert(&mut self, collection: CollectionId, object: Object) -> Order {
        let scope = self.scope(collection, object.parent);
        let order = self.next;
        self.next += 1;
        let own = &mut self.collections[collection];
        own.last_number = own.last_number.max(object.key.parse().unwrap_or_default());
        own.keys.insert((scope, object.key.clone()), order);
        if let Some(parent) = object.parent {
            own.children.entry(parent).or_default().insert(order);
        }
        own.present.insert(order, object);
        order
    }

    /// Inserts an object, replacing any with the same key.
    pub(crate) fn put(&mut self, collection: CollectionId, object: Object) -> Order {
        let (scope, parent) = (self.scope(collection, object.parent), object.parent);
        let Some(order) = self.find(collection, scope, &object.key) else {
            return self.insert(collection, object);
        };
        let own = &mut self.collections[collection];
        let former = own.present.insert(order, object).and_then(|former| former.parent);
        if let Some(siblings) = former.and_then(|parent| own.children.get_mut(&parent)) {
            siblings.remove(&order);
        }
        if let Some(parent) = parent {
            own.children.entry(parent).or_default().insert(order);
        }
        order
    }

    pub(crate) fn get(&self, collection: CollectionId, order: Order) -> Option<&Object> {
        self.collections[collection].present.get(&order)
    }

    pub(crate) fn get_mut(&mut self, collection: CollectionId, order: Order) -> Option<&mut Object> {
        self.collections[collection].present.get_mut(&order)
    }

    /// Finds the object with this key, unless it was deleted.
    pub(crate) fn find(&self, collection: CollectionId, scope: Scope, key: &str) -> Option<Order> {
        let order = self.place(collection, scope, key)?;
        self.get(collection, order).map(|_| order)
    }

    /// Returns the position of the object with this key in lists, even if it was deleted.
    pub(crate) fn place(&self, collection: CollectionId, scope: Scope, key: &str) -> Option<Order> {
        self.collections[collection].keys.get(&(scope, key.to_owned())).copied()
    }

    /// Returns the position of the first object with this key in a list of all objects of a collection.
    pub(crate) fn place_in_any_scope(&self, collection: CollectionId, key: &str) -> Option<Order> {
        let unscoped = self.place(collection, None, key);
        unscoped.or_else(|| {
            let keys = self.collections[collection].keys.iter();
            let same = keys.filter(|((_, other), _)| other == key);
            same.map(|(_, order)| *order).min()
        })
    }

    /// Finds the object with this ID in any collection.
    pub(crate) fn find_anywhere(&self, id: &str) -> Option<(CollectionId, Order)> {
        (0..self.collections.len()).find_map(|collection| Some((collection, self.find(collection, None, id)?)))
    }

    /// Removes an object and all objects that belong to it.
    pub(crate) fn remove(&mut self, collection: CollectionId, order: Order) {
        let objects = &mut self.collections[collection];
        let Some(object) = objects.present.remove(&order) else {
            return;
        };
        if let Some(siblings) = object.parent.and_then(|parent| objects.children.get_mut(&parent)) {
            siblings.remove(&order);
        }
        for child in self.index.children(collection) {
            self.remove_children(*child, order);
        }
    }

    /// Removes the children of an object from a collection.
    pub(crate) fn remove_children(&mut self, collection: CollectionId, parent: Order) {
        let children = self.collections[collection]
            .children
            .remove(&parent)
            .unwrap_or_default();
        for child in children {
            self.remove(collection, child);
        }
    }

    /// Returns the objects of a collection in the order of lists.
    ///
    /// A parent limits them to its own, and a position to those after it.
    pub(crate) fn listed(
        &self,
        collection: CollectionId,
        parent: Option<Order>,
        after: Option<Order>,
    ) -> Box<dyn Iterator<Item = (Order, &Object)> + '_> {
        let objects = &self.collections[collection];
        let range = match (after, self.index.rules.newest_first) {
            (None, _) => (Bound::Unbounded, Bound::Unbounded),
            (Some(after), true) => (Bound::Unbounded, Bound::Excluded(after)),
            (Some(after), false) => (Bound::Excluded(after), Bound::Unbounded),
        };
        let orders = objects.present.range(range).map(|(order, _)| *order);
        let orders: Box<dyn DoubleEndedIterator<Item = Order>> = match parent {
            None => Box::new(orders),
            Some(parent) => {
                let children = objects.children.get(&parent).into_iter();
                Box::new(children.flat_map(move |children| children.range(range)).copied())
            }
        };
        let orders: Box<dyn Iterator<Item = Order>> = if self.index.rules.newest_first {
            Box::new(orders.rev())
        } else {
            orders
        };
        Box::new(orders.filter_map(|order| Some((order, objects.present.get(&order)?))))
    }

    /// Returns the number of objects.
    pub(crate) fn count(&self) -> usize {
        self.collections.iter().map(|objects| objects.present.len()).sum()
    }

    /// Removes all objects. Their numbers are not used again.
    pub(crate) fn clear(&mut self) {
        for objects in &mut self.collections {
            *objects = Objects {
                last_number: objects.last_number,
                ..Objects::default()
            };
        }
    }

    /// Returns an object as in responses, with the objects that belong to it.
    pub(crate) fn show(&self, collection: CollectionId, order: Order) -> Option<Map<String, Value>> {
        let mut value = self.get(collection, order)?.value.clone();
        for field in self.index.item(collection).into_iter().flatten() {
            let Some(held) = field.children.and_then(|name| self.index.id(name)) else {
                continue;
            };
            // An object lists its children in the order of their creation.
            let children = self.collections[held].children.get(&order).into_iter().flatten();
            let children = children.filter_map(|child| self.show(held, *child).map(Value::Object));
            value.insert(field.name.to_owned(), self.index.rules.list(children.collect()));
        }
        Some(value)
    }
}
