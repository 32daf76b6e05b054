//! Lowers unions.

use proc_macro2::Ident;

use super::types::{codec, held_type, rust_type};
use crate::api::checked::Checked;
use crate::api::model::{Api, Member, Quoted, Scalar, Type, TypeId, Union, UnionForm};
use crate::names;
use crate::rust::ir::{self, RustType};
use crate::rust::markdown::{code, inert};

pub fn union(checked: &Checked, id: TypeId, union: &Union) -> ir::Union {
    let ty = &checked.api[id];
    let name = names::model(&ty.name);
    let variants: Vec<_> = union
        .members
        .iter()
        .map(|member| ir::Variant {
            name: names::variant(member.program_name()),
            doc: member_doc(&checked.api, &union.form, member),
            deprecated: member.deprecated.clone(),
            key: member.key.clone(),
            ty: member
                .ty
                .as_ref()
                .map(|ty| held_type(checked, id, ty, rust_type(&checked.api, ty))),
            codec: member.ty.as_ref().and_then(codec),
        })
        .collect();
    ir::Union {
        deprecated: ty.deprecated.clone(),
        conversions: match union.form {
            // The type of a value does not say which key it belongs to.
            UnionForm::Keyed => Vec::new(),
            UnionForm::Tagged(_) | UnionForm::Untagged => conversions(&name, &variants),
        },
        name,
        doc: inert(&ty.doc).into_owned(),
        form: union.form.clone(),
        variants,
    }
}

/// Returns the documentation of a variant, which defaults to one that names the key.
fn member_doc(api: &Api, form: &UnionForm, member: &Member) -> String {
    let key = code(&member.key);
    match (&member.doc, form) {
        (Some(doc), _) => inert(doc).into_owned(),
        (None, UnionForm::Keyed) => format!("Value of the {key} key."),
        (None, UnionForm::Tagged(tag)) => format!("An object whose {} is {key}.", code(tag)),
        (None, UnionForm::Untagged) => member.ty.as_ref().map_or_else(String::new, |ty| value_doc(api, ty)),
    }
}

/// Returns the documentation of a value of a type.
fn value_doc(api: &Api, ty: &Type) -> String {
    let doc = match ty {
        Type::Scalar(scalar) => match scalar {
            Scalar::String => "A string.",
            Scalar::Boolean => "A boolean.",
            Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 => "An integer.",
            Scalar::Float64 => "A number.",
            Scalar::Timestamp | Scalar::Epoch | Scalar::EpochMs => "A timestamp.",
            Scalar::Date => "A date.",
            Scalar::Uuid => "A UUID.",
            Scalar::Base64 => "Bytes.",
            Scalar::Quoted(Quoted::Boolean) => "A boolean in a string.",
            Scalar::Quoted(_) => "A number in a string.",
            Scalar::Json => "Any JSON value.",
        },
        Type::List(_) => "A list.",
        Type::Map(_) => "A map.",
        Type::Optional(inner) => return value_doc(api, inner),
        Type::Named(id) => {
            let name = names::model(&api[*id].name);
            return format!("{} [`{name}`].", capitalized(names::article(&api[*id].name)));
        }
    };
    doc.to_owned()
}

fn capitalized(article: &str) -> &'static str {
    if article == "an" { "An" } else { "A" }
}

/// Returns the variants whose type no other variant has.
fn conversions(union: &Ident, variants: &[ir::Variant]) -> Vec<(Ident, RustType)> {
    let unboxed = |variant: &ir::Variant| match &variant.ty {
        Some(RustType::Box(inner)) => Some(RustType::clone(inner)),
        other => other.clone(),
    };
    let types: Vec<_> = variants.iter().map(unboxed).collect();
    let is_own = |ty: &RustType| *ty == RustType::Model(union.clone());
    let named = variants.iter().map(|variant| &variant.name).zip(&types);
    named
        .filter_map(|(name, ty)| {
            let ty = ty.as_ref().filter(|ty| !is_own(ty))?;
            let only = types.iter().filter(|other| other.as_ref() == Some(ty)).count() == 1;
            only.then(|| (name.clone(), ty.clone()))
        })
        .collect()
}
