//! Rules for named types.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::api::cycles::components;
use crate::api::model::{Api, Body, DerivedRequest, Field, Operation, Type, TypeDef, TypeId, TypeKind};
use crate::api::usage::Usage;
use crate::syntax::{Diagnostic, Diagnostics};

pub fn check(api: &Api, usage: &Usage, errors: &mut Diagnostics) {
    for (id, ty) in api.types() {
        errors.extend(check_upper_camel_case(ty));
        errors.extend(check_type_is_not_empty(ty));
        errors.extend(check_type_is_used(usage, id, ty));
    }
    for (_, ty) in api.types() {
        errors.extend(ty.fields().iter().filter_map(check_is_optional_once));
    }
    check_requests_are_derived_once(api, errors);
    check_types_are_finite(api, errors);
}

fn check_upper_camel_case(ty: &TypeDef) -> Option<Diagnostic> {
    let name = &ty.name;
    let has_acronym = name
        .as_bytes()
        .windows(3)
        .any(|run| run.iter().all(u8::is_ascii_uppercase));
    let is_valid = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
        && !has_acronym;
    (!is_valid).then(|| {
        Diagnostic::new(ty.place.clone(), format!("type name `{name}` is not in UpperCamelCase"))
            .note("it becomes the name of a Rust type, and is never sent")
            .help("write acronyms as words: `ApiKey`, not `APIKey`")
    })
}

fn check_type_is_not_empty(ty: &TypeDef) -> Option<Diagnostic> {
    let (empty, part) = match &ty.kind {
        TypeKind::Object(fields) => (!fields.iter().any(Field::is_read), "readable field"),
        TypeKind::Enum(values) => (values.is_empty(), "value"),
        TypeKind::IntegerEnum(values) => (values.is_empty(), "value"),
        TypeKind::Union(union) => (union.members.is_empty(), "key"),
    };
    empty.then(|| {
        Diagnostic::new(ty.place.clone(), format!("type `{}` has no {part}", ty.name))
            .help(format!("add a {part}, or use the type `json` for an arbitrary object"))
    })
}

/// Checks that a type is not optional twice: JSON has only one null.
fn check_is_optional_once(field: &Field) -> Option<Diagnostic> {
    let types = [("type", Some(&field.ty)), ("send", field.send.as_ref())];
    let (key, _) = types.into_iter().find(|(_, ty)| ty.is_some_and(is_optional_twice))?;
    let error = Diagnostic::new(field.place.value(key), "the type is optional twice");
    Some(error.note("JSON has only one null").help("write `optional<T>` once"))
}

fn is_optional_twice(ty: &Type) -> bool {
    match ty {
        Type::Optional(inner) => matches!(**inner, Type::Optional(_)) || is_optional_twice(inner),
        Type::List(inner) | Type::Map(inner) => is_optional_twice(inner),
        Type::Scalar(_) | Type::Named(_) => false,
    }
}

/// Checks that only one operation sends each derived request, because its setters are methods of that operation's call.
fn check_requests_are_derived_once(api: &Api, errors: &mut Diagnostics) {
    let mut first: BTreeMap<(TypeId, DerivedRequest), &Operation> = BTreeMap::new();
    for operation in api.operations() {
        let Body::Derived { of, request } = &operation.body else {
            continue;
        };
        match first.entry((*of, *request)) {
            Entry::Vacant(entry) => drop(entry.insert(operation)),
            Entry::Occupied(first) => errors.push(
                Diagnostic::new(
                    operation.place.clone(),
                    format!("another `{}` operation sends the same fields", operation.name),
                )
                .related(first.get().place.clone(), "first sent here")
                .help("define a separate type for this request, and set it as `body`"),
            ),
        }
    }
}

fn check_type_is_used(usage: &Usage, id: TypeId, ty: &TypeDef) -> Option<Diagnostic> {
    (!usage.is_used(id)).then(|| {
        Diagnostic::new(ty.place.clone(), format!("type `{}` is never used", ty.name))
            .note("no operation uses it, directly or through another type")
            .help("use it in an operation, or remove it")
    })
}

/// Rejects types whose objects always contain an object of the same type, because such objects would be infinite.
fn check_types_are_finite(api: &Api, errors: &mut Diagnostics) {
    let edges = |ty: &TypeDef| required_objects(ty).map(|(_, inner)| inner.0).collect();
    let components = components(&api.types.iter().map(edges).collect::<Vec<_>>());
    for (id, ty) in api.types() {
        for (field, inner) in required_objects(ty) {
            if components[inner.0] == components[id.0] {
                errors.push(
                    Diagnostic::new(
                        field.place.value("type"),
                        format!("recursive type `{}` has infinite size", ty.name),
                    )
                    .note(format!("every `{}` would contain another `{}`", ty.name, ty.name))
                    .help(format!("write `optional<{}>`", api[inner].name)),
                );
            }
        }
    }
}

/// Returns the fields that always contain an object, with the type of that object.
fn required_objects(ty: &TypeDef) -> impl Iterator<Item = (&Field, TypeId)> {
    let fields = ty.fields().iter().filter(|field| field.is_read());
    fields.filter_map(|field| match field.ty {
        Type::Named(inner) => Some((field, inner)),
        Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Optional(_) => None,
    })
}
