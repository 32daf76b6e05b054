//! Operations on a field with its own path.

use serde_json::Value;

use super::target::PathTarget;
use super::{Engine, RoutedRequest};
use crate::fake::convert::{BodySchema, Identity};
use crate::fake::rejection::Rejection;
use crate::fake::store::Order;
use crate::fake::table::{Action, CollectionId, ValueType};

impl Engine {
    pub(super) fn get_part(
        &self,
        request: &RoutedRequest<'_>,
        target: &PathTarget,
        field: &str,
    ) -> Result<Value, Rejection> {
        self.part(request, target, field).map(|(_, part)| part.clone())
    }

    pub(super) fn delete_part(
        &mut self,
        request: &RoutedRequest<'_>,
        target: &PathTarget,
        field: &str,
    ) -> Result<Value, Rejection> {
        let (order, part) = self.part(request, target, field)?;
        let part = part.clone();
        self.set_part(target.collection, order, field, Value::Null);
        Ok(part)
    }

    /// Returns the status of the response without a value, if the operation returns a field that is not set and has such a status.
    pub(super) fn status_of_unset_part(&self, request: &RoutedRequest<'_>) -> Result<Option<u16>, Rejection> {
        let mut statuses = request.route.info.statuses.unwrap_or_default().iter();
        let Some((status, _)) = statuses.find(|(_, has_value)| !has_value) else {
            return Ok(None);
        };
        let target = self.target(request)?;
        let (Action::Get, Some(field)) = (request.route.action, target.part) else {
            return Ok(None);
        };
        let order = self.find(request, &target)?;
        let object = self.store.get(target.collection, order);
        let part = object.and_then(|object| object.value.get(field));
        Ok(part.is_none_or(Value::is_null).then_some(*status))
    }

    pub(super) fn replace_part(
        &mut self,
        request: &RoutedRequest<'_>,
        target: &PathTarget,
        field: &str,
    ) -> Result<Value, Rejection> {
        let order = self.find(request, target)?;
        let body = request.object()?;
        let mut fields = self.item(target.collection).iter();
        let shown = fields.find(|known| known.name == field);
        let shown = shown.and_then(|shown| shown.ty.fields()).unwrap_or_default();
        let sent = request.route.body.and_then(ValueType::fields).unwrap_or_default();
        let object = self.store.get(target.collection, order);
        let before = object.and_then(|object| object.value.get(field)?.as_object().cloned());
        // The response to a part contains no keys and no URI.
        let mut converter = self.converter(request.now, Identity::default());
        let part = converter.object(BodySchema::whole(sent), &body, shown, before.as_ref(), "");
        converter.finish()?;
        let part = Value::Object(part);
        self.set_part(target.collection, order, field, part.clone());
        Ok(part)
    }

    fn part<'a>(
        &'a self,
        request: &RoutedRequest<'_>,
        target: &PathTarget,
        field: &str,
    ) -> Result<(Order, &'a Value), Rejection> {
        let order = self.find(request, target)?;
        let object = self.store.get(target.collection, order);
        let part = object
            .and_then(|object| object.value.get(field))
            .filter(|part| !part.is_null());
        let missing = || Rejection::not_found(format!("`{field}` is not set"));
        Ok((order, part.ok_or_else(missing)?))
    }

    fn set_part(&mut self, collection: CollectionId, order: Order, field: &str, value: Value) {
        if let Some(object) = self.store.get_mut(collection, order) {
            object.value.insert(field.to_owned(), value);
        }
    }
}
