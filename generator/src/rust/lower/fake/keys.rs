//! The fields of objects that contain the values in their paths.

use crate::api::model::{Api, Field, PathTemplate, Quoted, Resource, Scalar, Type, TypeId};
use crate::names;

/// Returns the name of the field with the value of each path parameter of an object, or an empty name for a parameter without
/// a field. Returns `None` if the fields are named like the parameters.
pub fn fields(api: &Api, resource: &Resource, path: &PathTemplate, item: Option<TypeId>) -> Option<Vec<String>> {
    let fields: Vec<_> = item.into_iter().flat_map(|item| api[item].fields()).collect();
    let has = |name: &str| fields.iter().any(|field| field.name == name && is_key(api, field));
    let parameters: Vec<_> = path.parameters().map(str::to_owned).collect();
    let (own, outer) = parameters.split_last()?;
    let key = own_field(own, resource, has).unwrap_or_else(|| own.clone());
    let outer = outer.iter().map(|parameter| {
        let id = format!("{parameter}_id");
        let other = [parameter.clone(), id].into_iter().find(|name| has(name));
        let name = other.unwrap_or_else(|| parameter.clone());
        if name == key { String::new() } else { name }
    });
    let names: Vec<_> = outer.chain([key.clone()]).collect();
    (names != parameters).then_some(names)
}

/// Returns the field with the key of an object, given the last parameter of its path.
fn own_field(parameter: &str, resource: &Resource, has: impl Fn(&str) -> bool) -> Option<String> {
    // The name itself, then what follows each underscore.
    let ends = parameter.match_indices('_').map(|(index, _)| &parameter[index + 1..]);
    let singular = names::singular_name(&resource.name, resource.singular.as_deref());
    let names = [parameter].into_iter().chain(ends).chain(["id"]).map(str::to_owned);
    names.chain([format!("{singular}_id")]).find(|name| has(name))
}

/// Returns `true` if a field of responses can contain a key: a string, an integer or a value of an enum.
fn is_key(api: &Api, field: &Field) -> bool {
    field.read
        && match field.ty.unwrap_optional() {
            Type::Scalar(scalar) => match scalar {
                Scalar::String | Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 | Scalar::Uuid => true,
                Scalar::Quoted(quoted) => {
                    matches!(quoted, Quoted::Int32 | Quoted::Int64 | Quoted::Uint32 | Quoted::Uint64)
                }
                Scalar::Boolean
                | Scalar::Float64
                | Scalar::Timestamp
                | Scalar::Date
                | Scalar::Base64
                | Scalar::Epoch
                | Scalar::EpochMs
                | Scalar::Json => false,
            },
            Type::Named(id) => api[*id].values().is_some(),
            Type::List(_) | Type::Map(_) | Type::Optional(_) => false,
        }
}
