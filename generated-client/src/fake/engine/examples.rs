//! Example objects from the examples in the schema.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Engine;
use super::make::Sent;
use crate::fake::convert::{BodySchema, OpenTypes, Purpose, time, with_tag};
use crate::fake::store::{Object, Order};
use crate::fake::table::{Collection, CollectionId, Field, Fields, Literal, ValueType};
use crate::runtime::Timestamp;

/// The collections, objects and unions whose examples are being created, to stop at circular references.
#[derive(Default)]
struct Open {
    collections: BTreeSet<CollectionId>,
    types: OpenTypes,
}

impl Engine {
    /// Stores an example object in each empty collection.
    pub(crate) fn seed_examples(&mut self, now: Timestamp) {
        for collection in self.index.ids() {
            self.seed_example(collection, now, &mut Open::default());
        }
    }

    /// Stores an example object in a collection unless it has one, after the objects that the example refers to.
    fn seed_example(&mut self, collection: CollectionId, now: Timestamp, open: &mut Open) -> Option<Order> {
        if let Some(order) = self.first(collection) {
            return Some(order);
        }
        if !open.collections.insert(collection) {
            return None;
        }
        let item = self.index.item(collection)?;
        let row = self.index.collection(collection);
        let above = row.parent.and_then(|above| self.index.id(above));
        let parent = above.and_then(|above| self.seed_example(above, now, open));
        // The example of the parent may contain one.
        if let Some(order) = self.first(collection) {
            return Some(order);
        }
        let created = self.create_example(collection, parent.filter(|_| row.nested), now, open);
        created.or_else(|| {
            let example = row.example.map(str::to_owned);
            let key = example.unwrap_or_else(|| self.next_key(collection, now));
            let identity = self.identity(collection, parent, &key);
            let mut converter = self.converter(now, identity);
            let schema = BodySchema::new(item, Purpose::Create);
            let value = converter.object(schema, &Map::new(), item, None, "");
            Some(self.store.insert(collection, Object { key, parent, value }))
        })
    }

    /// Returns the first object of a collection.
    fn first(&self, collection: CollectionId) -> Option<Order> {
        let mut objects = self.store.listed(collection, None, None);
        objects.next().map(|(order, _)| order)
    }

    /// Creates an example object as a request does, if there is an operation for it and the example follows its rules.
    fn create_example(
        &mut self,
        collection: CollectionId,
        parent: Option<Order>,
        now: Timestamp,
        open: &mut Open,
    ) -> Option<Order> {
        let row = self.index.collection(collection);
        let route = self.index.create_route(row.name)?;
        let schema = self.body_schema(route, collection, Purpose::Create);
        let mut body = self.example(schema, now, open);
        body.extend(example_key(schema, row).map(|(field, key)| (field.to_owned(), key)));
        let sent = Sent {
            schema,
            body: &body,
            path: "",
        };
        let created = self.insert(collection, parent, row.example, sent, now);
        created.ok().map(|(order, _)| order)
    }

    /// Returns a body with the required fields and the fields that have an example.
    fn example(&mut self, schema: BodySchema, now: Timestamp, open: &mut Open) -> Map<String, Value> {
        let mut body = Map::new();
        for field in schema.fields() {
            if field.required || field.example.is_some() {
                let example = match field.shows_as.and(field.example) {
                    Some(example) => self.example_reference(example.to_json(), now, open),
                    None => field.example.map(Literal::to_json),
                };
                let value = example.or_else(|| {
                    let required = || self.example_value(field.sent_type(), now, open);
                    field.required.then(required)
                });
                body.extend(value.map(|value| (field.name.to_owned(), value)));
            }
        }
        body
    }

    /// Returns the ID of a stored object for an example ID. The prefix of the ID determines the collection.
    fn example_reference(&mut self, example: Value, now: Timestamp, open: &mut Open) -> Option<Value> {
        match example {
            Value::Array(examples) => examples
                .into_iter()
                .map(|example| self.example_reference(example, now, open))
                .collect(),
            Value::String(id) => {
                let prefix = id.rfind(|end: char| !end.is_alphanumeric()).map(|end| &id[..=end]);
                let has_prefix =
                    |collection: &CollectionId| prefix.is_some() && self.index.id_prefix(*collection) == prefix;
                match self.index.ids().find(has_prefix) {
                    Some(collection) => {
                        let order = self.seed_example(collection, now, open)?;
                        let object = self.store.get(collection, order);
                        object.map(|object| object.key.as_str().into())
                    }
                    None => Some(id.into()),
                }
            }
            other => Some(other),
        }
    }

    fn example_value(&mut self, ty: ValueType, now: Timestamp, open: &mut Open) -> Value {
        match ty {
            ValueType::Text => "text".into(),
            ValueType::Timestamp | ValueType::Date | ValueType::Epoch | ValueType::EpochMs => {
                time(ty, now).unwrap_or_default()
            }
            ValueType::Uuid => self.ids.uuid().into(),
            ValueType::Base64 => "Ynl0ZXM=".into(),
            ValueType::Quoted(inner) => self.example_value(*inner, now, open).to_string().into(),
            ValueType::Boolean => true.into(),
            ValueType::Int32 | ValueType::Int64 | ValueType::Uint32 | ValueType::Uint64 => 1.into(),
            ValueType::Float64 => 0.5.into(),
            ValueType::Json => Value::Object(Map::new()),
            ValueType::Optional(inner) => self.value_unless_open(*inner, now, open).unwrap_or_default(),
            ValueType::List(item) => Value::Array(self.value_unless_open(*item, now, open).into_iter().collect()),
            ValueType::Map(item) => {
                let entry = self
                    .value_unless_open(*item, now, open)
                    .map(|value| ("key".to_owned(), value));
                Value::Object(entry.into_iter().collect())
            }
            ValueType::Object(fields) => {
                open.types.enter(fields);
                let object = self.example(BodySchema::whole(fields), now, open);
                open.types.leave();
                Value::Object(object)
            }
            ValueType::Union(members) => {
                let entry = self.example_member(members, now, open);
                let entry = entry.map(|(member, value)| (member.name.to_owned(), value));
                Value::Object(entry.into_iter().collect())
            }
            ValueType::Tagged(tag, members) => {
                let member = self.example_member(members, now, open);
                let member = member.map(|(member, value)| with_tag(value, tag, member.name));
                member.unwrap_or_default()
            }
            ValueType::AnyOf(members) => {
                let member = self.example_member(members, now, open);
                member.map(|(_, value)| value).unwrap_or_default()
            }
        }
    }

    fn value_unless_open(&mut self, ty: ValueType, now: Timestamp, open: &mut Open) -> Option<Value> {
        open.types
            .ends(ty, is_needed)
            .then(|| self.example_value(ty, now, open))
    }

    /// Returns the member of a union that its example has, with the value.
    fn example_member(
        &mut self,
        members: &'static Fields,
        now: Timestamp,
        open: &mut Open,
    ) -> Option<(&'static Field, Value)> {
        open.types.enter(members);
        let member = open.types.member(members, is_needed);
        let found = member.map(|member| (member, self.example_value(member.ty, now, open)));
        open.types.leave();
        found
    }
}

/// Returns the key of an example object and its field, if requests must contain the key and its field has no example.
fn example_key(schema: BodySchema, row: &Collection) -> Option<(&'static str, Value)> {
    let name = row.key_field();
    let field = schema.field(|field| field.name == name && field.required && field.example.is_none())?;
    let key = row.example?;
    let number = key.parse::<i64>().ok().filter(|_| row.has_integer_keys());
    Some((field.name, number.map_or_else(|| key.into(), Value::from)))
}

/// Returns `true` if an example contains a field, with a value that depends on its type.
fn is_needed(field: &Field) -> bool {
    field.required && field.example.is_none()
}
