//! The positions of schemas, parameters and other objects in a document of any version.

use std::fmt;

use super::pointer;
use crate::openapi::json::{Json, Object};

/// The HTTP methods, as keys of a path item.
pub const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// The meaning of an object, given by its position.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Kind {
    Document,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Header,
    MediaType,
    Encoding,
    Callback,
    Schema,
    /// A security scheme or a link, which contain no objects of other kinds.
    Leaf,
}

/// The values of a key.
#[derive(Clone, Copy)]
enum Children {
    One(Kind),
    List(Kind),
    OneOrList(Kind),
    /// An object with a value for each name.
    Named(Kind),
    /// Like `Named`, but keys that start with `x-` are extensions.
    Patterned(Kind),
    /// Data, such as examples and extensions. A key `$ref` in it has no meaning.
    Data,
}

/// Returns the values of a key of an object.
#[allow(clippy::match_same_arms, reason = "the arms are grouped by the kind of object")]
fn children(kind: Kind, key: &str) -> Children {
    use Children::{Data, List, Named, One, OneOrList, Patterned};

    match (kind, key) {
        (Kind::Document, "paths") => Patterned(Kind::PathItem),
        (Kind::Document, "webhooks") | (Kind::Components, "pathItems") => Named(Kind::PathItem),
        (Kind::Document, "components") => One(Kind::Components),
        (Kind::Document, "definitions") | (Kind::Components, "schemas") => Named(Kind::Schema),
        (Kind::Document | Kind::Components, "parameters") => Named(Kind::Parameter),
        (Kind::Document | Kind::Components, "responses") => Named(Kind::Response),
        (Kind::Document, "securityDefinitions") | (Kind::Components, "securitySchemes" | "links") => Named(Kind::Leaf),
        (Kind::Components, "requestBodies") => Named(Kind::RequestBody),
        (Kind::Components | Kind::Operation, "callbacks") => Named(Kind::Callback),
        (Kind::Components | Kind::Response | Kind::Encoding, "headers") => Named(Kind::Header),
        (Kind::Components, "mediaTypes") => Named(Kind::MediaType),
        (Kind::PathItem | Kind::Operation, "parameters") => List(Kind::Parameter),
        (Kind::PathItem, "additionalOperations") => Named(Kind::Operation),
        (Kind::PathItem, method) if METHODS.contains(&method) => One(Kind::Operation),
        (Kind::Operation, "requestBody") => One(Kind::RequestBody),
        (Kind::Operation, "responses") => Patterned(Kind::Response),
        (Kind::Callback, expression) if !expression.starts_with("x-") => One(Kind::PathItem),
        (Kind::Parameter | Kind::Header | Kind::RequestBody | Kind::Response, "content") => Named(Kind::MediaType),
        (Kind::Parameter | Kind::Header | Kind::Response | Kind::MediaType, "schema")
        | (Kind::Parameter | Kind::Header, "items")
        | (Kind::MediaType, "itemSchema") => One(Kind::Schema),
        (Kind::Response, "links") => Named(Kind::Leaf),
        (Kind::MediaType, "encoding") => Named(Kind::Encoding),
        (Kind::Schema, "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas") => {
            Named(Kind::Schema)
        }
        (Kind::Schema, "allOf" | "oneOf" | "anyOf" | "prefixItems") => List(Kind::Schema),
        (Kind::Schema, "items") => OneOrList(Kind::Schema),
        (
            Kind::Schema,
            "additionalProperties"
            | "additionalItems"
            | "unevaluatedProperties"
            | "unevaluatedItems"
            | "contains"
            | "propertyNames"
            | "not"
            | "if"
            | "then"
            | "else"
            | "contentSchema",
        ) => One(Kind::Schema),
        _ => Data,
    }
}

/// Returns the kind of the object at a pointer in an object, or `None` for data and for maps of objects.
pub fn kind_at(kind: Kind, pointer: &str) -> Option<Kind> {
    let mut keys = pointer::keys(pointer).peekable();
    let mut kind = kind;
    while let Some(key) = keys.next() {
        kind = match children(kind, &key) {
            Children::One(child) => child,
            Children::List(child) | Children::Named(child) => keys.next().map(|_| child)?,
            Children::Patterned(child) => keys.next().filter(|key| !key.starts_with("x-")).map(|_| child)?,
            Children::OneOrList(child) => {
                keys.next_if(|key| key.parse::<usize>().is_ok());
                child
            }
            Children::Data => return None,
        };
    }
    Some(kind)
}

/// A step of a conversion.
pub trait Visitor {
    /// Converts an object before the objects in it.
    fn visit(&mut self, kind: Kind, object: &mut Object, place: &Place);

    /// Converts an object that has an object of a kind for each name.
    fn visit_map(&mut self, _object: &mut Object, _place: &Place) {}
}

/// Visits an object and all objects in it.
pub fn walk(visitor: &mut dyn Visitor, kind: Kind, value: &mut Json, place: &Place) {
    let Json::Object(object) = value else {
        return;
    };
    visitor.visit(kind, object, place);
    for (key, value) in object.iter_mut() {
        let place = &place.child(key);
        match (children(kind, key), value) {
            (Children::One(child) | Children::OneOrList(child), value @ Json::Object(_)) => {
                walk(visitor, child, value, place);
            }
            (Children::List(child) | Children::OneOrList(child), Json::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    walk(visitor, child, item, &place.child(&index.to_string()));
                }
            }
            (Children::Named(child), Json::Object(map)) => walk_map(visitor, child, map, false, place),
            (Children::Patterned(child), Json::Object(map)) => walk_map(visitor, child, map, true, place),
            _ => {}
        }
    }
}

fn walk_map(visitor: &mut dyn Visitor, kind: Kind, map: &mut Object, extensions: bool, place: &Place) {
    visitor.visit_map(map, place);
    for (key, value) in map.iter_mut() {
        if !(extensions && key.starts_with("x-")) {
            walk(visitor, kind, value, &place.child(key));
        }
    }
}

/// A position in a file, for messages.
pub struct Place<'a> {
    parent: Option<&'a Place<'a>>,
    key: &'a str,
}

impl<'a> Place<'a> {
    /// Returns the position of a whole file.
    pub fn root() -> Self {
        Self { parent: None, key: "" }
    }

    pub fn child(&'a self, key: &'a str) -> Self {
        Self {
            parent: Some(self),
            key,
        }
    }

    fn keys(&self) -> Vec<&str> {
        let ancestors = std::iter::successors(Some(self), |place| place.parent);
        let mut keys: Vec<_> = ancestors
            .filter(|place| place.parent.is_some())
            .map(|place| place.key)
            .collect();
        keys.reverse();
        keys
    }
}

/// Writes a place such as `GET /things: responses/200` or `components/schemas/Thing`.
impl fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self.keys().as_slice() {
            ["paths", path, method, rest @ ..] if METHODS.contains(method) => {
                write!(formatter, "{} {path}", method.to_uppercase())?;
                if !rest.is_empty() {
                    write!(formatter, ": {}", rest.join("/"))?;
                }
                Ok(())
            }
            keys => formatter.write_str(&keys.join("/")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openapi::json::object;

    /// Records the kind and the place of each object.
    #[derive(Default)]
    struct Recorder(Vec<String>);

    impl Visitor for Recorder {
        fn visit(&mut self, kind: Kind, _: &mut Object, place: &Place) {
            self.0.push(format!("{kind:?} {place}"));
        }
    }

    #[test]
    fn visits_schemas_and_no_data() {
        let example = object! { "example": object! { "properties": object! { "a": Object::default() } } };
        let properties = object! {
            "example": object! { "default": object! { "items": Object::default() } },
            "x-a": object! { "items": [Json::from(Object::default()), true.into()] },
        };
        let schema = object! { "properties": properties, "x-b": example.clone(), "items": true, "const": example };
        let mut recorder = Recorder::default();
        walk(&mut recorder, Kind::Schema, &mut schema.into(), &Place::root());
        let expected = [
            "Schema ",
            "Schema properties/example",
            "Schema properties/x-a",
            "Schema properties/x-a/items/0",
        ];
        assert_eq!(recorder.0, expected);
    }

    #[test]
    fn names_operations_by_method_and_path() {
        let response = object! { "content": object! { "text/plain": object! { "schema": Object::default() } } };
        let operation = object! { "responses": object! { "default": response, "x-a": Object::default() } };
        let paths = object! { "/a": object! { "get": operation, "summary": "A." }, "x-b": Object::default() };
        let mut recorder = Recorder::default();
        walk(
            &mut recorder,
            Kind::Document,
            &mut object! { "paths": paths }.into(),
            &Place::root(),
        );
        let expected = [
            "Document ",
            "PathItem paths//a",
            "Operation GET /a",
            "Response GET /a: responses/default",
            "MediaType GET /a: responses/default/content/text/plain",
            "Schema GET /a: responses/default/content/text/plain/schema",
        ];
        assert_eq!(recorder.0, expected);
    }

    #[test]
    fn finds_the_kind_at_a_pointer() {
        let kind = |pointer| kind_at(Kind::Document, pointer);
        assert_eq!(kind("/components/schemas/A"), Some(Kind::Schema));
        assert_eq!(kind("/components/schemas/A/items/properties/b"), Some(Kind::Schema));
        assert_eq!(kind("/components/schemas/A/items/0/not"), Some(Kind::Schema));
        assert_eq!(kind("/paths/~1a/get/responses/200"), Some(Kind::Response));
        for data in [
            "/components/schemas",
            "/x-a/b",
            "/components/schemas/A/example/items",
            "/paths/x-a",
        ] {
            assert_eq!(kind(data), None, "{data}");
        }
    }
}
