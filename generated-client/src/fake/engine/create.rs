//! Operations that create an object.

use serde_json::{Map, Value};

use super::make::Sent;
use super::target::PathTarget;
use super::{Engine, RoutedRequest};
use crate::fake::convert::Purpose;
use crate::fake::rejection::Rejection;
use crate::fake::store::Order;
use crate::fake::table::CollectionId;
use crate::runtime::Timestamp;

impl Engine {
    pub(super) fn create(&mut self, request: &RoutedRequest<'_>, target: &PathTarget) -> Result<Value, Rejection> {
        let body = request.object()?;
        let schema = self.body_schema(request.route, target.collection, Purpose::Create);
        let (order, once) = self.insert(
            target.collection,
            target.parent,
            None,
            Sent {
                schema,
                body: &body,
                path: "",
            },
            request.now,
        )?;
        let mut shown = self.show(target.collection, order);
        if let Value::Object(shown) = &mut shown {
            shown.extend(once);
        }
        Ok(shown)
    }

    /// Stores a new object, and returns the fields that only the response to its creation contains.
    pub(super) fn insert(
        &mut self,
        collection: CollectionId,
        parent: Option<Order>,
        key: Option<&str>,
        sent: Sent,
        now: Timestamp,
    ) -> Result<(Order, Map<String, Value>), Rejection> {
        let made = self.make(collection, parent, key, sent, now)?;
        let scope = self.store.scope(collection, made.object.parent);
        if self.store.find(collection, scope, &made.object.key).is_some() {
            return Err(Rejection::conflict(&made.object.key));
        }
        let order = self.store.insert(collection, made.object);
        match self.make_children(order, &made.children, now) {
            Ok(children) => self.keep_children(order, children),
            Err(rejection) => {
                // A rejected request has no effect.
                self.store.remove(collection, order);
                return Err(rejection);
            }
        }
        Ok((order, made.once))
    }
}
