//! Merges the parts of a schema.

use indexmap::{IndexMap, IndexSet};

use super::texts::Texts;
use crate::openapi::import::document::Document;
use crate::openapi::json::{Json, Object};

/// The keys of a schema that say nothing about its values.
const ANNOTATIONS: [&str; 12] = [
    "$comment",
    "default",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "nullable",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
];

/// The keys of a schema that the schema language cannot express.
const INEXPRESSIBLE: [&str; 14] = [
    "$dynamicRef",
    "$recursiveRef",
    "contains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "if",
    "maxContains",
    "minContains",
    "not",
    "patternProperties",
    "propertyNames",
    "unevaluatedItems",
    "contentSchema",
];

/// The number of schemas within each other, above which `allOf` is not followed.
const MAX_DEPTH: usize = 64;

/// A schema with those of its `allOf`.
#[derive(Clone)]
pub struct Flat<'a> {
    /// The kinds of its values, without null.
    pub kinds: Vec<&'a str>,
    pub nullable: bool,
    pub format: Option<&'a str>,
    /// The values of an enum or constant, without null.
    pub values: Option<Vec<&'a Json>>,
    /// The values of an enum as they are listed.
    pub listed: &'a [Json],
    /// Names and descriptions of the listed values.
    pub value_names: Option<&'a Json>,
    pub value_docs: Option<&'a Json>,
    /// The schemas of each property. All of them apply.
    pub properties: IndexMap<&'a str, Vec<&'a Json>>,
    pub required: IndexSet<&'a str>,
    /// The schema of other keys, or a boolean.
    pub additional: Option<&'a Json>,
    /// The schemas of the items. All of them apply.
    pub items: Vec<&'a Json>,
    pub has_prefix_items: bool,
    /// The members of each `oneOf` and `anyOf`, without null.
    pub unions: Vec<Vec<&'a Json>>,
    pub discriminator: Option<&'a Object>,
    /// Keys that the schema language cannot express.
    pub inexpressible: Vec<String>,
    /// The schemas that are merged already.
    pub merged: Vec<*const Json>,
    pub texts: Texts<'a>,
}

/// A schema that only annotates another one.
pub enum Single<'a> {
    None,
    Reference(&'a str),
    Inner { schema: &'a Json, nullable: bool },
}

/// Adds a schema to those that apply to the same value, unless it says nothing new.
fn add_schema<'a>(schemas: &mut Vec<&'a Json>, schema: &'a Json) {
    if is_any(schema) && !schemas.is_empty() {
        return;
    }
    schemas.retain(|known| !is_any(known));
    if !schemas.contains(&schema) {
        schemas.push(schema);
    }
}

/// Returns the schema that this one annotates.
pub fn single(schema: &Json) -> Single<'_> {
    let Some(object) = schema.as_object() else {
        return Single::None;
    };
    let keys: Vec<_> = object.iter().filter(|(key, _)| is_structural(key)).collect();
    let nullable = object.get("nullable").and_then(Json::as_bool) == Some(true);
    match keys.as_slice() {
        [("$ref", Json::String(reference))] if !nullable => Single::Reference(reference),
        [(key @ ("allOf" | "oneOf" | "anyOf"), members)]
        | [("type", _), (key @ "allOf", members)]
        | [(key @ "allOf", members), ("type", _)] => {
            let is_left = |member: &&Json| !(is_null(member) || (*key == "allOf" && is_any(member)));
            let mut structural = members.items().iter().filter(is_left);
            match (structural.next(), structural.next()) {
                (Some(schema), None) => Single::Inner {
                    schema,
                    nullable: nullable || members.items().iter().any(is_null),
                },
                _ => Single::None,
            }
        }
        _ => Single::None,
    }
}

fn is_structural(key: &str) -> bool {
    !ANNOTATIONS.contains(&key) && !key.starts_with("x-")
}

/// Returns `true` for a schema that describes any value.
pub fn is_any(schema: &Json) -> bool {
    schema
        .as_object()
        .is_none_or(|object| object.iter().all(|(key, _)| !is_structural(key)))
}

fn is_null(schema: &Json) -> bool {
    let is_null = |value: &Json| value.is_null();
    schema.get("type").and_then(Json::as_str) == Some("null")
        || schema
            .get("enum")
            .is_some_and(|values| !values.items().is_empty() && values.items().iter().all(is_null))
        || schema.get("const").is_some_and(is_null)
}

impl<'a> Flat<'a> {
    pub fn new(document: &'a Document, schema: &'a Json) -> Self {
        let mut flat = Self {
            kinds: Vec::new(),
            nullable: false,
            format: None,
            values: None,
            listed: &[],
            value_names: None,
            value_docs: None,
            properties: IndexMap::new(),
            required: IndexSet::new(),
            additional: None,
            items: Vec::new(),
            has_prefix_items: false,
            unions: Vec::new(),
            discriminator: None,
            inexpressible: Vec::new(),
            merged: Vec::new(),
            texts: Texts::new(schema),
        };
        flat.add(document, schema, 0);
        flat
    }

    /// Merges schemas that all apply to the same values.
    pub fn of_all(document: &'a Document, first: &'a Json, others: &[&'a Json]) -> Self {
        let mut flat = Self::new(document, first);
        for other in others {
            flat.add(document, other, 0);
        }
        flat
    }

    /// Returns `true` if the type of the schema needs a name.
    pub fn is_type(&self) -> bool {
        self.values.is_some() || self.is_union() || !self.properties.is_empty()
    }

    pub fn is_union(&self) -> bool {
        !self.unions.is_empty() || (self.kinds.len() > 1 && self.properties.is_empty())
    }

    fn add(&mut self, document: &'a Document, schema: &'a Json, depth: usize) {
        let Some(object) = schema.as_object().filter(|_| depth < MAX_DEPTH) else {
            return;
        };
        let schema = std::ptr::from_ref(schema);
        if self.merged.contains(&schema) {
            return;
        }
        self.merged.push(schema);
        if let Some(target) = object.text("$ref").and_then(|reference| document.lookup(reference)) {
            self.add(document, target, depth + 1);
        }
        for (key, value) in object.iter() {
            self.add_key(document, key, value, depth);
        }
    }

    fn add_key(&mut self, document: &'a Document, key: &'a str, value: &'a Json, depth: usize) {
        match key {
            "type" => self.add_kinds(value),
            "nullable" => self.nullable |= value.as_bool() == Some(true),
            "format" => self.format = value.as_str(),
            "contentEncoding" if value.as_str() == Some("base64") => self.format = Some("byte"),
            "enum" => {
                self.listed = value.items();
                self.add_values(value.items().iter().collect());
            }
            "const" => self.add_values(vec![value]),
            "properties" => self.add_properties(value),
            "required" => self.required.extend(value.items().iter().filter_map(Json::as_str)),
            "additionalProperties" | "unevaluatedProperties" => self.additional = Some(value),
            "items" => add_schema(&mut self.items, value),
            "prefixItems" => self.has_prefix_items = true,
            "discriminator" => self.discriminator = value.as_object(),
            "oneOf" | "anyOf" => self.add_union(value.items()),
            "allOf" => {
                for member in value.items() {
                    self.add(document, member, depth + 1);
                }
            }
            "x-enum-varnames" | "x-enumNames" => self.value_names = Some(value),
            "x-enum-descriptions" | "x-enumDescriptions" => self.value_docs = Some(value),
            _ if INEXPRESSIBLE.contains(&key) => self.inexpressible.push(format!("`{key}`")),
            _ => {}
        }
    }

    fn add_properties(&mut self, properties: &'a Json) {
        for (name, schema) in properties.as_object().into_iter().flat_map(Object::iter) {
            add_schema(self.properties.entry(name).or_default(), schema);
        }
    }

    fn add_kinds(&mut self, kinds: &'a Json) {
        let one = kinds.as_str().into_iter();
        let kinds: Vec<_> = one.chain(kinds.items().iter().filter_map(Json::as_str)).collect();
        self.nullable |= kinds.contains(&"null");
        self.kinds = kinds.into_iter().filter(|kind| *kind != "null").collect();
    }

    fn add_values(&mut self, values: Vec<&'a Json>) {
        let count = values.len();
        let values: Vec<_> = values.into_iter().filter(|value| !value.is_null()).collect();
        self.nullable |= values.len() < count;
        if !values.is_empty() {
            self.values = Some(values);
        }
    }

    fn add_union(&mut self, members: &'a [Json]) {
        let (nulls, members): (Vec<_>, Vec<_>) = members.iter().partition(|member| is_null(member));
        self.nullable |= !nulls.is_empty();
        // Members that only require keys do not change the type.
        let only_requires = |member: &&Json| {
            let keys = ["required", "not", "type", "properties"];
            let is_object = |object: &Object| object.iter().all(|(key, _)| !is_structural(key) || keys.contains(&key));
            let has_no_types = member
                .get("properties")
                .and_then(Json::as_object)
                .is_none_or(|properties| {
                    properties
                        .iter()
                        .all(|(name, schema)| self.properties.contains_key(name) || is_any(schema))
                });
            member.as_object().is_some_and(is_object)
                && (member.get("required").is_some() || member.get("not").is_some())
                && has_no_types
        };
        if members.iter().all(only_requires) {
            if !members.is_empty() {
                self.inexpressible.push("an alternative of required keys".to_owned());
            }
        } else {
            self.unions.push(members);
        }
    }
}
