//! Responses whose value does not follow from the schema.

use serde_json::Value;

use super::page::{Found, Page};
use super::{Engine, RoutedRequest};
use crate::fake::convert::{Identity, ServerValues};

impl Engine {
    /// Returns an example of the response of an operation. A list has one item.
    pub(super) fn example_response(&mut self, request: &RoutedRequest<'_>) -> Page {
        let Some(ty) = request.route.returns else {
            return Page::from(Value::Null);
        };
        let mut server = ServerValues::new(self.index, &mut self.ids, request.now, Identity::default());
        let example = server.example(ty);
        if request.route.info.paging.is_none() {
            return Page::from(example);
        }
        let found = Found {
            items: vec![example],
            last: None,
            total: 1,
            more: false,
            skipped: 0,
            limit: 1,
        };
        self.page(request, found)
    }
}
