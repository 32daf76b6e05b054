//! Values that an OpenAPI document describes.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// The depth of nested types at which optional parts are left out.
const DEPTH: u32 = 4;

/// The named schemas of a document.
pub struct Schemas<'a> {
    schemas: &'a Map<String, Value>,
}

impl<'a> Schemas<'a> {
    pub fn new(document: &'a Value) -> Self {
        let schemas = document["components"]["schemas"].as_object().unwrap();
        Self { schemas }
    }

    /// Returns the values of a named type.
    pub fn values(&self, name: &str) -> BoxedStrategy<Value> {
        self.of_schema(&self.schemas[name], 0)
    }

    /// Returns JSON values of any kind for an untagged union, or any objects for a tagged one. Returns `None` for other types.
    pub fn values_of_no_member(&self, name: &str) -> Option<BoxedStrategy<Value>> {
        let schema = &self.schemas[name];
        let members = schema["anyOf"].as_array()?;
        if members.iter().any(|member| member.get("const").is_some()) {
            return None;
        }
        if schema["properties"].is_null() {
            return Some(any_json().boxed());
        }
        let entries = prop::collection::btree_map("[A-Za-z]{1,4}", any_json(), 0..4);
        Some(entries.prop_map(|entries| entries.into_iter().collect()).boxed())
    }

    fn of_schema(&self, schema: &Value, depth: u32) -> BoxedStrategy<Value> {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap();
            return self.of_schema(&self.schemas[name], depth + 1);
        }
        if let Some(constant) = schema.get("const") {
            return Just(constant.clone()).boxed();
        }
        if let Some(parts) = schema["allOf"].as_array() {
            return self.all_of(parts, depth);
        }
        match (&schema["anyOf"], &schema["properties"]) {
            (Value::Array(members), Value::Object(properties)) => self.tagged(properties, members, depth),
            (Value::Array(members), _) => self.any_of(members, depth),
            _ => self.of_types(schema, depth),
        }
    }

    /// Returns the values of a schema with a type, or with a list of types.
    fn of_types(&self, schema: &Value, depth: u32) -> BoxedStrategy<Value> {
        match &schema["type"] {
            Value::Array(types) => {
                let types = types.iter().map(|ty| self.of_type(ty.as_str().unwrap(), schema, depth));
                proptest::strategy::Union::new(types).boxed()
            }
            Value::String(ty) => self.of_type(ty, schema, depth),
            _ => any_json().boxed(),
        }
    }

    fn of_type(&self, ty: &str, schema: &Value, depth: u32) -> BoxedStrategy<Value> {
        match ty {
            "null" => Just(Value::Null).boxed(),
            "boolean" => any::<bool>().prop_map(Value::from).boxed(),
            "integer" => integer(schema["format"].as_str()),
            // Multiples of a power of two have the same decimal form after each conversion.
            "number" => any::<i32>()
                .prop_map(|quarters| json!(f64::from(quarters) / 4.0))
                .boxed(),
            "string" => string(schema),
            "array" if depth >= DEPTH => Just(json!([])).boxed(),
            "array" => prop::collection::vec(self.of_schema(&schema["items"], depth + 1), 0..3)
                .prop_map(Value::Array)
                .boxed(),
            "object" => self.object(schema, depth),
            other => panic!("unknown type {other}"),
        }
    }

    fn object(&self, schema: &Value, depth: u32) -> BoxedStrategy<Value> {
        let fields = self.fields(schema, depth);
        let Some(additional) = schema.get("additionalProperties").filter(|_| depth < DEPTH) else {
            return fields;
        };
        // No field begins with a capital letter.
        let keys = "[A-Z][a-z \"é]{0,4}";
        let additional = prop::collection::btree_map(keys, self.of_schema(additional, depth + 1), 0..3);
        (fields, additional)
            .prop_map(|(fields, additional)| merged(fields, additional.into_iter().collect()))
            .boxed()
    }

    /// Returns objects with the required properties, and any of the others.
    fn fields(&self, schema: &Value, depth: u32) -> BoxedStrategy<Value> {
        let required = schema["required"].as_array().into_iter().flatten();
        let required: BTreeSet<_> = required.filter_map(Value::as_str).collect();
        let properties = schema["properties"].as_object().into_iter().flatten();
        let is_keyed = schema["maxProperties"] == 1;
        let properties: Vec<_> = properties
            .filter(|(name, _)| depth < DEPTH || required.contains(name.as_str()))
            .map(|(name, schema)| {
                let value = self.of_schema(schema, depth + 1);
                let value = if is_keyed || required.contains(name.as_str()) {
                    value.prop_map(Some).boxed()
                } else {
                    prop::option::weighted(0.7, value).boxed()
                };
                let name = name.clone();
                value.prop_map(move |value| Some((name.clone(), value?))).boxed()
            })
            .collect();
        if !is_keyed {
            return properties
                .prop_map(|entries| entries.into_iter().flatten().collect())
                .boxed();
        }
        let unknown = Just(Some(("unknown".to_owned(), json!([1])))).boxed();
        let members = properties.into_iter().chain([unknown]);
        proptest::strategy::Union::new(members)
            .prop_map(|entry| entry.into_iter().collect())
            .boxed()
    }

    fn all_of(&self, parts: &[Value], depth: u32) -> BoxedStrategy<Value> {
        let parts: Vec<_> = parts.iter().map(|part| self.part(part, depth)).collect();
        parts
            .prop_map(|parts| {
                let entries = parts.into_iter().filter_map(|part| part.as_object().cloned());
                entries.fold(json!({}), merged)
            })
            .boxed()
    }

    /// Returns the values of a part of `allOf`, or of a member of a tagged union. Objects have all properties.
    fn part(&self, schema: &Value, depth: u32) -> BoxedStrategy<Value> {
        if schema["properties"].is_object() {
            self.all_properties(schema, depth)
        } else {
            self.of_schema(schema, depth)
        }
    }

    /// Returns objects with all properties.
    fn all_properties(&self, schema: &Value, depth: u32) -> BoxedStrategy<Value> {
        let mut schema = schema.clone();
        let names = schema["properties"].as_object().unwrap().keys().cloned();
        schema["required"] = names.collect();
        self.fields(&schema, depth)
    }

    fn any_of(&self, members: &[Value], depth: u32) -> BoxedStrategy<Value> {
        let is_simple = |member: &&Value| member.get("$ref").is_none();
        let simple: Vec<_> = members.iter().filter(is_simple).collect();
        let members = match simple.as_slice() {
            simple if depth >= DEPTH && !simple.is_empty() => simple.to_vec(),
            _ => members.iter().collect(),
        };
        let members = members.into_iter().map(|member| self.of_schema(member, depth));
        proptest::strategy::Union::new(members).boxed()
    }

    /// Returns the objects of a tagged union. The last member stands for any other object.
    fn tagged(&self, properties: &Map<String, Value>, members: &[Value], depth: u32) -> BoxedStrategy<Value> {
        let tag = properties.keys().next().unwrap().clone();
        let known = members.len() - 1;
        let known = members[..if depth < DEPTH { known } else { 0 }].iter();
        let known = known.map(|member| self.part(member, depth));
        let unknown =
            (".{0,4}", prop::collection::btree_map("[A-Z]{1,3}", any_json(), 0..3)).prop_map(move |(name, entries)| {
                let tagged = json!({ tag.as_str(): format!("other {name}") });
                merged(tagged, entries.into_iter().collect())
            });
        proptest::strategy::Union::new(known.chain([unknown.boxed()])).boxed()
    }
}

fn merged(mut object: Value, entries: Map<String, Value>) -> Value {
    object.as_object_mut().unwrap().extend(entries);
    object
}

fn integer(format: Option<&str>) -> BoxedStrategy<Value> {
    match format {
        Some("int32") => any::<i32>().prop_map(Value::from).boxed(),
        Some("uint32") => any::<u32>().prop_map(Value::from).boxed(),
        Some("uint64") => any::<u64>().prop_map(Value::from).boxed(),
        Some("unix-time-ms") => (0..4_000_000_000_000_i64).prop_map(Value::from).boxed(),
        _ => any::<i64>().prop_map(Value::from).boxed(),
    }
}

fn string(schema: &Value) -> BoxedStrategy<Value> {
    let quoted = |integers: BoxedStrategy<Value>| integers.prop_map(|value| json!(value.to_string())).boxed();
    let time = 0..4_000_000_000_000_i64;
    if schema["contentEncoding"] == "base64" {
        return "([A-Za-z0-9+/]{4}){0,3}".prop_map(Value::from).boxed();
    }
    match schema["format"].as_str() {
        Some("date-time") => time
            .prop_map(|time| json!(jiff::Timestamp::from_millisecond(time).unwrap().to_string()))
            .boxed(),
        Some("date") => time
            .prop_map(|time| json!(jiff::Timestamp::from_millisecond(time).unwrap().to_string()[..10]))
            .boxed(),
        Some("uuid") => "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
            .prop_map(Value::from)
            .boxed(),
        Some("double") => quoted(
            (1..1_000_i32)
                .prop_map(|quarters| json!(f64::from(quarters) / 4.0))
                .boxed(),
        ),
        format @ Some("int32" | "int64" | "uint32" | "uint64") => quoted(integer(format)),
        Some(_) | None => match schema["enum"].as_array() {
            Some(values) => prop::sample::select(values.clone()).boxed(),
            None => ".{0,6}".prop_map(Value::from).boxed(),
        },
    }
}

/// Returns any JSON value.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::Array),
            prop::collection::btree_map(".{0,4}", inner, 0..3)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// Removes empty values from objects, which a client does not send unless they are required. Numbers are compared by value.
pub fn without_empty(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), without_empty(value)));
            entries.filter(|(_, value)| !is_empty(value)).collect()
        }
        Value::Array(values) => values.iter().map(without_empty).collect(),
        // A number without a fraction may be written as an integer.
        Value::Number(number) => number
            .to_string()
            .strip_suffix(".0")
            .map_or_else(|| value.clone(), |digits| digits.parse().unwrap()),
        other => other.clone(),
    }
}

/// Returns `true` for null, `false`, 0, and empty strings, arrays and objects.
pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(entries) => entries.is_empty(),
    }
}
