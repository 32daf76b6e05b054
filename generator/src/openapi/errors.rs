//! The schema of error responses.

use indexmap::IndexMap;

use super::json::{Object, object};
use crate::api::model::Api;

/// The name of the schema. It starts with a lower-case letter, so no type of an API can have it.
pub const NAME: &str = "error";

/// Returns the schema of an error response body, as far as JSON pointers describe it.
pub fn schema(api: &Api) -> Object {
    let errors = &api.errors;
    let pointers = [
        (&errors.code, "string"),
        (&errors.message, "string"),
        (&errors.request_id, "string"),
        (&api.fake.status, "integer"),
        (&errors.details, "object"),
    ];
    let mut body = Node::default();
    for (pointer, ty) in pointers {
        if let Some(pointer) = pointer {
            body.insert(pointer, ty);
        }
    }
    body.extend(object! { "type": "object", "description": "The body of an error response." })
}

/// A value on the path of a JSON pointer.
#[derive(Default)]
struct Node<'a> {
    ty: Option<&'a str>,
    children: IndexMap<&'a str, Node<'a>>,
}

impl<'a> Node<'a> {
    /// Adds the value at a JSON pointer and the objects above it. A value that exists already keeps its type.
    fn insert(&mut self, pointer: &'a str, ty: &'a str) {
        let mut node = self;
        for key in pointer.trim_start_matches('/').split('/') {
            node.ty = Some("object");
            node = node.children.entry(key).or_default();
        }
        node.ty.get_or_insert(ty);
    }

    /// Adds the type and the properties of this value to a schema.
    fn extend(&self, mut schema: Object) -> Object {
        if let Some(ty) = self.ty {
            schema.set("type", ty);
        }
        if !self.children.is_empty() {
            let children = self.children.iter();
            let properties: Object = children
                .map(|(key, node)| (*key, node.extend(Object::default())))
                .collect();
            schema.set("properties", properties);
        }
        schema
    }
}
