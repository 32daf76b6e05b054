//! The members of unions.

use serde_json::Value;

use super::unset::unset;
use super::validation::check_form;
use crate::fake::table::{Field, Fields, ValueType};

/// Returns the names of the members, for an error message.
pub(super) fn names(members: Fields) -> String {
    let names: Vec<_> = members.iter().map(|member| member.name).collect();
    names.join("`, `")
}

/// Adds the tag to an object.
pub(crate) fn with_tag(mut object: Value, tag: &str, name: &str) -> Value {
    if let Some(entries) = object.as_object_mut() {
        entries.insert(tag.to_owned(), name.into());
    }
    object
}

/// Returns the first member of an untagged union that a value matches.
///
/// A request may lack keys that every response contains, so such a member matches if no other does.
pub(super) fn matching(members: Fields, value: &Value) -> Option<&'static Field> {
    let matching = |keys| members.iter().find(|member| matches(member.ty, value, keys));
    matching(Keys::OfResponses).or_else(|| matching(Keys::OfRequests))
}

/// The keys that an object must have to match a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    OfResponses,
    OfRequests,
}

/// Returns `true` if the kind of a value matches a type. An object must also have the keys that the type requires.
fn matches(ty: ValueType, value: &Value, keys: Keys) -> bool {
    let is_set = |name: &str| value.get(name).is_some_and(|value| !value.is_null());
    match ty {
        ValueType::List(_) => value.is_array(),
        ValueType::Map(_) => value.is_object(),
        ValueType::Object(fields) => {
            let is_complete = |field: &Field| field.complete && keys == Keys::OfResponses;
            let is_required = |field: &&Field| field.required || is_complete(field) || unset(field.ty).is_some();
            value.is_object() && fields.iter().filter(is_required).all(|field| is_set(field.name))
        }
        ValueType::Union(members) => members.iter().filter(|member| is_set(member.name)).count() == 1,
        ValueType::Tagged(tag, members) => {
            let name = value.get(tag).and_then(Value::as_str);
            members.iter().any(|member| Some(member.name) == name)
        }
        ValueType::AnyOf(members) => members.iter().any(|member| matches(member.ty, value, keys)),
        ValueType::Optional(inner) => matches(*inner, value, keys),
        ValueType::Json
        | ValueType::Text
        | ValueType::Timestamp
        | ValueType::Date
        | ValueType::Uuid
        | ValueType::Base64
        | ValueType::Epoch
        | ValueType::EpochMs
        | ValueType::Quoted(_)
        | ValueType::Boolean
        | ValueType::Int32
        | ValueType::Int64
        | ValueType::Uint32
        | ValueType::Uint64
        | ValueType::Float64 => check_form(ty, value).is_ok(),
    }
}
