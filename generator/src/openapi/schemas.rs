//! Schemas for named types and derived request bodies.

use super::deprecation;
use super::json::{Json, Object, object};
use super::unions;
use crate::api::checked::Checked;
use crate::api::model::{
    Additional, Api, DerivedRequest, Field, InCreate, Literal, Quoted, Scalar, Type, TypeDef, TypeId, TypeKind, Value,
};
use crate::names;

/// Returns the schemas of all types, each followed by the request bodies derived from it.
pub fn of_types(checked: &Checked) -> Object {
    let api = &checked.api;
    let mut schemas = Object::default();
    for (id, ty) in api.types() {
        schemas.set(&ty.name, named(checked, id));
        for request in [DerivedRequest::Create, DerivedRequest::Update] {
            if checked.usage.is_derived(id, request) {
                schemas.set(&request_name(&ty.name, request), derived(api, ty, request));
            }
        }
    }
    schemas
}

/// Returns the name of a derived request body.
pub fn request_name(ty: &str, request: DerivedRequest) -> String {
    match request {
        DerivedRequest::Create => format!("{ty}Create"),
        DerivedRequest::Update => format!("{ty}Update"),
    }
}

pub fn reference(name: &str) -> Object {
    object! { "$ref": format!("#/components/schemas/{name}") }
}

/// Returns the schema of a type. Named types become references.
pub fn of_type(api: &Api, ty: &Type) -> Object {
    match ty {
        Type::Scalar(scalar) => of_scalar(*scalar),
        Type::List(item) => object! { "type": "array", "items": of_type(api, item) },
        Type::Map(item) => object! { "type": "object", "additionalProperties": of_type(api, item) },
        Type::Optional(inner) => or_null(of_type(api, inner)),
        Type::Named(id) => reference(&api[*id].name),
    }
}

fn or_null(schema: Object) -> Object {
    object! { "anyOf": [schema, object! { "type": "null" }] }
}

/// Returns the schema of a type in a response, where an empty list or map can be null.
fn of_response_type(api: &Api, ty: &Type) -> Object {
    let mut schema = of_type(api, ty);
    match ty {
        Type::List(_) => schema.set("type", ["array", "null"]),
        Type::Map(_) => schema.set("type", ["object", "null"]),
        Type::Scalar(_) | Type::Optional(_) | Type::Named(_) => {}
    }
    schema
}

fn of_scalar(scalar: Scalar) -> Object {
    match scalar {
        Scalar::String => object! { "type": "string" },
        Scalar::Boolean => object! { "type": "boolean" },
        Scalar::Int32 => object! { "type": "integer", "format": "int32" },
        Scalar::Int64 => object! { "type": "integer", "format": "int64" },
        Scalar::Uint32 => object! { "type": "integer", "format": "uint32", "minimum": 0 },
        Scalar::Uint64 => object! { "type": "integer", "format": "uint64", "minimum": 0 },
        Scalar::Float64 => object! { "type": "number", "format": "double" },
        Scalar::Timestamp => object! { "type": "string", "format": "date-time" },
        Scalar::Date => object! { "type": "string", "format": "date" },
        Scalar::Uuid => object! { "type": "string", "format": "uuid" },
        Scalar::Base64 => object! { "type": "string", "contentEncoding": "base64" },
        Scalar::Epoch => object! { "type": "number", "format": "unix-time" },
        Scalar::EpochMs => object! { "type": "integer", "format": "unix-time-ms" },
        Scalar::Quoted(quoted) => of_quoted(quoted),
        Scalar::Json => Object::default(),
    }
}

fn of_quoted(quoted: Quoted) -> Object {
    match quoted {
        Quoted::Boolean => object! { "type": "string", "enum": ["true", "false"] },
        Quoted::Int32 => object! { "type": "string", "format": "int32" },
        Quoted::Int64 => object! { "type": "string", "format": "int64" },
        Quoted::Uint32 => object! { "type": "string", "format": "uint32" },
        Quoted::Uint64 => object! { "type": "string", "format": "uint64" },
        Quoted::Float64 => object! { "type": "string", "format": "double" },
    }
}

fn named(checked: &Checked, id: TypeId) -> Object {
    let mut schema = of_kind(checked, id);
    deprecation::mark(&mut schema, checked.api[id].deprecated.as_ref());
    schema
}

fn of_kind(Checked { api, usage, .. }: &Checked, id: TypeId) -> Object {
    let ty = &api[id];
    match &ty.kind {
        TypeKind::Object(fields) => {
            // Responses omit empty fields, so `required` only applies to types that are never received.
            let only_sent = !usage.is_received(id);
            let readable = fields.iter().filter(|field| field.is_read());
            let is_required = |field: &Field| usage.must_be_present(api, id, field);
            let mut schema = of_fields(
                &ty.doc,
                readable.map(|field| {
                    let schema = if is_required(field) && field.ty == Type::Scalar(Scalar::Json) {
                        object! { "type": ["array", "boolean", "number", "object", "string"] }
                    } else if only_sent || api.requires_in_responses(field) {
                        of_type(api, &field.ty)
                    } else {
                        of_response_type(api, &field.ty)
                    };
                    (field, schema, is_required(field))
                }),
            );
            if let Some(Additional {
                ty: Type::Map(value), ..
            }) = &ty.additional
            {
                schema.set("additionalProperties", of_type(api, value));
            }
            schema
        }
        TypeKind::Enum(values) => of_enum(&ty.doc, "string", values),
        TypeKind::IntegerEnum(values) => of_enum(&ty.doc, "integer", values),
        TypeKind::Union(union) => unions::of_union(&ty.doc, union, |ty| of_type(api, ty)),
    }
}

/// Returns the schema of an enum of strings or integers, which allows unknown values.
fn of_enum<W: Clone + Into<Json>>(doc: &str, ty: &str, values: &[Value<W>]) -> Object {
    let known = values.iter().map(|value| {
        let mut schema = object! { "const": value.name.clone() };
        if let Some(doc) = &value.doc {
            schema.set("description", doc);
        }
        deprecation::mark(&mut schema, value.deprecated.as_ref());
        schema
    });
    let open = object! { "type": ty, "description": "Any other value. The API may add values." };
    object! { "description": doc, "anyOf": known.chain([open]).collect::<Json>() }
}

fn derived(api: &Api, ty: &TypeDef, request: DerivedRequest) -> Object {
    let article = names::article(&ty.name);
    let doc = match request {
        DerivedRequest::Create => format!("Request body for creating {article} `{}`.", ty.name),
        DerivedRequest::Update => format!(
            "Request body for updating {article} `{}`. Fields that are not set are left unchanged.",
            ty.name
        ),
    };
    let fields = ty.sent_fields(request).map(|field| {
        let schema = of_type(api, field.sent_type().unwrap_optional());
        let schema = if field.is_clearable(request) {
            or_null(schema)
        } else {
            schema
        };
        (
            field,
            schema,
            request == DerivedRequest::Create && field.create == Some(InCreate::Required),
        )
    });
    let mut schema = of_fields(&doc, fields);
    deprecation::mark(&mut schema, ty.deprecated.as_ref());
    schema
}

/// Returns the schema of an object. Each field comes with its schema, and `true` if it is required.
fn of_fields<'a>(doc: &str, fields: impl Iterator<Item = (&'a Field, Object, bool)>) -> Object {
    let (mut properties, mut required) = (Object::default(), Vec::new());
    for (field, schema, is_required) in fields {
        properties.set(&field.name, property(field, schema));
        if is_required {
            required.push(&field.name);
        }
    }
    let mut object = object! { "type": "object", "description": doc };
    if !required.is_empty() {
        object.set("required", required);
    }
    object.set("properties", properties);
    object
}

/// Adds the description, limits, examples and other properties of a field to its schema.
fn property(field: &Field, mut schema: Object) -> Object {
    let limit = field.max_bytes.map(|bytes| format!(" At most {bytes} bytes."));
    let deprecated = field
        .deprecated
        .as_ref()
        .map(|instead| format!(" Deprecated: {instead}."));
    let notes = [limit, deprecated].into_iter().flatten().collect::<String>();
    schema.set("description", format!("{}{notes}", field.doc));
    if let Some(bytes) = field.max_bytes {
        // JSON Schema cannot limit bytes. A string never has more characters than bytes.
        schema.set("maxLength", i64::from(bytes));
    }
    if field.deprecated.is_some() {
        schema.set("deprecated", true);
    }
    if field.secret {
        schema.set("format", "password");
    }
    if let Some(default) = &field.default {
        schema.set("default", literal(default));
    }
    if let Some(example) = &field.example {
        schema.set("examples", [literal(example)]);
    }
    schema
}

pub fn literal(literal: &Literal) -> Json {
    match literal {
        Literal::Boolean(value) => (*value).into(),
        Literal::Integer(value) => (*value).into(),
        Literal::Number(value) => (*value).into(),
        Literal::Text(value) => value.into(),
        Literal::List(values) => values.iter().map(self::literal).collect(),
        Literal::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| (key, self::literal(value)));
            entries.collect::<Object>().into()
        }
    }
}
