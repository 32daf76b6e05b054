//! Rules of named types.

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
    check_requests_are_derived_once(api, errors);
    check_objects_end(api, errors);
}

fn check_upper_camel_case(ty: &TypeDef) -> Option<Diagnostic> {
    let name = &ty.name;
    let upper_run = name
        .as_bytes()
        .windows(3)
        .any(|run| run.iter().all(u8::is_ascii_uppercase));
    let good = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
        && !upper_run;
    (!good).then(|| {
        Diagnostic::new(ty.place.clone(), format!("type name `{name}` is not in UpperCamelCase"))
            .note("it becomes the name of a Rust type, and never travels on the wire: `ApiKey`, not `APIKey`")
    })
}

fn check_type_is_not_empty(ty: &TypeDef) -> Option<Diagnostic> {
    let (empty, part) = match &ty.kind {
        TypeKind::Object(fields) => (!fields.iter().any(|field| field.read), "field that is read"),
        TypeKind::Enum(values) => (values.is_empty(), "value"),
        TypeKind::Union(variants) => (variants.is_empty(), "key"),
    };
    empty.then(|| {
        Diagnostic::new(ty.place.clone(), format!("type `{}` has no {part}", ty.name)).help(format!(
            "describe at least one {part}; for any object whatever use the type `json`"
        ))
    })
}

/// The setters of a derived request stand on the one call that sends it.
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
                    format!("a second `{}` sends the same fields", operation.name),
                )
                .related(first.get().place.clone(), "the first is here")
                .help("describe what this one sends as a type of its own, and name it with `body`"),
            ),
        }
    }
}

fn check_type_is_used(usage: &Usage, id: TypeId, ty: &TypeDef) -> Option<Diagnostic> {
    (!usage.is_used(id)).then(|| {
        Diagnostic::new(ty.place.clone(), format!("no operation uses the type `{}`", ty.name))
            .note("neither directly nor through another type")
            .help("use it, or delete it")
    })
}

/// No object holds itself whether or not it is there: none could ever be written.
fn check_objects_end(api: &Api, errors: &mut Diagnostics) {
    let held = |ty: &TypeDef| always_held(ty).map(|(_, held)| held.0).collect();
    let components = components(&api.types.iter().map(held).collect::<Vec<_>>());
    for (id, ty) in api.types() {
        for (field, held) in always_held(ty) {
            if components[held.0] == components[id.0] {
                errors.push(
                    Diagnostic::new(
                        field.place.value("type"),
                        format!("every `{}` would hold another one", ty.name),
                    )
                    .note("an object that always holds itself has no end")
                    .help(format!("write `optional<{}>`", api[held].name)),
                );
            }
        }
    }
}

/// The fields by which each object of a type has an object of another in it.
fn always_held(ty: &TypeDef) -> impl Iterator<Item = (&Field, TypeId)> {
    let fields = ty.fields().iter().filter(|field| field.read);
    fields.filter_map(|field| match field.ty {
        Type::Named(held) => Some((field, held)),
        Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Optional(_) => None,
    })
}
