//! The rule that every member of an untagged union can be chosen.

use std::collections::BTreeSet;

use super::literals::is_base64;
use crate::api::model::{Api, Member, Scalar, Type, TypeId, TypeKind, Union, UnionForm, Value};
use crate::api::usage::Usage;
use crate::syntax::Diagnostic;

pub fn check_members_can_be_chosen<'a>(
    api: &'a Api,
    usage: &'a Usage,
    union: &'a Union,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let cases: Vec<_> = union
        .members
        .iter()
        .map(|member| (member, cases(api, usage, member)))
        .collect();
    (1..cases.len()).filter_map(move |index| {
        let (earlier, [(member, own), ..]) = cases.split_at(index) else {
            return None;
        };
        let matches = |case: &Case| {
            earlier
                .iter()
                .find(|(_, cases)| cases.iter().any(|other| other.covers(case)))
        };
        let first: Option<Vec<_>> = own.iter().map(matches).collect();
        let (first, first_cases) = *first?.first()?;
        let also_before = |case: &Case| own.iter().any(|other| other.covers(case));
        let help = if first_cases.iter().all(also_before) {
            format!("remove `{}` or `{}`", first.key, member.key)
        } else {
            format!("move `{}` before `{}`, or remove it", member.key, first.key)
        };
        Some(
            Diagnostic::new(member.place.clone(), format!("member `{}` is never chosen", member.key))
                .related(
                    first.place.clone(),
                    format!("`{}` is chosen for every such value", first.key),
                )
                .note("the first member is chosen whose kind of value and required keys match")
                .help(help),
        )
    })
}

/// The values of a type, as far as they determine the member of a union.
enum Case<'a> {
    Any,
    Scalar(Scalar),
    /// The values of a string enum.
    Values(&'a [Value]),
    /// The values of an integer enum.
    Integers(&'a [Value<i64>]),
    List,
    /// An object with at least these keys.
    Object(BTreeSet<&'a str>),
    /// An object with this value of the tag, and at least these other keys.
    Tagged {
        tag: &'a str,
        value: &'a str,
        keys: BTreeSet<&'a str>,
    },
    /// An object in which this key is set.
    Keyed(&'a str),
}

impl Case<'_> {
    /// Returns `true` if this case is chosen for every value of another one that comes later.
    fn covers(&self, later: &Case) -> bool {
        match (self, later) {
            (Case::Any, _) | (Case::List, Case::List) => true,
            (Case::Scalar(scalar), Case::Scalar(later)) => covers_scalar(*scalar, *later),
            (Case::Scalar(Scalar::Base64), Case::Values(later)) => later.iter().all(|value| is_base64(&value.name)),
            (Case::Scalar(scalar), Case::Values(_)) => *scalar == Scalar::String,
            (Case::Values(values), Case::Values(later)) => {
                let is_known = |value: &Value| values.iter().any(|known| known.name == value.name);
                later.iter().all(is_known)
            }
            (Case::Scalar(scalar), Case::Integers(later)) => later.iter().all(|value| contains(*scalar, value.name)),
            (Case::Integers(values), Case::Integers(later)) => {
                let is_known = |value: &Value<i64>| values.iter().any(|known| known.name == value.name);
                later.iter().all(is_known)
            }
            (Case::Object(keys), Case::Object(later)) => keys.is_subset(later),
            (Case::Object(keys), Case::Tagged { tag, keys: later, .. }) => {
                keys.iter().all(|key| key == tag || later.contains(key))
            }
            (Case::Object(keys), Case::Keyed(later)) => keys.iter().all(|key| key == later),
            (
                Case::Tagged { tag, value, .. },
                Case::Tagged {
                    tag: later_tag,
                    value: later,
                    ..
                },
            ) => tag == later_tag && value == later,
            (Case::Keyed(key), Case::Keyed(later)) => key == later,
            (
                Case::Scalar(_)
                | Case::Values(_)
                | Case::Integers(_)
                | Case::List
                | Case::Object(_)
                | Case::Tagged { .. }
                | Case::Keyed(_),
                _,
            ) => false,
        }
    }
}

/// Returns `true` if every value of the second type is also one of the first, as far as the client tells them apart.
fn covers_scalar(scalar: Scalar, later: Scalar) -> bool {
    use Scalar::{
        Base64, Date, Epoch, EpochMs, Float64, Int32, Int64, Json, Quoted, String, Timestamp, Uint32, Uint64, Uuid,
    };
    match scalar {
        Json => true,
        String => matches!(later, String | Timestamp | Date | Uuid | Base64 | Quoted(_)),
        Float64 => matches!(later, Float64 | Int32 | Int64 | Uint32 | Uint64 | Epoch | EpochMs),
        Int64 => matches!(later, Int64 | Int32 | Uint32 | Epoch | EpochMs),
        Uint64 => matches!(later, Uint64 | Uint32),
        EpochMs => matches!(later, EpochMs | Epoch | Int32 | Uint32),
        Quoted(quoted) => matches!(later, Quoted(later) if covers_scalar(quoted.unquoted(), later.unquoted())),
        Epoch => matches!(later, Epoch | Int32 | Uint32),
        Scalar::Boolean | Int32 | Uint32 | Timestamp | Date | Uuid | Base64 => scalar == later,
    }
}

/// Returns `true` if a type contains an integer.
fn contains(scalar: Scalar, number: i64) -> bool {
    match scalar {
        Scalar::Json | Scalar::Int64 | Scalar::Float64 | Scalar::EpochMs => true,
        Scalar::Int32 | Scalar::Epoch => i32::try_from(number).is_ok(),
        Scalar::Uint32 => u32::try_from(number).is_ok(),
        Scalar::Uint64 => u64::try_from(number).is_ok(),
        Scalar::String
        | Scalar::Boolean
        | Scalar::Quoted(_)
        | Scalar::Timestamp
        | Scalar::Date
        | Scalar::Uuid
        | Scalar::Base64 => false,
    }
}

fn cases<'a>(api: &'a Api, usage: &'a Usage, member: &'a Member) -> Vec<Case<'a>> {
    let mut cases = Vec::new();
    let mut seen = BTreeSet::new();
    if let Some(ty) = &member.ty {
        add_cases(api, usage, ty, &mut seen, &mut cases);
    }
    cases
}

fn add_cases<'a>(api: &'a Api, usage: &'a Usage, ty: &'a Type, seen: &mut BTreeSet<TypeId>, cases: &mut Vec<Case<'a>>) {
    match ty {
        Type::Scalar(Scalar::Json) => cases.push(Case::Any),
        Type::Scalar(scalar) => cases.push(Case::Scalar(*scalar)),
        Type::List(_) => cases.push(Case::List),
        Type::Map(_) => cases.push(Case::Object(BTreeSet::new())),
        Type::Optional(inner) => add_cases(api, usage, inner, seen, cases),
        Type::Named(id) => match &api[*id].kind {
            TypeKind::Object(_) => cases.push(Case::Object(usage.required_keys(api, *id).collect())),
            TypeKind::Enum(values) => cases.push(Case::Values(values)),
            TypeKind::IntegerEnum(values) => cases.push(Case::Integers(values)),
            TypeKind::Union(union) => match &union.form {
                UnionForm::Keyed => cases.extend(union.members.iter().map(|member| Case::Keyed(&member.key))),
                UnionForm::Tagged(tag) => cases.extend(union.members.iter().map(|member| Case::Tagged {
                    tag,
                    value: &member.key,
                    keys: match &member.ty {
                        Some(Type::Named(id)) => usage.required_keys(api, *id).collect(),
                        _ => BTreeSet::new(),
                    },
                })),
                UnionForm::Untagged => {
                    if seen.insert(*id) {
                        for inner in union.members.iter().filter_map(|member| member.ty.as_ref()) {
                            add_cases(api, usage, inner, seen, cases);
                        }
                    }
                }
            },
        },
    }
}
