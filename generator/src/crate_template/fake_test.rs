//! The test of a new crate against its own fake.

use proc_macro2::Ident;

use super::example::{self, Calls};
use super::package_name::PackageName;
use crate::rust::docs;
use crate::rust::ir::{Action, Field, Generated, Model, Operation, Output, RequestBody, Resource, Route, RustType};

/// An object that the fake can create and return.
struct Created<'a> {
    create: &'a Operation,
    get: &'a Operation,
    /// The field with the argument of `get`.
    key: &'a Field,
}

pub fn text(package: &PackageName, generated: &Generated, calls: &Calls) -> String {
    let crate_name = package.crate_name();
    let created = generated
        .resources
        .iter()
        .find_map(|resource| created(generated, resource));
    let created = created.as_ref().map(creates_and_gets);
    let listed = calls.list.map(lists);
    let has_errors = created.is_some() || listed.is_some();
    let error = if has_errors {
        format!("use {crate_name}::Error;\n")
    } else {
        String::new()
    };
    let (fake, last) = match calls.first {
        Some(first) => ("{Fake, Fault}", retries(first)),
        None => ("Fake", has_no_operations()),
    };
    let uses_models = calls.first.is_some_and(|first| first.example.models);
    let models = if uses_models {
        format!("use {crate_name}::models::*;\n")
    } else {
        String::new()
    };
    let condition = calls.condition(&["blocking", "fake"]);
    let tests: Vec<_> = created.into_iter().chain(listed).chain([last]).collect();
    format!(
        "//! Tests the client against the fake of the API.
#![cfg({condition})]

{error}use {crate_name}::fake::{fake};
{models}
{}",
        tests.join("\n")
    )
}

/// Returns the operations that create and return the objects of a resource, if a request with the example's arguments is valid
/// without other objects.
fn created<'a>(generated: &'a Generated, resource: &'a Resource) -> Option<Created<'a>> {
    let find = |action: Action| {
        let mut operations = resource.operations.iter();
        operations.find(|operation| {
            let is_usual = !operation.example.deprecated;
            is_usual && route(generated, operation).is_some_and(|route| route.action == action && route.below.is_none())
        })
    };
    let (create, get) = (find(Action::Create)?, find(Action::Get)?);
    let collection = &route(generated, create)?.collection;
    let collections = &generated.fake.collections;
    let collection = collections.iter().find(|row| row.name == *collection)?;
    let [parameter] = get.path.as_slice() else { return None };
    let Output::Value(RustType::Model(model)) = &create.output else {
        return None;
    };
    let RequestBody::Derived(body) = &create.body else {
        return None;
    };
    let model = models(generated).find_map(|other| match other {
        Model::Struct(object) if object.name == *model => Some(object),
        _ => None,
    })?;
    let key = match collection.keys.as_deref() {
        None => model.fields.iter().find(|field| field.name == parameter.argument.name),
        Some([name]) => model.fields.iter().find(|field| field.wire_name == *name),
        Some(_) => None,
    }?;
    let field_of = |name: &Ident| model.fields.iter().find(|field| field.name == *name);
    // The ID of another object has another type in the response.
    let is_plain = body.arguments.iter().all(|argument| {
        is_scalar(&argument.ty) && field_of(&argument.name).is_some_and(|field| field.ty == argument.ty)
    });
    let is_alone = collection.parent.is_none() && create.path.is_empty() && create.required().next().is_none();
    let returns_it = matches!(&get.output, Output::Value(RustType::Model(name)) if *name == model.name);
    let takes_key = key.ty == parameter.argument.ty
        && is_scalar(&key.ty)
        && get.info.method == "GET"
        && get.required().next().is_none();
    (is_plain && is_alone && returns_it && takes_key).then_some(Created { create, get, key })
}

fn route<'a>(generated: &'a Generated, operation: &Operation) -> Option<&'a Route> {
    generated
        .fake
        .routes
        .iter()
        .find(|route| route.operation == operation.name)
}

fn models(generated: &Generated) -> impl Iterator<Item = &Model> {
    let shared = generated.shared.iter().flat_map(|shared| &shared.models);
    shared.chain(generated.resources.iter().flat_map(|resource| &resource.models))
}

fn is_scalar(ty: &RustType) -> bool {
    matches!(
        ty,
        RustType::String
            | RustType::Bool
            | RustType::I32
            | RustType::I64
            | RustType::U32
            | RustType::U64
            | RustType::F64
    )
}

fn creates_and_gets(Created { create, get, key }: &Created) -> String {
    let create = example::expression(create);
    let (accessor, method) = (&get.example.accessor, &get.method);
    let reference = if key.ty == RustType::String { "&" } else { "" };
    let key = &key.name;
    format!(
        "#[test]
fn gets_a_created_object() -> Result<(), Error> {{
    let fake = Fake::new();
    let client = fake.blocking_client();
    let created = {create}.send()?;
    let found = client.{accessor}().{method}({reference}created.{key}).send()?;
    assert_eq!(found.{key}, created.{key});
    Ok(())
}}
"
    )
}

fn lists(list: &Operation) -> String {
    let list = example::expression(list);
    format!(
        "#[test]
fn lists_objects() -> Result<(), Error> {{
    let fake = Fake::new();
    fake.seed_examples();
    let client = fake.blocking_client();
    for item in {list}.items() {{
        println!(\"{{:?}}\", item?);
    }}
    Ok(())
}}
"
    )
}

fn retries(first: &Operation) -> String {
    let attribute =
        example::allow_deprecated(Some(first)).map_or_else(String::new, |attribute| format!("{attribute}\n"));
    let call = docs::example_chain(first).join(".");
    format!(
        "#[test]
{attribute}fn retries_after_too_many_requests() {{
    let fake = Fake::new();
    fake.seed_examples();
    fake.fault(Fault::status(429));
    let result = fake.blocking_client().{call}.send();
    assert_eq!(fake.requests().len(), 2, \"{{result:?}}\");
    assert_eq!(fake.pending_faults(), 0);
}}
"
    )
}

fn has_no_operations() -> String {
    "#[test]
fn has_no_operations() {
    assert_eq!(Fake::operation_count(), 0);
}
"
    .to_owned()
}
