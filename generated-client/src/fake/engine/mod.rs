//! The objects of a fake, and the operations on them.

mod children;
mod create;
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
use super::rejection::Rejection;
use super::store::{Order, Store};
use super::table::{CollectionId, Fields, Index, Route};
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

    fn item(&self, collection: CollectionId) -> Result<Fields, Rejection> {
        self.index.item(collection).ok_or_else(Rejection::not_implemented)
    }

    /// Returns the schema of an operation's body: the fields of the objects, or of a separate body type.
    fn body_schema(&self, route: &Route, collection: CollectionId, purpose: Purpose) -> Result<BodySchema, Rejection> {
        match route.body {
            Some(body) => {
                let fields = body.fields().ok_or_else(Rejection::not_implemented)?;
                Ok(BodySchema::new(fields, purpose.with_own_type()))
            }
            None => Ok(BodySchema::new(self.item(collection)?, purpose)),
        }
    }

    fn converter(&mut self, now: Timestamp, identity: Identity) -> Converter<'_> {
        let server = ServerValues::new(self.index, &mut self.ids, now, identity);
        Converter::new(self.index, &self.store, server)
    }
}
