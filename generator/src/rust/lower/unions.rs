//! Lowers unions.

use proc_macro2::Ident;

use super::types::{codec, held_type, rust_type};
use crate::api::checked::Checked;
use crate::api::model::{Member, TypeId, Union, UnionForm};
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
            doc: member_doc(&union.form, member),
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
fn member_doc(form: &UnionForm, member: &Member) -> String {
    let key = code(&member.key);
    match (&member.doc, form) {
        (Some(doc), _) => inert(doc).into_owned(),
        (None, UnionForm::Keyed) => format!("Value of the {key} key."),
        (None, UnionForm::Tagged(tag)) => format!("An object whose {} is {key}.", code(tag)),
        (None, UnionForm::Untagged) => format!("A value of the member {key}."),
    }
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
