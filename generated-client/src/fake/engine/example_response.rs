//! Responses whose value does not follow from the schema.

use serde_json::{Map, Value};

use super::page::{Found, Page};
use super::{Engine, RoutedRequest};
use crate::fake::convert::{Identity, ServerValues};
use crate::fake::table::{Fields, ValueType};

impl Engine {
    /// Returns an example of the response of an operation. The first page of a list has one item, the others have none.
    pub(super) fn example_response(&mut self, request: &RoutedRequest<'_>) -> Page {
        let Some(ty) = request.route.returns else {
            return Page::from(Value::Null);
        };
        let mut server = ServerValues::new(self.index, &mut self.ids, request.now, Identity::default());
        let example = server.example(ty);
        if request.route.info.paging.is_none() {
            return Page::from(example);
        }
        let items = if self.is_first_page(request) {
            vec![example]
        } else {
            Vec::new()
        };
        let found = Found {
            items,
            last: None,
            total: 1,
            more: false,
            skipped: 0,
            limit: 1,
        };
        self.page(request, found)
    }

    /// Returns an example of the response of an operation on a stored object. Fields with the
    /// same name and type have the values of the object.
    pub(super) fn example_of(&mut self, request: &RoutedRequest<'_>, ty: ValueType, stored: &Value) -> Page {
        let mut page = self.example_response(request);
        let item = self.index.target(request.route).filter(|(_, part)| part.is_none());
        let item = item.and_then(|(collection, _)| self.index.item(collection));
        if let (Value::Object(example), ValueType::Object(fields), Value::Object(stored), Some(item)) =
            (&mut page.body, ty.inner(), stored, item)
        {
            copy_same_fields(example, fields, stored, item);
        }
        page
    }
}

/// Copies the values of scalar fields that have the same name and type in two objects.
fn copy_same_fields(to: &mut Map<String, Value>, to_fields: Fields, from: &Map<String, Value>, from_fields: Fields) {
    for field in to_fields {
        let same = from_fields.iter().find(|other| other.name == field.name);
        let is_same = same.is_some_and(|other| other.ty.inner().is_same_scalar(field.ty.inner()));
        let value = from.get(field.name).filter(|value| is_same && !value.is_null());
        to.extend(value.map(|value| (field.name.to_owned(), value.clone())));
    }
}
