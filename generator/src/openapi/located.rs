//! Schemas of objects that are known only by the locations of some values.

use indexmap::IndexMap;

use super::json::{Json, Object};

/// An object with the schemas of the values at some locations.
#[derive(Default)]
pub struct Located {
    schema: Option<Object>,
    children: IndexMap<String, Located>,
}

impl Located {
    /// Adds the schema of the value at a location. A value that exists already keeps its schema.
    pub fn insert(&mut self, location: &str, schema: Object) {
        let mut value = self;
        for key in keys(location) {
            value = value.children.entry(key).or_default();
        }
        value.schema.get_or_insert(schema);
    }

    /// Adds the schema of the value of a key.
    pub fn insert_key(&mut self, key: &str, schema: Object) {
        self.children.entry(key.to_owned()).or_default().schema = Some(schema);
    }

    /// Adds the type and the properties of the object to a schema, and requires all of them.
    pub fn require_all(&self, schema: Object) -> Object {
        let mut schema = self.describe(schema, true);
        let required: Json = self.children.keys().map(String::as_str).collect();
        schema.set("required", required);
        schema
    }

    /// Adds the type and the properties of the object to a schema.
    pub fn extend(&self, schema: Object) -> Object {
        self.describe(schema, false)
    }

    fn describe(&self, mut schema: Object, required: bool) -> Object {
        if self.children.is_empty() {
            return schema;
        }
        schema.set("type", "object");
        let properties = self.children.iter().map(|(key, value)| {
            let own = value.schema.clone().unwrap_or_default();
            let nested = if required && !value.children.is_empty() {
                value.require_all(own)
            } else {
                value.describe(own, required)
            };
            (key.as_str(), nested)
        });
        let properties: Object = properties.collect();
        schema.set("properties", properties);
        schema
    }
}

/// Returns the schema of an object with one value at a location, which is required.
pub fn wrapped(location: &str, schema: Object) -> Object {
    let mut body = Located::default();
    body.insert(location, schema);
    body.require_all(Object::default())
}

/// Returns the keys of a location: a key, or a JSON pointer.
fn keys(location: &str) -> Vec<String> {
    match location.strip_prefix('/') {
        Some(pointer) => pointer
            .split('/')
            .map(|key| key.replace("~1", "/").replace("~0", "~"))
            .collect(),
        None => vec![location.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openapi::json::object;

    #[test]
    fn merges_objects_on_the_way_to_values() {
        let mut body = Located::default();
        body.insert("/a/b", object! { "type": "string" });
        body.insert("/a/c~1d", object! { "type": "integer" });
        body.insert("e", object! { "type": "boolean" });
        body.insert("/a", object! { "description": "A." });
        let inner = object! {
            "description": "A.",
            "type": "object",
            "properties": object! { "b": object! { "type": "string" }, "c/d": object! { "type": "integer" } },
        };
        let properties = object! { "a": inner, "e": object! { "type": "boolean" } };
        assert_eq!(
            body.extend(Object::default()),
            object! { "type": "object", "properties": properties }
        );
    }

    #[test]
    fn requires_the_value_in_an_envelope() {
        let value = object! { "type": "string" };
        let inner = object! { "type": "object", "properties": object! { "b": value.clone() }, "required": ["b"] };
        let outer = object! { "type": "object", "properties": object! { "a": inner }, "required": ["a"] };
        assert_eq!(wrapped("/a/b", value), outer);
    }
}
