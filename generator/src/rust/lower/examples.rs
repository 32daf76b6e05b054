//! The arguments in the examples of the documentation.

use std::fmt::Display;

use proc_macro2::Ident;

use super::fake::{Collections, argument};
use crate::api::checked::Checked;
use crate::api::model::{
    Api, Body, DerivedRequest, Field, InCreate, Literal, Member, Operation, Resource, ResourceId, Scalar, Type, TypeId,
    TypeKind, Union, Value,
};
use crate::names;
use crate::rust::ir;

/// The depth of nested objects in an example, below which lists and maps are empty.
const DEPTH: i32 = 4;

/// The depth at which a union that always contains itself ends.
const END: i32 = -16;

pub fn example(
    checked: &Checked,
    collections: &Collections,
    resource_id: ResourceId,
    operation: &Operation,
) -> ir::Example {
    let api = &checked.api;
    let resource = &api[resource_id];
    let mut code = Code {
        checked,
        models: false,
        deprecated: operation.deprecated.is_some(),
    };
    let mut arguments = Vec::new();
    let keys = collections.examples(api, resource_id, &operation.path);
    for (parameter, key) in operation.path_parameters.iter().zip(keys) {
        let example = key.and_then(|key| argument(api, key, &parameter.ty));
        arguments.push(match (&parameter.ty, example) {
            (Type::Scalar(Scalar::String), None) => id(api, resource, &parameter.name),
            (ty, example) => code.argument(ty, example.as_ref(), DEPTH),
        });
    }
    for (name, ty, example) in required_parameters(operation) {
        arguments.push(match (ty, example) {
            (Type::Scalar(Scalar::String), None) => format!("{name:?}"),
            (ty, example) => code.argument(ty, example, DEPTH),
        });
    }
    let mut setter = None;
    match operation.body {
        Body::Nothing | Body::Empty => {}
        Body::Optional(ref ty) => setter = Some((names::setter("body"), code.argument(ty, None, DEPTH))),
        Body::Value(ref ty) => arguments.push(code.value(ty, None, DEPTH)),
        Body::Derived {
            of,
            request: request @ DerivedRequest::Create,
        } => {
            let sent = api[of].sent_fields(request);
            let required = sent.filter(|field| field.create == Some(InCreate::Required));
            arguments.extend(required.map(|field| code.field(field, field.sent_type(), DEPTH)));
        }
        Body::Derived {
            of,
            request: request @ DerivedRequest::Update,
        } => setter = Some(code.setter(&api[of].sent_fields(request).collect::<Vec<_>>())),
    }
    ir::Example {
        crate_name: api.crate_name.clone(),
        accessor: names::module(&resource.name),
        variable: names::variable(&resource.name, resource.singular.as_deref()),
        arguments,
        setter,
        models: code.models,
        deprecated: code.deprecated,
    }
}

/// Returns the names, types and examples of the required headers and query parameters, in the order of the arguments.
fn required_parameters(operation: &Operation) -> impl Iterator<Item = (&str, &Type, Option<&Literal>)> {
    let headers = operation.headers.iter().filter(|parameter| parameter.required);
    let query = operation.query.iter().filter(|parameter| parameter.required);
    let headers = headers.map(|parameter| (parameter.program_name(), &parameter.ty, parameter.example.as_ref()));
    headers.chain(query.map(|parameter| (parameter.program_name(), &parameter.ty, parameter.example.as_ref())))
}

/// Returns an example of an ID, with the prefix from the schema if there is one.
fn id(api: &Api, resource: &Resource, parameter: &str) -> String {
    let owner = match &resource.module_of {
        Some(module) => &api[module.resource],
        None => resource,
    };
    let prefix = owner.types.iter().find_map(|id| api[*id].id_prefix.as_ref());
    match prefix {
        Some(prefix) if parameter == "id" => format!("\"{}1\"", names::id_prefix(prefix)),
        _ => format!("{parameter:?}"),
    }
}

/// Writes values as Rust code.
struct Code<'a> {
    checked: &'a Checked,
    /// `true` if the code names a model, which must then be imported.
    models: bool,
    /// `true` if the code uses something deprecated.
    deprecated: bool,
}

impl Code<'_> {
    /// Returns the setter that reads best: that of the first string field, otherwise of the first field,
    /// without those that are deprecated.
    fn setter(&mut self, fields: &[&Field]) -> (Ident, String) {
        let is_string = |field: &&&Field| *field.sent_type().unwrap_optional() == Type::Scalar(Scalar::String);
        let usual: Vec<_> = fields
            .iter()
            .copied()
            .filter(|field| field.deprecated.is_none())
            .collect();
        let fields = if usual.is_empty() { fields } else { &usual };
        let field = fields.iter().find(is_string).unwrap_or(&fields[0]);
        let argument = self.field(field, field.sent_type(), DEPTH);
        self.deprecated |= field.deprecated.is_some();
        (names::setter(field.program_name()), argument)
    }

    fn field(&mut self, field: &Field, ty: &Type, depth: i32) -> String {
        match (&field.example, ty.unwrap_optional()) {
            (None, Type::Scalar(Scalar::String)) => format!("{:?}", field.name),
            (literal, ty) => self.argument(ty, literal.as_ref(), depth),
        }
    }

    /// Writes a value as an argument. Strings need no `.into()`, whether alone, in a list or in a map.
    fn argument(&mut self, ty: &Type, literal: Option<&Literal>, depth: i32) -> String {
        match ty {
            Type::List(item) => format!("[{}]", self.items(item, literal, depth).join(", ")),
            Type::Map(item) => format!("[{}]", self.entries(item, literal, depth).join(", ")),
            _ => self.element(ty, literal, depth),
        }
    }

    fn items(&mut self, item: &Type, literal: Option<&Literal>, depth: i32) -> Vec<String> {
        match literal {
            Some(Literal::List(literals)) => literals
                .iter()
                .map(|literal| self.element(item, Some(literal), depth))
                .collect(),
            _ if is_empty(item, depth) => Vec::new(),
            _ => vec![self.element(item, None, depth)],
        }
    }

    fn entries(&mut self, item: &Type, literal: Option<&Literal>, depth: i32) -> Vec<String> {
        match literal {
            Some(Literal::Map(entries)) => entries
                .iter()
                .map(|(key, literal)| format!("({key:?}, {})", self.element(item, Some(literal), depth)))
                .collect(),
            _ if is_empty(item, depth) => Vec::new(),
            _ => vec![format!("(\"key\", {})", self.element(item, None, depth))],
        }
    }

    fn element(&mut self, ty: &Type, literal: Option<&Literal>, depth: i32) -> String {
        match ty {
            Type::Scalar(scalar) => scalar_example(*scalar, literal),
            _ => self.value(ty, literal, depth),
        }
    }

    /// Writes a value of exactly the type of a field.
    fn value(&mut self, ty: &Type, literal: Option<&Literal>, depth: i32) -> String {
        match ty {
            Type::Scalar(scalar @ (Scalar::String | Scalar::Base64)) => {
                format!("{}.into()", scalar_example(*scalar, literal))
            }
            Type::Scalar(scalar) => scalar_example(*scalar, literal),
            Type::Optional(inner) => format!("Some({})", self.value(inner, literal, depth)),
            Type::List(item) if is_empty(item, depth) => "vec![]".to_owned(),
            Type::Map(item) if is_empty(item, depth) => "[].into()".to_owned(),
            Type::List(item) => format!("vec![{}]", self.value(item, None, depth)),
            Type::Map(item) => format!("[(\"key\".into(), {})].into()", self.value(item, None, depth)),
            Type::Named(id) => self.named(*id, literal, depth),
        }
    }

    fn named(&mut self, id: TypeId, literal: Option<&Literal>, depth: i32) -> String {
        self.models = true;
        let ty = &self.checked.api[id];
        let ident = names::model(&ty.name);
        self.deprecated |= ty.deprecated.is_some();
        if depth == END {
            return format!("{ident}::default()");
        }
        match &ty.kind {
            TypeKind::Object(fields) => {
                let required = fields.iter().filter(|field| field.is_read() && field.required);
                let arguments: Vec<_> = required.map(|field| self.field(field, &field.ty, depth - 1)).collect();
                format!("{ident}::new({})", arguments.join(", "))
            }
            TypeKind::Enum(values) => {
                let is_literal = |name: &String| matches!(literal, Some(Literal::Text(text)) if text == name);
                format!("{ident}::{}", self.variant(values, is_literal))
            }
            TypeKind::IntegerEnum(values) => {
                let is_literal = |name: &i64| matches!(literal, Some(Literal::Integer(number)) if number == name);
                format!("{ident}::{}", self.variant(values, is_literal))
            }
            TypeKind::Union(union) => {
                let member = self.member(id, union);
                let variant = names::variant(member.program_name());
                let Some(ty) = &member.ty else {
                    return format!("{ident}::{variant}");
                };
                let value = self.value(ty, None, depth - 1);
                if self.checked.usage.needs_box(id, ty) {
                    format!("{ident}::{variant}(Box::new({value}))")
                } else {
                    format!("{ident}::{variant}({value})")
                }
            }
        }
    }

    /// Returns the first member that is not deprecated and does not lead back to the union, or the first one.
    fn member<'u>(&mut self, id: TypeId, union: &'u Union) -> &'u Member {
        let usage = &self.checked.usage;
        let ends = |member: &&Member| member.ty.as_ref().is_none_or(|ty| !usage.needs_box(id, ty));
        let usual = union.members.iter().filter(|member| member.deprecated.is_none());
        let member = usual.clone().find(ends).or_else(|| usual.clone().next());
        let member = member.unwrap_or(&union.members[0]);
        self.deprecated |= member.deprecated.is_some();
        member
    }

    /// Returns the variant of the value that an example consists of, or of the first one that is not deprecated.
    fn variant<W: Display>(&mut self, values: &[Value<W>], is_literal: impl Fn(&W) -> bool) -> Ident {
        let chosen = values.iter().find(|value| is_literal(&value.name));
        let usual = || values.iter().find(|value| value.deprecated.is_none());
        let value = chosen.or_else(usual).unwrap_or(&values[0]);
        self.deprecated |= value.deprecated.is_some();
        names::variant(&value.program_name())
    }
}

/// Returns `true` for a list or map that is empty because its items are nested too deeply.
fn is_empty(item: &Type, depth: i32) -> bool {
    depth <= 0 && item.named().is_some()
}

fn scalar_example(scalar: Scalar, literal: Option<&Literal>) -> String {
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
        (Scalar::Base64, _) => "\"bytes\"".to_owned(),
        (Scalar::Quoted(quoted), literal) => {
            let literal = match literal {
                Some(Literal::Text(text)) => unquoted(text),
                _ => None,
            };
            scalar_example(quoted.unquoted(), literal.as_ref())
        }
        (Scalar::Timestamp | Scalar::Epoch | Scalar::EpochMs | Scalar::Date | Scalar::Uuid | Scalar::Json, _) => {
            "Default::default()".to_owned()
        }
    }
}

/// Returns the boolean or number in a string.
fn unquoted(text: &str) -> Option<Literal> {
    let integer = text.parse().map(Literal::Integer).ok();
    let boolean = || text.parse().map(Literal::Boolean).ok();
    integer
        .or_else(boolean)
        .or_else(|| text.parse().map(Literal::Number).ok())
}
