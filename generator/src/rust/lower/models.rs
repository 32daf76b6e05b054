//! Lowers named types and the request bodies derived from them.

use std::fmt::Display;

use syn::ext::IdentExt;

use super::types::{codec, field_type, held_type, rust_type};
use super::unions;
use crate::api::checked::Checked;
use crate::api::model::{Additional, Api, DerivedRequest, Field, InCreate, Literal, TypeDef, TypeId, TypeKind, Value};
use crate::names;
use crate::rust::ir::{self, Argument, Builder, Clear, DerivedBody, Presence, RustType, Setter, SetterKind};
use crate::rust::markdown::{code, inert};

/// Lowers the types of a file. Each is followed by the request bodies derived from it.
pub fn models(checked: &Checked, types: &[TypeId]) -> Vec<ir::Model> {
    let mut models = Vec::new();
    for id in types {
        models.push(model(checked, *id));
        for request in [DerivedRequest::Create, DerivedRequest::Update] {
            if checked.usage.is_derived(*id, request) {
                let ty = &checked.api[*id];
                models.push(ir::Model::Struct(request_struct(&checked.api, ty, request)));
            }
        }
    }
    models
}

fn model(checked: &Checked, id: TypeId) -> ir::Model {
    let ty = &checked.api[id];
    match &ty.kind {
        TypeKind::Object(fields) => ir::Model::Struct(object(checked, id, fields)),
        TypeKind::Enum(values) => ir::Model::Enum(lowered_enum(ty, values)),
        TypeKind::IntegerEnum(values) => ir::Model::IntegerEnum(lowered_enum(ty, values)),
        TypeKind::Union(union) => ir::Model::Union(unions::union(checked, id, union)),
    }
}

fn lowered_enum<W: Clone + Display>(ty: &TypeDef, values: &[Value<W>]) -> ir::Enum<W> {
    let values = values.iter().map(|value| ir::Value {
        name: names::variant(&value.program_name()),
        wire: value.name.clone(),
        doc: match (&value.doc, value.name.to_string().as_str()) {
            (Some(doc), _) => inert(doc).into_owned(),
            (None, "") => "The empty value.".to_owned(),
            (None, name) => format!("The value {}.", code(name)),
        },
        deprecated: value.deprecated.clone(),
    });
    ir::Enum {
        name: names::model(&ty.name),
        doc: inert(&ty.doc).into_owned(),
        deprecated: ty.deprecated.clone(),
        values: values.collect(),
    }
}

/// Lowers an object to the struct used in responses and in requests that send it as a whole.
fn object(checked: &Checked, id: TypeId, fields: &[Field]) -> ir::Struct {
    let ty = &checked.api[id];
    let sent = checked.usage.is_sent(id);
    let shown: Vec<_> = fields.iter().filter(|field| field.is_read()).collect();
    let lowered = shown.iter().map(|field| {
        let plain = field_type(&checked.api, field, &field.ty);
        let must_be_present = checked.usage.must_be_present(&checked.api, id, field);
        let presence = if must_be_present {
            Presence::Required
        } else if field.required {
            Presence::Always
        } else {
            Presence::Forgiving
        };
        rust_field(
            field,
            held_type(checked, id, &field.ty, plain),
            codec(&field.ty),
            presence,
        )
    });
    let additional = ty.additional.as_ref();
    let additional_field = additional.map(|additional| additional_field(&checked.api, additional));
    ir::Struct {
        name: names::model(&ty.name),
        doc: inert(&ty.doc).into_owned(),
        deprecated: ty.deprecated.clone(),
        fields: lowered.chain(additional_field).collect(),
        builder: sent.then(|| object_builder(checked, id, &shown)),
    }
}

/// Lowers the keys of an object that are not fields.
fn additional_field(api: &Api, additional: &Additional) -> ir::Field {
    ir::Field {
        name: names::field(&additional.name),
        wire_name: String::new(),
        doc: additional_doc(additional),
        deprecated: additional.deprecated.clone(),
        ty: rust_type(api, &additional.ty),
        codec: codec(&additional.ty),
        presence: Presence::Additional,
    }
}

fn additional_setter(api: &Api, additional: &Additional) -> Setter {
    let name = names::field(&additional.name);
    Setter {
        method: name.clone(),
        name,
        doc: additional_doc(additional),
        deprecated: additional.deprecated.clone(),
        kind: SetterKind::Plain,
        ty: rust_type(api, &additional.ty),
    }
}

fn additional_doc(additional: &Additional) -> String {
    let doc = additional.doc.as_deref().map(|doc| inert(doc).into_owned());
    doc.unwrap_or_else(|| "Values by key, for the keys that are not fields.".to_owned())
}

fn object_builder(checked: &Checked, id: TypeId, fields: &[&Field]) -> Builder {
    let (arguments, others): (Vec<_>, Vec<_>) = fields.iter().partition(|field| field.required);
    let field_type = |field: &Field| field_type(&checked.api, field, &field.ty);
    let arguments = arguments
        .into_iter()
        .map(|field| argument(field, held_type(checked, id, &field.ty, field_type(field))));
    let setters = others.into_iter().map(|field| match field_type(field) {
        RustType::Option(inner) => model_setter(field, SetterKind::Optional, *inner),
        other => model_setter(field, SetterKind::Plain, other),
    });
    let additional = checked.api[id].additional.as_ref();
    Builder {
        arguments: arguments.collect(),
        setters: setters
            .chain(additional.map(|additional| additional_setter(&checked.api, additional)))
            .collect(),
    }
}

/// Returns the struct of a derived request body.
fn request_struct(api: &Api, ty: &TypeDef, request: DerivedRequest) -> ir::Struct {
    let fields: Vec<_> = ty.sent_fields(request).collect();
    let lowered = fields.iter().map(|field| {
        let (inner, codec) = (value_type(api, field), codec(field.sent_type()));
        match request_field(field, request) {
            RequestField::Argument => rust_field(field, inner, codec, Presence::Required),
            RequestField::Setter(SetterKind::Clearable) => {
                rust_field(field, RustType::Patch(Box::new(inner)), codec, Presence::Forgiving)
            }
            RequestField::Setter(SetterKind::Optional | SetterKind::Plain) => {
                rust_field(field, RustType::Option(Box::new(inner)), codec, Presence::Forgiving)
            }
        }
    });
    let verb = request.name();
    let arguments = derived(api, ty, request).arguments;
    ir::Struct {
        name: names::request_model(&ty.name, verb),
        doc: request_doc(ty, request),
        deprecated: ty.deprecated.clone(),
        fields: lowered.collect(),
        builder: Some(Builder {
            arguments,
            setters: Vec::new(),
        }),
    }
}

/// The source of a field in a derived request body.
enum RequestField {
    Argument,
    Setter(SetterKind),
}

fn request_field(field: &Field, request: DerivedRequest) -> RequestField {
    if request == DerivedRequest::Create && field.create == Some(InCreate::Required) {
        RequestField::Argument
    } else if field.is_clearable(request) {
        RequestField::Setter(SetterKind::Clearable)
    } else {
        RequestField::Setter(SetterKind::Optional)
    }
}

/// Returns the derived request body of an operation.
pub fn derived(api: &Api, ty: &TypeDef, request: DerivedRequest) -> DerivedBody {
    let verb = request.name();
    let (arguments, others): (Vec<_>, Vec<_>) = ty
        .sent_fields(request)
        .partition(|field| matches!(request_field(field, request), RequestField::Argument));
    let setters = others.iter().filter_map(|field| match request_field(field, request) {
        RequestField::Argument => None,
        RequestField::Setter(kind) => Some(setter(field, kind, value_type(api, field))),
    });
    let clearable = others.iter().filter(|field| field.is_clearable(request));
    DerivedBody {
        model: names::request_model(&ty.name, verb),
        setters: setters.collect(),
        clears: clearable.map(|field| clear(field, request)).collect(),
        arguments: arguments
            .into_iter()
            .map(|field| argument(field, value_type(api, field)))
            .collect(),
        from: names::from_model(verb),
    }
}

fn clear(field: &Field, request: DerivedRequest) -> Clear {
    let name = names::field(field.program_name());
    let shown = name.unraw();
    Clear {
        method: names::clear(field.program_name()),
        doc: match request {
            DerivedRequest::Create => format!("Sends `{shown}` as `null`. A field that is not set is not sent."),
            DerivedRequest::Update => {
                format!("Clears `{shown}` by sending `null`. Fields that are not set are left unchanged.")
            }
        },
        field: name,
        deprecated: field.deprecated.clone(),
    }
}

fn argument(field: &Field, ty: RustType) -> Argument {
    Argument {
        name: names::field(field.program_name()),
        ty,
    }
}

/// Returns the setter of an object that is sent as is.
fn model_setter(field: &Field, kind: SetterKind, ty: RustType) -> Setter {
    let name = names::field(field.program_name());
    Setter {
        method: name.clone(),
        name,
        doc: documentation(field),
        deprecated: field.deprecated.clone(),
        kind,
        ty,
    }
}

/// Returns the setter of a derived request body and of its call.
fn setter(field: &Field, kind: SetterKind, ty: RustType) -> Setter {
    Setter {
        name: names::field(field.program_name()),
        method: names::setter(field.program_name()),
        doc: setter_doc(field.program_name(), documentation(field)),
        deprecated: field.deprecated.clone(),
        kind,
        ty,
    }
}

fn rust_field(field: &Field, ty: RustType, codec: Option<ir::Codec>, presence: Presence) -> ir::Field {
    ir::Field {
        name: names::field(field.program_name()),
        wire_name: field.name.clone(),
        doc: documentation(field),
        deprecated: field.deprecated.clone(),
        ty,
        codec,
        presence,
    }
}

/// Returns the type of a field in a derived request body, without the `Option` or `Patch` that the caller adds.
fn value_type(api: &Api, field: &Field) -> RustType {
    field_type(api, field, field.sent_type().unwrap_optional())
}

/// Returns the documentation of the setter for a field or parameter. It explains a name that differs.
pub fn setter_doc(program_name: &str, doc: String) -> String {
    let (name, setter) = (names::field(program_name), names::setter(program_name));
    if name == setter {
        doc
    } else {
        let name = name.unraw();
        append(
            &doc,
            &format!("Named `{setter}` because each call has a method `{name}`."),
        )
    }
}

/// Appends a sentence to the documentation.
fn append(doc: &str, sentence: &str) -> String {
    // A sentence after a list or a code block would become part of it.
    let separator = if doc.trim().contains('\n') { "\n\n" } else { " " };
    [doc.trim_end(), sentence].join(separator)
}

/// Returns the documentation of a field, with its limit, its default and `once` appended.
fn documentation(field: &Field) -> String {
    let limit = field.max_bytes.map(|bytes| format!("At most {bytes} bytes."));
    let default = field
        .default
        .as_ref()
        .map(|value| format!("Defaults to {}.", code(&shown(value))));
    let once = field
        .once
        .then(|| "Returned only in the response to `create`.".to_owned());
    let doc = inert(&field.doc).into_owned();
    let facts: Vec<_> = [limit, default, once].into_iter().flatten().collect();
    if facts.is_empty() {
        doc
    } else {
        append(&doc, &facts.join(" "))
    }
}

fn shown(literal: &Literal) -> String {
    match literal {
        Literal::Boolean(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Number(value) => value.to_string(),
        Literal::Text(value) => value.clone(),
        Literal::List(values) => format!("[{}]", values.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Literal::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{key}: {}", shown(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

fn request_doc(ty: &TypeDef, request: DerivedRequest) -> String {
    let (article, model) = (names::article(&ty.name), names::model(&ty.name));
    match request {
        DerivedRequest::Create => format!("Request body for creating {article} [`{model}`]."),
        DerivedRequest::Update => {
            format!("Request body for updating {article} [`{model}`]. Fields that are not set are left unchanged.")
        }
    }
}
