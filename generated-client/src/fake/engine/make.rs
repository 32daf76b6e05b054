//! Creates objects from request bodies.

use serde_json::{Map, Value};

use super::Engine;
use crate::fake::convert::{BodySchema, Children};
use crate::fake::rejection::Rejection;
use crate::fake::store::{Object, Order};
use crate::fake::table::{CollectionId, Field, Fields};
use crate::runtime::Timestamp;

/// An object that is not stored yet.
pub(super) struct NewObject {
    pub(super) object: Object,
    /// The fields that only the response to its creation contains.
    pub(super) once: Map<String, Value>,
    pub(super) children: Vec<Children>,
}

/// The values of a new object.
pub(super) struct Sent<'a> {
    pub(super) schema: BodySchema,
    pub(super) body: &'a Map<String, Value>,
    /// The path of these values in the request body.
    pub(super) path: &'a str,
}

impl Engine {
    /// Creates an object without storing it. Its key is the one in the body if requests may contain it, or else the given
    /// one, or else a new one.
    pub(super) fn make(
        &mut self,
        collection: CollectionId,
        parent: Option<Order>,
        key: Option<&str>,
        Sent { schema, body, path }: Sent,
        now: Timestamp,
    ) -> Result<NewObject, Rejection> {
        let item = self.item(collection);
        let sent = self.sent_key(collection, schema, body);
        let key = sent.or_else(|| key.map(str::to_owned));
        let key = key.unwrap_or_else(|| self.next_key(collection, now));
        let identity = self.identity(collection, parent, &key);
        let mut converter = self.converter(now, identity);
        let mut value = converter.object(schema, body, item, None, path);
        let children = converter.finish()?;
        let parent = parent.or_else(|| self.referred_parent(collection, &value));
        if let (Some(above), None, true) = (self.index.collection(collection).parent, parent, refers(item, &value)) {
            return Err(Rejection::invalid(format!(
                "the referenced object is not one of `{above}`"
            )));
        }
        if matches!(key.as_str(), "." | "..") {
            return Err(Rejection::invalid(format!("`{key}` is not a valid ID")));
        }
        let once = take_once(item, &mut value);
        Ok(NewObject {
            object: Object { key, parent, value },
            once,
            children,
        })
    }

    /// Returns the key in the body of a request, if it may contain one.
    fn sent_key(&self, collection: CollectionId, schema: BodySchema, body: &Map<String, Value>) -> Option<String> {
        let name = self.index.collection(collection).key_field();
        let may_be_sent = schema.field(|field| field.name == name).is_some();
        self.given_key(collection, body).filter(|_| may_be_sent)
    }
}

/// Returns `true` if an object contains another one that requests set by reference.
fn refers(item: Fields, value: &Map<String, Value>) -> bool {
    let shown = |field: &Field| value.get(field.shows_as?);
    item.iter().filter_map(shown).any(Value::is_object)
}

/// Removes and returns the fields that only the response to a creation contains.
pub(super) fn take_once(item: Fields, value: &mut Map<String, Value>) -> Map<String, Value> {
    let fields = item.iter().filter(|field| field.once);
    fields
        .filter_map(|field| {
            let shown = value.insert(field.name.to_owned(), Value::Null)?;
            Some((field.name.to_owned(), shown))
        })
        .collect()
}
