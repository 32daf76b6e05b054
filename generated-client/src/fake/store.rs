//! The objects that a fake keeps.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::table::{CollectionId, Index};

/// An object, as responses show it but for what belongs to it.
#[derive(Clone, Debug)]
pub(crate) struct Object {
    /// Its ID, or what takes the place of one in its path.
    pub(crate) key: String,
    /// The object that it belongs to.
    pub(crate) parent: Option<Order>,
    pub(crate) value: Map<String, Value>,
}

/// A number that grows with each object that is made: the order of lists.
pub(crate) type Order = u64;

/// Within which object a key says which object is meant: none where it says so by itself.
pub(crate) type Scope = Option<Order>;

/// All objects of all collections.
pub(crate) struct Store {
    index: &'static Index,
    collections: Vec<Objects>,
    next: Order,
}

#[derive(Default)]
struct Objects {
    present: BTreeMap<Order, Object>,
    /// The last object of each key, deleted ones included: a page may begin behind one that is no more.
    keys: HashMap<(Scope, String), Order>,
    /// What belongs to each object of another collection.
    children: HashMap<Order, BTreeSet<Order>>,
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

    /// What the key of an object of this collection is unique within.
    pub(crate) fn scope(&self, collection: CollectionId, parent: Option<Order>) -> Scope {
        parent.filter(|_| self.index.holder(collection).is_some())
    }

    /// A number that no object has yet.
    pub(crate) fn next_number(&self) -> Order {
        self.next + 1
    }

    /// Keeps a new object.
    pub(crate) fn insert(&mut self, collection: CollectionId, object: Object) -> Order {
        let scope = self.scope(collection, object.parent);
        let order = self.next;
        self.next += 1;
        let own = &mut self.collections[collection];
        own.keys.insert((scope, object.key.clone()), order);
        if let Some(parent) = object.parent {
            own.children.entry(parent).or_default().insert(order);
        }
        own.present.insert(order, object);
        order
    }

    /// Keeps an object in the place of one with the same key, if there is one.
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

    /// The object of this key, where there is one now.
    pub(crate) fn find(&self, collection: CollectionId, scope: Scope, key: &str) -> Option<Order> {
        let order = self.place(collection, scope, key)?;
        self.get(collection, order).map(|_| order)
    }

    /// Where in a list the object of this key stands, or stood.
    pub(crate) fn place(&self, collection: CollectionId, scope: Scope, key: &str) -> Option<Order> {
        self.collections[collection].keys.get(&(scope, key.to_owned())).copied()
    }

    /// The object with this ID, of whatever collection.
    pub(crate) fn find_anywhere(&self, id: &str) -> Option<(CollectionId, Order)> {
        (0..self.collections.len()).find_map(|collection| Some((collection, self.find(collection, None, id)?)))
    }

    /// Deletes an object with all that belongs to it.
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

    /// Deletes what of a collection belongs to an object.
    pub(crate) fn remove_children(&mut self, collection: CollectionId, parent: Order) {
        let children = self.collections[collection]
            .children
            .remove(&parent)
            .unwrap_or_default();
        for child in children {
            self.remove(collection, child);
        }
    }

    /// The objects of a collection, the newest first: those of one parent, and those behind a place, where given.
    pub(crate) fn newest(
        &self,
        collection: CollectionId,
        parent: Option<Order>,
        before: Option<Order>,
    ) -> Box<dyn Iterator<Item = (Order, &Object)> + '_> {
        let objects = &self.collections[collection];
        let end = before.unwrap_or(Order::MAX);
        match parent {
            None => Box::new(
                objects
                    .present
                    .range(..end)
                    .rev()
                    .map(|(order, object)| (*order, object)),
            ),
            Some(parent) => {
                let children = objects.children.get(&parent).into_iter();
                let orders = children.flat_map(move |children| children.range(..end).rev());
                Box::new(orders.filter_map(|order| Some((*order, objects.present.get(order)?))))
            }
        }
    }

    /// How many objects there are.
    pub(crate) fn count(&self) -> usize {
        self.collections.iter().map(|objects| objects.present.len()).sum()
    }

    /// Deletes everything.
    pub(crate) fn clear(&mut self) {
        self.collections
            .iter_mut()
            .for_each(|objects| *objects = Objects::default());
    }

    /// The object as responses show it, with what belongs to it.
    pub(crate) fn show(&self, collection: CollectionId, order: Order) -> Option<Map<String, Value>> {
        let mut value = self.get(collection, order)?.value.clone();
        for field in self.index.item(collection).into_iter().flatten() {
            let Some(held) = field.children.and_then(|name| self.index.id(name)) else {
                continue;
            };
            let mut children: Vec<_> = self
                .newest(held, Some(order), None)
                .filter_map(|(child, _)| self.show(held, child).map(Value::Object))
                .collect();
            // Within an object they stand as they came.
            children.reverse();
            value.insert(field.name.to_owned(), list(children));
        }
        Some(value)
    }
}

/// A list as the API shows it: null where it is empty. It does not always do so; a client has to take either.
pub(crate) fn list(items: Vec<Value>) -> Value {
    if items.is_empty() {
        Value::Null
    } else {
        Value::Array(items)
    }
}
