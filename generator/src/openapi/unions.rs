//! Schemas of unions.

use super::deprecation;
use super::json::{Json, Object, object};
use crate::api::model::{Member, Type, Union, UnionForm};

/// Returns the schema of a union. `of_type` returns the schema of a member's type.
pub fn of_union(doc: &str, union: &Union, of_type: impl Fn(&Type) -> Object) -> Object {
    let of_member = |member: &Member| {
        let mut schema = of_type(member.ty.as_ref()?);
        deprecation::mark(&mut schema, member.deprecated.as_ref());
        Some(schema)
    };
    let members = union.members.iter();
    match &union.form {
        UnionForm::Keyed => {
            let properties = members.filter_map(|member| Some((&member.key, of_member(member)?)));
            let doc = format!("{doc} Exactly one key is set.");
            object! {
                "type": "object",
                "description": doc,
                "properties": properties.collect::<Object>(),
                "minProperties": 1,
                "maxProperties": 1,
            }
        }
        UnionForm::Tagged(tag) => {
            let open = object! { "description": "Any other object. The API may add values of the tag." };
            let members = members.map(|member| tagged(tag, member, &of_type)).chain([open]);
            object! {
                "type": "object",
                "description": doc,
                "required": [tag],
                "properties": [(tag, object! { "type": "string" })].into_iter().collect::<Object>(),
                "anyOf": members.collect::<Json>(),
            }
        }
        UnionForm::Untagged => {
            let members = members.filter_map(of_member);
            object! { "description": doc, "anyOf": members.collect::<Json>() }
        }
    }
}

/// Returns the schema of a member with its tag.
fn tagged(tag: &str, member: &Member, of_type: impl Fn(&Type) -> Object) -> Object {
    let properties = [(tag, object! { "const": &member.key })]
        .into_iter()
        .collect::<Object>();
    let own = object! { "properties": properties };
    let mut schema = match &member.ty {
        Some(ty) => object! { "allOf": [own, of_type(ty)] },
        None => own,
    };
    deprecation::mark(&mut schema, member.deprecated.as_ref());
    schema
}
