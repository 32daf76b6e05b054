//! The arguments that the examples of the documentation show.

use proc_macro2::Ident;

use super::{Lowering, models};
use crate::api::model::{self, Body, Field, InCreate, Literal, Request, Scalar, Type, TypeKind};
use crate::names;
use crate::rust::ir;

/// Examples of objects within objects stop here.
const DEPTH: usize = 4;

impl Lowering<'_> {
    pub(super) fn example(&self, resource: &model::Resource, operation: &model::Operation) -> ir::Example {
        let path = operation.path_parameters.iter().map(|parameter| match &parameter.ty {
            Type::Scalar(Scalar::String) => self.example_id(resource, &parameter.name),
            other => self.example_argument(other, None, DEPTH),
        });
        let sent: Vec<&Field> = self.derived_fields(operation).unwrap_or_default();
        let body = match &operation.body {
            Body::Value(ty) => vec![self.example_value(ty, None, DEPTH)],
            Body::Derived {
                request: Request::Create,
                ..
            } => {
                let required = sent.iter().filter(|field| field.create == Some(InCreate::Required));
                required
                    .map(|field| self.example_field(field, field.sent_type(), DEPTH))
                    .collect()
            }
            Body::Nothing
            | Body::Empty
            | Body::Derived {
                request: Request::Update,
                ..
            } => Vec::new(),
        };
        let arguments: Vec<_> = path.chain(body).collect();
        let setter = match operation.body {
            Body::Derived {
                request: Request::Update,
                ..
            } => self.example_setter(&sent),
            Body::Nothing
            | Body::Empty
            | Body::Value(_)
            | Body::Derived {
                request: Request::Create,
                ..
            } => None,
        };
        let shown = arguments.iter().chain(setter.as_ref().map(|(_, argument)| argument));
        ir::Example {
            crate_name: self.api.crate_name.clone(),
            accessor: names::module(&resource.name),
            variable: names::variable(&resource.name, resource.singular.as_deref()),
            models: shown.into_iter().any(|argument| self.names_model(argument)),
            arguments,
            setter,
        }
    }

    /// Whether an argument names a model, which then has to be imported.
    fn names_model(&self, argument: &str) -> bool {
        let paths = argument
            .split("::")
            .map(|path| path.rsplit(|c: char| !c.is_alphanumeric()).next());
        paths.flatten().any(|name| self.usage.definition(name).is_some())
    }

    fn derived_fields(&self, operation: &model::Operation) -> Option<Vec<&Field>> {
        match &operation.body {
            Body::Derived { of, request } => Some(self.usage.definition(of)?.sent_fields(*request).collect()),
            Body::Nothing | Body::Empty | Body::Value(_) => None,
        }
    }

    /// The setter that is easiest to read.
    fn example_setter(&self, fields: &[&Field]) -> Option<(Ident, String)> {
        let is_text = |field: &&&Field| *field.sent_type().unwrap_optional() == Type::Scalar(Scalar::String);
        let field = fields.iter().find(is_text).or(fields.first())?;
        Some((
            names::field(field.program_name()),
            self.example_field(field, field.sent_type(), DEPTH),
        ))
    }

    /// An ID as the API forms it, where the schema tells how it begins.
    fn example_id(&self, resource: &model::Resource, parameter: &str) -> String {
        let owner = match &resource.module_of {
            Some((owner, _)) => self.api.resources.iter().find(|resource| resource.name == *owner),
            None => Some(resource),
        };
        let prefix = owner
            .into_iter()
            .flat_map(|owner| &owner.types)
            .find_map(|ty| ty.id_prefix.as_ref());
        match prefix {
            Some(prefix) if parameter == "id" => format!("\"{prefix}_1\""),
            _ => format!("{parameter:?}"),
        }
    }

    fn example_field(&self, field: &Field, ty: &Type, depth: usize) -> String {
        match (&field.example, ty.unwrap_optional()) {
            (None, Type::Scalar(Scalar::String)) => format!("{:?}", field.name),
            (literal, ty) => self.example_argument(ty, literal.as_ref(), depth),
        }
    }

    /// A value as an argument takes it: texts convert by themselves, alone, in a list or in a map.
    fn example_argument(&self, ty: &Type, literal: Option<&Literal>, depth: usize) -> String {
        match ty {
            Type::List(item) => format!("[{}]", self.example_items(item, literal, depth).join(", ")),
            Type::Map(item) => format!("[{}]", self.example_entries(item, literal, depth).join(", ")),
            _ => self.example_element(ty, literal, depth),
        }
    }

    fn example_items(&self, item: &Type, literal: Option<&Literal>, depth: usize) -> Vec<String> {
        match literal {
            Some(Literal::List(literals)) => literals
                .iter()
                .map(|literal| self.example_element(item, Some(literal), depth))
                .collect(),
            _ => vec![self.example_element(item, None, depth)],
        }
    }

    fn example_entries(&self, item: &Type, literal: Option<&Literal>, depth: usize) -> Vec<String> {
        match literal {
            Some(Literal::Map(entries)) => entries
                .iter()
                .map(|(key, literal)| format!("({key:?}, {})", self.example_element(item, Some(literal), depth)))
                .collect(),
            _ => vec![format!("(\"key\", {})", self.example_element(item, None, depth))],
        }
    }

    fn example_element(&self, ty: &Type, literal: Option<&Literal>, depth: usize) -> String {
        match ty {
            Type::Scalar(scalar) => example_scalar(*scalar, literal),
            _ => self.example_value(ty, literal, depth),
        }
    }

    /// A value as it is held.
    fn example_value(&self, ty: &Type, literal: Option<&Literal>, depth: usize) -> String {
        match ty {
            Type::Scalar(Scalar::String) => format!("{}.into()", example_scalar(Scalar::String, literal)),
            Type::Scalar(scalar) => example_scalar(*scalar, literal),
            Type::Optional(inner) => format!("Some({})", self.example_value(inner, literal, depth)),
            Type::List(item) => format!("vec![{}]", self.example_value(item, None, depth)),
            Type::Map(item) => format!("[(\"key\".into(), {})].into()", self.example_value(item, None, depth)),
            Type::Named(name) => self.example_named(name, literal, depth),
        }
    }

    fn example_named(&self, name: &str, literal: Option<&Literal>, depth: usize) -> String {
        let ident = names::model(name);
        let Some(ty) = self.usage.definition(name).filter(|_| depth > 0) else {
            return format!("{ident}::default()");
        };
        match &ty.kind {
            TypeKind::Object(fields) => {
                let required = fields.iter().filter(|field| field.read && field.required);
                let arguments: Vec<_> = required
                    .map(|field| self.example_field(field, &field.ty, depth - 1))
                    .collect();
                format!("{ident}::new({})", arguments.join(", "))
            }
            TypeKind::Enum(values) => {
                let chosen = values
                    .iter()
                    .find(|value| literal == Some(&Literal::Text(value.name.clone())));
                match chosen.or(values.first()) {
                    Some(value) => format!("{ident}::{}", names::variant(&value.name)),
                    None => format!("{ident}::default()"),
                }
            }
            TypeKind::Union(variants) => match variants.first() {
                Some(variant) => {
                    let value = self.example_value(&variant.ty, None, depth - 1);
                    let boxed = models::needs_box(&self.usage, name, &variant.ty);
                    let value = if boxed { format!("Box::new({value})") } else { value };
                    format!("{ident}::{}({value})", names::variant(&variant.key))
                }
                None => format!("{ident}::default()"),
            },
        }
    }
}

fn example_scalar(scalar: Scalar, literal: Option<&Literal>) -> String {
    match (scalar, literal) {
        (Scalar::String, Some(Literal::Text(text))) => format!("{text:?}"),
        (Scalar::String, _) => "\"text\"".to_owned(),
        (Scalar::Boolean, Some(Literal::Boolean(value))) => value.to_string(),
        (Scalar::Boolean, _) => "true".to_owned(),
        (Scalar::Float64, Some(Literal::Number(value))) => format!("{value:?}"),
        (Scalar::Float64, Some(Literal::Integer(value))) => format!("{value}.0"),
        (Scalar::Float64, _) => "0.5".to_owned(),
        (Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64, Some(Literal::Integer(value))) => {
            value.to_string()
        }
        (Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64, _) => "1".to_owned(),
        (Scalar::Timestamp | Scalar::Json, _) => "Default::default()".to_owned(),
    }
}
