//! Operations that change or replace an object.

use serde_json::Value;

use super::target::PathTarget;
use super::{Engine, RoutedRequest};
use crate::fake::convert::{Purpose, time};
use crate::fake::rejection::Rejection;

impl Engine {
    /// Changes an object, or replaces it under the same key.
    pub(super) fn change(
        &mut self,
        request: &RoutedRequest<'_>,
        target: &PathTarget,
        purpose: Purpose,
    ) -> Result<Value, Rejection> {
        let order = self.find(request, target)?;
        let body = request.object()?;
        let item = self.item(target.collection);
        let schema = self.body_schema(request.route, target.collection, purpose);
        let Some(before) = self.store.get(target.collection, order).cloned() else {
            return Err(Rejection::not_found("the object no longer exists"));
        };
        let identity = self.identity(target.collection, before.parent, &before.key);
        let mut converter = self.converter(request.now, identity);
        let mut value = converter.object(schema, &body, item, Some(&before.value), "");
        let children = converter.finish()?;
        let children = self.make_children(order, &children, request.now)?;
        self.keep_children(order, children);
        let updated = self.index.rules.updated;
        let field = item.iter().find(|field| field.name == updated && !field.write_only);
        if let Some(time) = field.and_then(|field| time(field.ty, request.now)) {
            value.insert(updated.to_owned(), time);
        }
        if let Some(object) = self.store.get_mut(target.collection, order) {
            object.value = value;
        }
        Ok(self.show(target.collection, order))
    }
}
