//! Lowers types to the tables that the fake uses to validate and return values.

use std::collections::BTreeSet;

use super::collections::Collections;
use crate::api::model::{
    Api, DerivedRequest, Field, InCreate, Literal, Member, ResourceId, Scalar, Type, TypeDef, TypeId, TypeKind,
};
use crate::names;
use crate::rust::ir::{FakeField, Note, SchemaType, Shape, ShapeKind};

/// Lowers a type; returns `None` for an enum. `constants` contains the names of all constants so far.
pub fn shape(
    api: &Api,
    id: TypeId,
    ty: &TypeDef,
    collections: &Collections,
    constants: &mut BTreeSet<String>,
) -> Option<Shape> {
    let kind = match &ty.kind {
        TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => return None,
        TypeKind::Object(fields) => {
            let fields = fields.iter().map(|field| fake_field(api, id, field, collections));
            let additional = ty.additional.as_ref().map(|additional| FakeField {
                name: String::new(),
                ty: fake_type(api, &additional.ty),
                notes: vec![Note::Additional],
            });
            ShapeKind::Object(fields.chain(additional).collect())
        }
        TypeKind::Union(union) => {
            let member_type = |member: &Member| match &member.ty {
                Some(ty) => fake_type(api, ty),
                None => SchemaType::Nothing,
            };
            let members = union.members.iter();
            let members = members.map(|member| (member.key.clone(), member_type(member)));
            ShapeKind::Union(union.form.clone(), members.collect())
        }
    };
    Some(Shape {
        name: names::model(&ty.name),
        constant: names::constant(&ty.name, constants),
        id_prefix: ty.id_prefix.as_deref().map(names::id_prefix),
        kind,
    })
}

fn fake_field(api: &Api, ty: TypeId, field: &Field, collections: &Collections) -> FakeField {
    let required = field.required || field.create == Some(InCreate::Required);
    let flags = [
        (field.is_sent(DerivedRequest::Create), Note::Create),
        (required, Note::Required),
        (field.is_sent(DerivedRequest::Update), Note::Update),
        (field.is_clearable(DerivedRequest::Create), Note::Nullable),
        (field.is_clearable(DerivedRequest::Update), Note::Clearable),
        (!field.is_read(), Note::Hidden),
        (field.secret, Note::Secret),
        (field.once, Note::Once),
        (api.requires_in_responses(field), Note::Complete),
    ];
    let children = children(ty, field, collections).map(|children| api[children].name.clone());
    let values = [
        field.max_bytes.map(Note::MaxBytes),
        field.send.as_ref().map(|send| Note::Send(fake_type(api, send))),
        field.default.clone().map(Note::Default),
        example_literal(api, field).map(Note::Example),
        field.shows_as.clone().map(Note::ShowsAs),
        children.map(Note::Children),
    ];
    let flags = flags.into_iter().filter_map(|(holds, note)| holds.then_some(note));
    FakeField {
        name: field.name.clone(),
        ty: field_type(api, &field.ty),
        notes: flags.chain(values.into_iter().flatten()).collect(),
    }
}

/// Lowers the type of a field. A field without a value of an integer enum is null, because 0 may be a known value.
fn field_type(api: &Api, ty: &Type) -> SchemaType {
    let lowered = fake_type(api, ty);
    match ty {
        Type::Named(id) if api[*id].integers().is_some() => SchemaType::Optional(Box::new(lowered)),
        Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Optional(_) | Type::Named(_) => lowered,
    }
}

/// Returns the example of a field, which defaults to the first value for an enum.
fn example_literal(api: &Api, field: &Field) -> Option<Literal> {
    let first = || match field.ty {
        Type::Named(id) => match &api[id].kind {
            TypeKind::Enum(values) => Some(Literal::Text(values[0].name.clone())),
            TypeKind::IntegerEnum(values) => Some(Literal::Integer(values[0].name)),
            TypeKind::Object(_) | TypeKind::Union(_) => None,
        },
        Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Optional(_) => None,
    };
    field.example.clone().or_else(first)
}

/// Returns the collection of an object's children if the field lists them.
fn children(ty: TypeId, field: &Field, collections: &Collections) -> Option<ResourceId> {
    let held = collections.of_type(field.ty.listed()?)?;
    let holder = collections.of_type(ty)?;
    (collections.parent(held) == Some(holder)).then_some(held)
}

/// Lowers the type of a value. An enum becomes a string or an integer, because the API may add values.
pub fn fake_type(api: &Api, ty: &Type) -> SchemaType {
    match ty {
        Type::Scalar(scalar) => SchemaType::Scalar(*scalar),
        Type::List(item) => SchemaType::List(Box::new(fake_type(api, item))),
        Type::Map(item) => SchemaType::Map(Box::new(fake_type(api, item))),
        Type::Optional(inner) => SchemaType::Optional(Box::new(fake_type(api, inner))),
        Type::Named(id) => match api[*id].kind {
            TypeKind::Enum(_) => SchemaType::Scalar(Scalar::String),
            TypeKind::IntegerEnum(_) => SchemaType::Scalar(Scalar::Int64),
            TypeKind::Object(_) | TypeKind::Union(_) => SchemaType::Named(api[*id].name.clone()),
        },
    }
}
