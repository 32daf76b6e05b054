//! Named types, the requests that are derived from them, and the body of an error.

use serde_json::{Map, Value, json};

use crate::api::checked::Checked;
use crate::api::model::{Api, Field, InCreate, InUpdate, Literal, Request, Scalar, Type, TypeDef, TypeId, TypeKind};

/// The name of the schema of an error's body, which no type of an API can have.
pub const ERROR: &str = "error";

/// Every schema by its name.
pub fn all(checked: &Checked) -> Map<String, Value> {
    let api = &checked.api;
    let mut schemas = Map::new();
    for (id, ty) in api.types() {
        schemas.insert(ty.name.clone(), named(checked, id));
        for request in [Request::Create, Request::Update] {
            if checked.usage.is_derived(id, request) {
                schemas.insert(request_name(&ty.name, request), derived(api, ty, request));
            }
        }
    }
    schemas.insert(ERROR.to_owned(), error(api));
    schemas
}

/// The name of a derived request.
pub fn request_name(ty: &str, request: Request) -> String {
    match request {
        Request::Create => format!("{ty}Create"),
        Request::Update => format!("{ty}Update"),
    }
}

pub fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// The schema of a type where it is used.
pub fn of_type(api: &Api, ty: &Type) -> Value {
    match ty {
        Type::Scalar(scalar) => of_scalar(*scalar),
        Type::List(item) => json!({ "type": "array", "items": of_type(api, item) }),
        Type::Map(item) => json!({ "type": "object", "additionalProperties": of_type(api, item) }),
        Type::Optional(inner) => json!({ "anyOf": [of_type(api, inner), { "type": "null" }] }),
        Type::Named(id) => reference(&api[*id].name),
    }
}

/// The schema of a type in an answer, where an empty list or map is null.
fn of_shown(api: &Api, ty: &Type) -> Value {
    let mut schema = of_type(api, ty);
    if let Type::List(_) | Type::Map(_) = ty {
        schema["type"] = json!([schema["type"], "null"]);
    }
    schema
}

fn of_scalar(scalar: Scalar) -> Value {
    match scalar {
        Scalar::String => json!({ "type": "string" }),
        Scalar::Boolean => json!({ "type": "boolean" }),
        Scalar::Int32 => json!({ "type": "integer", "format": "int32" }),
        Scalar::Int64 => json!({ "type": "integer", "format": "int64" }),
        Scalar::Uint32 => json!({ "type": "integer", "format": "uint32", "minimum": 0 }),
        Scalar::Uint64 => json!({ "type": "integer", "format": "uint64", "minimum": 0 }),
        Scalar::Float64 => json!({ "type": "number", "format": "double" }),
        Scalar::Timestamp => json!({ "type": "string", "format": "date-time" }),
        Scalar::Json => json!({}),
    }
}

fn named(Checked { api, usage, .. }: &Checked, id: TypeId) -> Value {
    let ty = &api[id];
    match &ty.kind {
        TypeKind::Object(fields) => {
            // What requests need is said of types that requests alone hold: answers leave out what is empty.
            let only_sent = !usage.is_received(id);
            let shown = fields.iter().filter(|field| field.read);
            let is_required =
                |field: &Field| (field.required && only_sent) || field.ty == Type::Scalar(Scalar::Timestamp);
            object(
                &ty.doc,
                shown.map(|field| {
                    let schema = if only_sent {
                        of_type(api, &field.ty)
                    } else {
                        of_shown(api, &field.ty)
                    };
                    (field, schema, is_required(field))
                }),
            )
        }
        TypeKind::Enum(values) => {
            let known = values
                .iter()
                .map(|value| json!({ "const": value.name, "description": value.doc }));
            let open = json!({ "type": "string", "description": "A value added since." });
            json!({ "description": ty.doc, "anyOf": known.chain([open]).collect::<Vec<_>>() })
        }
        TypeKind::Union(variants) => {
            let properties: Map<_, _> = variants
                .iter()
                .map(|variant| (variant.key.clone(), of_type(api, &variant.ty)))
                .collect();
            let doc = format!("{} Exactly one key is set.", ty.doc);
            json!({ "type": "object", "description": doc, "properties": properties })
        }
    }
}

fn derived(api: &Api, ty: &TypeDef, request: Request) -> Value {
    let doc = match request {
        Request::Create => format!("What a request to create a `{}` holds.", ty.name),
        Request::Update => format!(
            "What a request to update a `{}` holds. What is left out stays as it is.",
            ty.name
        ),
    };
    let fields = ty.sent_fields(request).map(|field| {
        let schema = of_type(api, field.sent_type().unwrap_optional());
        let clearable = request == Request::Update && field.update == Some(InUpdate::Clearable);
        let schema = if clearable {
            json!({ "anyOf": [schema, { "type": "null" }] })
        } else {
            schema
        };
        (
            field,
            schema,
            request == Request::Create && field.create == Some(InCreate::Required),
        )
    });
    object(&doc, fields)
}

/// An object of fields, each with its schema and whether it is required.
fn object<'a>(doc: &str, fields: impl Iterator<Item = (&'a Field, Value, bool)>) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for (field, schema, is_required) in fields {
        properties.insert(field.name.clone(), property(field, schema));
        if is_required {
            required.push(field.name.clone());
        }
    }
    let mut object = json!({ "type": "object", "description": doc, "properties": properties });
    if !required.is_empty() {
        object["required"] = required.into();
    }
    object
}

/// The schema of a field with what else is known of it.
fn property(field: &Field, mut schema: Value) -> Value {
    let limit = field.max_bytes.map(|bytes| format!(" At most {bytes} bytes."));
    let deprecated = field
        .deprecated
        .as_ref()
        .map(|instead| format!(" Deprecated: {instead}."));
    let notes = [limit, deprecated].into_iter().flatten().collect::<String>();
    schema["description"] = format!("{}{notes}", field.doc).into();
    if let Some(bytes) = field.max_bytes {
        // No keyword counts bytes; there are never more characters than bytes.
        schema["maxLength"] = bytes.into();
    }
    if field.deprecated.is_some() {
        schema["deprecated"] = true.into();
    }
    if field.secret {
        schema["format"] = "password".into();
    }
    if let Some(default) = &field.default {
        schema["default"] = literal(default);
    }
    if let Some(example) = &field.example {
        schema["examples"] = json!([literal(example)]);
    }
    schema
}

fn literal(literal: &Literal) -> Value {
    match literal {
        Literal::Boolean(value) => json!(value),
        Literal::Integer(value) => json!(value),
        Literal::Number(value) => json!(value),
        Literal::Text(value) => json!(value),
        Literal::List(values) => values.iter().map(self::literal).collect(),
        Literal::Map(entries) => Value::Object(
            entries
                .iter()
                .map(|(key, value)| (key.clone(), self::literal(value)))
                .collect(),
        ),
    }
}

/// The body of an error, as far as JSON pointers into it tell.
fn error(api: &Api) -> Value {
    let errors = &api.errors;
    let mut schema = json!({ "type": "object", "description": "Why a request failed." });
    let texts = [&errors.code, &errors.message, &errors.operation_id];
    for (pointer, ty) in texts
        .into_iter()
        .flatten()
        .map(|pointer| (pointer, json!({ "type": "string" })))
    {
        insert(&mut schema, pointer, ty);
    }
    if let Some(status) = &api.fake.status {
        insert(&mut schema, status, json!({ "type": "integer" }));
    }
    if let Some(details) = &errors.details {
        insert(&mut schema, details, json!({ "type": "object" }));
    }
    schema
}

/// Adds what a JSON pointer leads to, below the objects on its way; what is there already stays.
fn insert(schema: &mut Value, pointer: &str, found: Value) {
    let mut place = schema;
    for key in pointer.trim_start_matches('/').split('/') {
        place["type"] = "object".into();
        place = &mut place["properties"][key];
    }
    if place.is_null() {
        *place = found;
    }
}
