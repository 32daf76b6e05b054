//! Named types, and the requests that are derived from them.

use super::{Lowering, rust_type};
use crate::api::model::{self, Field, InCreate, InUpdate, Literal, Request, TypeDef, TypeKind};
use crate::api::usage::Usage;
use crate::names;
use crate::rust::ir::{self, Argument, Builder, Built, Clear, Presence, Setter, SetterKind, Type};

impl Lowering<'_> {
    /// The types of a file, each followed by the requests that are derived from it.
    pub(super) fn models(&self, types: &[TypeDef]) -> Vec<ir::Model> {
        let mut models = Vec::new();
        for ty in types {
            models.push(self.model(ty));
            for request in [Request::Create, Request::Update] {
                if self.usage.is_derived(&ty.name, request) {
                    models.push(ir::Model::Struct(request_struct(ty, request)));
                }
            }
        }
        models
    }

    fn model(&self, ty: &TypeDef) -> ir::Model {
        let (name, doc) = (names::model(&ty.name), ty.doc.clone());
        match &ty.kind {
            TypeKind::Object(fields) => ir::Model::Struct(self.object(ty, fields)),
            TypeKind::Enum(values) => {
                let values = values.iter().map(|value| ir::Value {
                    name: names::variant(&value.name),
                    wire_name: value.name.clone(),
                    doc: value.doc.clone(),
                });
                ir::Model::Enum(ir::Enum {
                    name,
                    doc,
                    values: values.collect(),
                })
            }
            TypeKind::Union(variants) => {
                let variants = variants.iter().map(|variant| ir::Variant {
                    name: names::variant(&variant.key),
                    key: variant.key.clone(),
                    ty: self.boxed(&ty.name, rust_type(&variant.ty)),
                });
                ir::Model::Union(ir::Union {
                    name,
                    doc,
                    variants: variants.collect(),
                })
            }
        }
    }

    /// An object as answers show it, or as requests hold it.
    fn object(&self, ty: &TypeDef, fields: &[Field]) -> ir::Struct {
        let sent = self.usage.is_sent(&ty.name);
        let received = self.usage.is_received(&ty.name);
        let shown: Vec<_> = fields.iter().filter(|field| field.read).collect();
        let lowered = shown.iter().map(|field| {
            let plain = field_type(field, &field.ty);
            let presence = match (&plain, field.required, received) {
                // A time has no value that could stand for "none".
                (Type::Timestamp, _, _) | (_, true, false) => Presence::Required,
                (_, true, true) => Presence::Always,
                (_, false, _) => Presence::Forgiving,
            };
            rust_field(field, self.boxed(&ty.name, plain), presence)
        });
        let builder = sent.then(|| self.object_builder(ty, &shown));
        ir::Struct {
            name: names::model(&ty.name),
            doc: ty.doc.clone(),
            fields: lowered.collect(),
            builder,
        }
    }

    fn object_builder(&self, ty: &TypeDef, fields: &[&Field]) -> Builder {
        let (arguments, others): (Vec<_>, Vec<_>) = fields.iter().partition(|field| field.required);
        let arguments = arguments
            .into_iter()
            .map(|field| argument(field, self.boxed(&ty.name, field_type(field, &field.ty))));
        let setters = others.into_iter().map(|field| match field_type(field, &field.ty) {
            Type::Option(inner) => setter(field, SetterKind::Optional, *inner),
            other => setter(field, SetterKind::Plain, other),
        });
        Builder {
            arguments: arguments.collect(),
            setters: setters.collect(),
        }
    }

    /// A type within another, boxed where it leads back to that.
    fn boxed(&self, within: &str, ty: Type) -> Type {
        match ty {
            Type::Option(inner) => Type::Option(Box::new(self.boxed(within, *inner))),
            Type::Model(name) if self.usage.leads_to(&name.to_string(), within) => {
                Type::Box(Box::new(Type::Model(name)))
            }
            other => other,
        }
    }
}

/// What an operation `create` or `update` sends.
fn request_struct(ty: &TypeDef, request: Request) -> ir::Struct {
    let fields: Vec<_> = ty.sent_fields(request).collect();
    let lowered = fields.iter().map(|field| {
        let inner = value_type(field);
        match placing(field, request) {
            Placing::Argument => rust_field(field, inner, Presence::Required),
            Placing::Setter(SetterKind::Clearable) => {
                rust_field(field, Type::Patch(Box::new(inner)), Presence::Forgiving)
            }
            Placing::Setter(SetterKind::Optional | SetterKind::Plain) => {
                rust_field(field, Type::Option(Box::new(inner)), Presence::Forgiving)
            }
        }
    });
    let verb = request.name();
    let arguments = built(ty, request).arguments;
    ir::Struct {
        name: names::request_model(&ty.name, verb),
        doc: format!("What a request to {verb} holds of [`{}`].", names::model(&ty.name)),
        fields: lowered.collect(),
        builder: Some(Builder {
            arguments,
            setters: Vec::new(),
        }),
    }
}

/// Whether a value of a union or field stands in a box.
pub fn needs_box(usage: &Usage, within: &str, ty: &model::Type) -> bool {
    matches!(ty.unwrap_optional(), model::Type::Named(name) if usage.leads_to(name, within))
}

/// Where a field of a derived request comes from.
enum Placing {
    Argument,
    Setter(SetterKind),
}

fn placing(field: &Field, request: Request) -> Placing {
    match (request, field.create, field.update) {
        (Request::Create, Some(InCreate::Required), _) => Placing::Argument,
        (Request::Update, _, Some(InUpdate::Clearable)) => Placing::Setter(SetterKind::Clearable),
        (Request::Create | Request::Update, _, _) => Placing::Setter(SetterKind::Optional),
    }
}

/// What a call builds to send it.
pub fn built(ty: &TypeDef, request: Request) -> Built {
    let verb = request.name();
    let (arguments, others): (Vec<_>, Vec<_>) = ty
        .sent_fields(request)
        .partition(|field| matches!(placing(field, request), Placing::Argument));
    let setters = others.iter().filter_map(|field| match placing(field, request) {
        Placing::Argument => None,
        Placing::Setter(kind) => Some(setter(field, kind, value_type(field))),
    });
    let clearable = others
        .iter()
        .filter(|field| request == Request::Update && field.update == Some(InUpdate::Clearable));
    Built {
        model: names::request_model(&ty.name, verb),
        setters: setters.collect(),
        clears: clearable.map(|field| clear(field)).collect(),
        arguments: arguments
            .into_iter()
            .map(|field| argument(field, value_type(field)))
            .collect(),
        from: names::from_model(verb),
    }
}

fn clear(field: &Field) -> Clear {
    Clear {
        method: names::clear(field.program_name()),
        field: names::field(field.program_name()),
    }
}

fn argument(field: &Field, ty: Type) -> Argument {
    Argument {
        name: names::field(field.program_name()),
        ty,
    }
}

fn setter(field: &Field, kind: SetterKind, ty: Type) -> Setter {
    Setter {
        name: names::field(field.program_name()),
        doc: documentation(field),
        kind,
        ty,
    }
}

fn rust_field(field: &Field, ty: Type, presence: Presence) -> ir::Field {
    ir::Field {
        name: names::field(field.program_name()),
        wire_name: field.name.clone(),
        doc: documentation(field),
        ty,
        presence,
    }
}

/// The value of a field in a derived request, where being optional is said by other means.
fn value_type(field: &Field) -> Type {
    field_type(field, field.sent_type().unwrap_optional())
}

fn field_type(field: &Field, ty: &model::Type) -> Type {
    match rust_type(ty) {
        Type::String if field.secret => Type::Secret,
        Type::Option(inner) if field.secret && *inner == Type::String => Type::Option(Box::new(Type::Secret)),
        other => other,
    }
}

/// The documentation of a field, with what else the schema knows of it.
fn documentation(field: &Field) -> String {
    let limit = field.max_bytes.map(|bytes| format!("At most {bytes} bytes."));
    let default = field
        .default
        .as_ref()
        .map(|value| format!("The server takes `{}` where none is sent.", shown(value)));
    let once = field.once.then(|| "Only the answer to `create` holds it.".to_owned());
    let deprecated = field
        .deprecated
        .as_ref()
        .map(|text| format!("**Deprecated**: {}.", text.trim_end_matches('.')));
    let parts = [Some(field.doc.clone()), limit, default, once, deprecated];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
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
