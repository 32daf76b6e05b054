//! Rules for unions.

use std::collections::BTreeSet;

use super::any_of;
use super::spelling::check_snake_case;
use crate::api::model::{Api, Member, Type, TypeDef, TypeId, TypeKind, Union, UnionForm};
use crate::api::usage::Usage;
use crate::syntax::{Diagnostic, Diagnostics};

pub fn check(api: &Api, usage: &Usage, errors: &mut Diagnostics) {
    for (id, ty) in api.types() {
        let TypeKind::Union(union) = &ty.kind else { continue };
        for member in &union.members {
            let place = member.place.value("as");
            errors.extend(
                member
                    .alias
                    .as_ref()
                    .and_then(|alias| check_snake_case(&place, "the", alias)),
            );
            if let (UnionForm::Tagged(tag), Some(ty)) = (&union.form, &member.ty) {
                let error = check_member_is_an_object(member, ty);
                errors.extend(error.or_else(|| check_member_has_no_tag(api, member, ty, tag)));
            }
        }
        match union.form {
            UnionForm::Keyed | UnionForm::Tagged(_) => {}
            UnionForm::Untagged => check_untagged(api, usage, id, ty, union, errors),
        }
    }
}

fn check_untagged(api: &Api, usage: &Usage, id: TypeId, ty: &TypeDef, union: &Union, errors: &mut Diagnostics) {
    errors.extend(union.members.iter().filter_map(check_member_is_not_optional));
    match check_does_not_contain_itself(api, id, ty, union) {
        // The members of such a union have no end.
        Some(error) => errors.push(error),
        None => errors.extend(any_of::check_members_can_be_chosen(api, usage, union)),
    }
}

fn check_member_is_an_object(member: &Member, ty: &Type) -> Option<Diagnostic> {
    match ty {
        Type::Named(_) | Type::Map(_) => None,
        Type::Scalar(_) | Type::List(_) | Type::Optional(_) => Some(not_an_object(member)),
    }
}

fn not_an_object(member: &Member) -> Diagnostic {
    Diagnostic::new(
        member.place.clone(),
        format!("member `{}` of a union with `tag` is not an object", member.key),
    )
    .note("the tag is one of the keys of the object")
    .help("use a type with `fields`, or `nothing` if there are no other keys")
}

/// Checks that neither a member nor a union in it has a key with the name of the tag.
fn check_member_has_no_tag(api: &Api, member: &Member, ty: &Type, tag: &str) -> Option<Diagnostic> {
    let mut seen = BTreeSet::new();
    let mut pending: Vec<_> = ty
        .named()
        .filter(|_| matches!(ty, Type::Named(_)))
        .into_iter()
        .collect();
    while let Some(id) = pending.pop() {
        if !seen.insert(id) {
            continue;
        }
        let ty = &api[id];
        let place = match &ty.kind {
            TypeKind::Object(fields) => fields.iter().find(|field| field.name == tag).map(|field| &field.place),
            TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => return Some(not_an_object(member)),
            TypeKind::Union(union) => match &union.form {
                UnionForm::Keyed => union
                    .members
                    .iter()
                    .find(|inner| inner.key == tag)
                    .map(|inner| &inner.place),
                UnionForm::Tagged(inner) if inner == tag => Some(&ty.place),
                UnionForm::Tagged(_) => {
                    pending.extend(union.members.iter().filter_map(|inner| inner.ty.as_ref()?.named()));
                    None
                }
                UnionForm::Untagged => return Some(not_an_object(member)),
            },
        };
        if let Some(place) = place {
            let message = format!("member `{}` has a key with the name of the tag, `{tag}`", member.key);
            return Some(
                Diagnostic::new(member.place.clone(), message)
                    .related(place.clone(), format!("`{tag}` is defined here"))
                    .note("the client reads and writes the tag itself")
                    .help("remove the key from the member, or define another type without it"),
            );
        }
    }
    None
}

fn check_member_is_not_optional(member: &Member) -> Option<Diagnostic> {
    matches!(member.ty, Some(Type::Optional(_))).then(|| {
        Diagnostic::new(
            member.place.clone(),
            format!("member `{}` of a union is `optional<…>`", member.key),
        )
        .help("remove `optional<…>`, and write it where the union is used")
    })
}

/// Checks that the members of an untagged union do not lead back to it through unions alone.
fn check_does_not_contain_itself(api: &Api, id: TypeId, ty: &TypeDef, union: &Union) -> Option<Diagnostic> {
    union.members.iter().find_map(|member| {
        let mut seen = BTreeSet::new();
        let mut pending: Vec<_> = untagged(api, member).into_iter().collect();
        while let Some(next) = pending.pop() {
            if next == id {
                return Some(
                    Diagnostic::new(member.place.clone(), format!("`{}` is a member of itself", ty.name))
                        .note("a union can contain itself in a field, a list or a map")
                        .help("remove this member"),
                );
            }
            if let (true, TypeKind::Union(inner)) = (seen.insert(next), &api[next].kind) {
                pending.extend(inner.members.iter().filter_map(|member| untagged(api, member)));
            }
        }
        None
    })
}

/// Returns the type of a member that is an untagged union.
fn untagged(api: &Api, member: &Member) -> Option<TypeId> {
    let Type::Named(id) = member.ty.as_ref()?.unwrap_optional() else {
        return None;
    };
    let TypeKind::Union(union) = &api[*id].kind else {
        return None;
    };
    (union.form == UnionForm::Untagged).then_some(*id)
}
