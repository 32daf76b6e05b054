//! The objects of a fake, and the operations on them.

mod children;
mod create;
mod example_response;
mod examples;
mod keys;
mod listing;
mod make;
mod page;
mod part;
mod respond;
mod routed_request;
mod seeding;
mod target;
mod update;

use serde_json::Value;

use super::convert::{BodySchema, Converter, Identity, Purpose, ServerValues};
use super::ids::Ids;
use super::store::{Order, Store};
use super::table::{CollectionId, Fields, Index, Route, ValueType};
use crate::runtime::Timestamp;

pub(crate) use self::routed_request::RoutedRequest;

/// The objects of a fake, and the generator of their IDs.
pub(crate) struct Engine {
    pub(crate) index: &'static Index,
    pub(crate) store: Store,
    pub(crate) ids: Ids,
    /// The base URL, without a trailing slash.
    base_url: String,
}

impl Engine {
    pub(crate) fn new(index: &'static Index, ids: Ids, base_url: String) -> Self {
        Self {
            index,
            store: Store::new(index),
            ids,
            base_url,
        }
    }

    fn show(&self, collection: CollectionId, order: Order) -> Value {
        self.store.show(collection, order).map_or(Value::Null, Value::Object)
    }

    /// Returns the fields of a collection's objects. Collections that only contain unknown objects have none.
    fn item(&self, collection: CollectionId) -> Fields {
        self.index.item(collection).unwrap_or_default()
    }

    /// Returns the schema of an operation's body: the fields of the objects, or of a separate body type.
    fn body_schema(&self, route: &Route, collection: CollectionId, purpose: Purpose) -> BodySchema {
        match route.body.and_then(ValueType::fields) {
            Some(fields) => BodySchema::new(fields, purpose.with_own_type()),
            None => BodySchema::new(self.item(collection), purpose),
        }
    }

    fn converter(&mut self, now: Timestamp, identity: Identity) -> Converter<'_> {
        let server = ServerValues::new(self.index, &mut self.ids, now, identity);
        Converter::new(self.index, &self.store, server)
    }
}
