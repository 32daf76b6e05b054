//! Objects that are there without having been created by a call.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::engine::{Engine, take_once};
use super::index::CollectionId;
use super::shape::{Identity, Purpose, is_uri};
use super::store::{Object, Order};
use super::table::{Kind, Literal, Shape, Type};
use crate::runtime::Timestamp;

impl Engine {
    /// Keeps an object as a program describes it, with what it holds, in the place of one with the same key.
    pub(crate) fn seed(
        &mut self,
        collection: CollectionId,
        parent: Option<Order>,
        value: Map<String, Value>,
        now: Timestamp,
    ) -> Option<Order> {
        let item = self.index.item(collection)?;
        let given = self.given_key(collection, &value);
        let key = given.unwrap_or_else(|| self.made_key(collection, now));
        let parent = parent.or_else(|| self.referred_parent(collection, &value));
        let identity = self.identity(collection, parent, &key);
        let mut value = self.complete(item, value, identity, now);
        // That is shown by the answer to a creation alone, which there was none of.
        drop(take_once(item, &mut value));
        let fields = item.fields.iter();
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

    /// Adds what every object has and a model cannot leave out: its key, its URI, its times.
    fn complete(
        &mut self,
        item: &'static Shape,
        mut value: Map<String, Value>,
        identity: Identity,
        now: Timestamp,
    ) -> Map<String, Value> {
        let unset = Timestamp::UNIX_EPOCH.to_string();
        let mut converter = self.converter(now, identity);
        for field in item.fields {
            let time = matches!(field.ty, Type::Timestamp);
            let is_own =
                converter.identity.keys.iter().any(|(name, _)| *name == field.name) || is_uri(field.name) || time;
            let is_unset = value
                .get(field.name)
                .is_none_or(|value| value == "" || (time && *value == *unset));
            if is_own
                && is_unset
                && let Some(made) = converter.made(field)
            {
                value.insert(field.name.to_owned(), made);
            }
        }
        value
    }

    /// Keeps an example of each kind of object.
    pub(crate) fn seed_examples(&mut self, now: Timestamp) {
        for collection in 0..self.index.table.collections.len() {
            self.seed_example(collection, now, &mut BTreeSet::new());
        }
    }

    /// An example of a collection's objects, after one of each that it refers to; `open` are those on the way here.
    fn seed_example(
        &mut self,
        collection: CollectionId,
        now: Timestamp,
        open: &mut BTreeSet<CollectionId>,
    ) -> Option<Order> {
        if let Some((order, _)) = self.store.newest(collection, None, None).next() {
            return Some(order);
        }
        if !open.insert(collection) {
            return None;
        }
        let item = self.index.item(collection)?;
        let row = self.index.collection(collection);
        let above = row.parent.and_then(|above| self.index.id(above));
        let parent = above.and_then(|above| self.seed_example(above, now, open));
        if let Some(route) = self.index.creates(row.name) {
            let sent = self.sent(route, collection, Purpose::Create).ok()?;
            let body = self.example(sent.0, sent.1, now, open);
            let parent = parent.filter(|_| row.nested);
            let made = self.insert(collection, parent, sent, &body, now);
            return made.ok().map(|(order, _)| order);
        }
        let key = self.made_key(collection, now);
        let identity = self.identity(collection, parent, &key);
        let mut converter = self.converter(now, identity);
        let value = converter.object((item, Purpose::Create), &Map::new(), item, None, "");
        Some(self.store.insert(collection, Object { key, parent, value }))
    }

    /// What a request may hold: all that is needed, and of the rest what has an example.
    fn example(
        &mut self,
        shape: &'static Shape,
        purpose: Purpose,
        now: Timestamp,
        open: &mut BTreeSet<CollectionId>,
    ) -> Map<String, Value> {
        let mut body = Map::new();
        for field in shape.fields.iter().filter(|field| purpose.takes(field)) {
            if field.required || field.example.is_some() {
                let ty = field.send.unwrap_or(field.ty);
                let example = match field.shows_as.and(field.example) {
                    Some(example) => self.example_reference(example.to_json(), now, open),
                    None => field.example.map(Literal::to_json),
                };
                let value = example.or_else(|| field.required.then(|| self.example_value(ty, now, open)));
                body.extend(value.map(|value| (field.name.to_owned(), value)));
            }
        }
        body
    }

    /// The ID of an object like that whose ID is the example: its prefix tells the collection.
    fn example_reference(
        &mut self,
        example: Value,
        now: Timestamp,
        open: &mut BTreeSet<CollectionId>,
    ) -> Option<Value> {
        match example {
            Value::Array(examples) => examples
                .into_iter()
                .map(|example| self.example_reference(example, now, open))
                .collect(),
            Value::String(id) => {
                let prefix = id.rsplit_once('_').map(|(prefix, _)| prefix);
                let has_prefix = |collection: &CollectionId| {
                    let item = self.index.item(*collection);
                    prefix.is_some() && item.and_then(|item| item.id_prefix) == prefix
                };
                match (0..self.index.table.collections.len()).find(has_prefix) {
                    Some(collection) => {
                        let order = self.seed_example(collection, now, open)?;
                        self.store
                            .get(collection, order)
                            .map(|object| object.key.as_str().into())
                    }
                    None => Some(id.into()),
                }
            }
            other => Some(other),
        }
    }

    fn example_value(&mut self, ty: Type, now: Timestamp, open: &mut BTreeSet<CollectionId>) -> Value {
        match ty {
            Type::Text => "text".into(),
            Type::Timestamp => now.to_string().into(),
            Type::Boolean => true.into(),
            Type::Int32 | Type::Int64 | Type::Uint32 | Type::Uint64 => 1.into(),
            Type::Float64 => 0.5.into(),
            Type::Json => Value::Object(Map::new()),
            Type::Optional(inner) => self.example_value(*inner, now, open),
            Type::List(item) => Value::Array(vec![self.example_value(*item, now, open)]),
            Type::Map(item) => Value::Object(Map::from_iter([(
                "key".to_owned(),
                self.example_value(*item, now, open),
            )])),
            Type::Object(name) => Value::Object(self.example_object(name, now, open)),
        }
    }

    fn example_object(&mut self, name: &str, now: Timestamp, open: &mut BTreeSet<CollectionId>) -> Map<String, Value> {
        let Some(shape) = self.index.shape(name) else {
            return Map::new();
        };
        match shape.kind {
            Kind::Object => self.example(shape, Purpose::Whole, now, open),
            Kind::Union => {
                let first = shape.fields.first();
                first
                    .map(|field| (field.name.to_owned(), self.example_value(field.ty, now, open)))
                    .into_iter()
                    .collect()
            }
        }
    }
}
