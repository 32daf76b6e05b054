//! The fields of objects that contain the values in their paths.

use crate::api::model::{Api, Field, PathTemplate, Quoted, Resource, Scalar, Type, TypeId};
use crate::names;

/// Returns the name of the field with the value of each path parameter of an object, or an empty name for a parameter without
/// a field. Returns `None` if the fields are named like the parameters.
pub fn field_names(api: &Api, resource: &Resource, path: &PathTemplate, item: Option<TypeId>) -> Option<Vec<String>> {
    let parameters: Vec<_> = path.parameters().collect();
    let fields = fields(api, resource, path, item);
    let pairs = fields.iter().zip(&parameters);
    let mut names: Vec<_> = pairs
        .map(|(field, parameter)| field.map_or(*parameter, |field| &field.name).to_owned())
        .collect();
    let (key, outer) = names.split_last_mut()?;
    for name in outer.iter_mut().filter(|name| *name == key) {
        name.clear();
    }
    (names != parameters).then_some(names)
}

/// Returns the field with the value of each path parameter of an object, if there is one.
pub fn fields<'a>(
    api: &'a Api,
    resource: &Resource,
    path: &PathTemplate,
    item: Option<TypeId>,
) -> Vec<Option<&'a Field>> {
    let all = item.map(|item| api[item].fields()).unwrap_or_default();
    let find = |name: &str| all.iter().find(|field| field.name == name && is_key(api, field));
    let parameters: Vec<_> = path.parameters().collect();
    let Some((own, outer)) = parameters.split_last() else {
        return Vec::new();
    };
    let outer = outer
        .iter()
        .map(|parameter| find(parameter).or_else(|| find(&format!("{parameter}_id"))));
    outer.chain([own_field(own, resource, find)]).collect()
}

/// Returns the field with the key of an object, given the last parameter of its path.
fn own_field<'a>(parameter: &str, resource: &Resource, find: impl Fn(&str) -> Option<&'a Field>) -> Option<&'a Field> {
    // The name itself, then what follows each underscore.
    let ends = parameter.match_indices('_').map(|(index, _)| &parameter[index + 1..]);
    let same = [parameter].into_iter().chain(ends).find_map(&find);
    let singular = names::singular_name(&resource.name, resource.singular.as_deref());
    let id = || find("id").or_else(|| find(&format!("{singular}_id")));
    same.or_else(|| match parameter_type(resource, parameter) {
        // An object with an integer as its ID may have a name as its key.
        Some(Type::Scalar(Scalar::String)) => {
            let names = || NAMES.iter().find_map(|name| find(name));
            id().filter(|id| !is_integer(id)).or_else(names).or_else(id)
        }
        Some(ty) if is_integer_type(ty) => id().filter(|id| is_integer(id)),
        _ => id(),
    })
}

fn is_integer(field: &Field) -> bool {
    is_integer_type(field.program_type().unwrap_optional())
}

fn is_integer_type(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64)
    )
}

/// Fields whose values identify an object in place of its ID.
const NAMES: [&str; 4] = ["slug", "login", "key", "name"];

/// Returns the type of a path parameter of a resource's operations.
pub fn parameter_type<'a>(resource: &'a Resource, name: &str) -> Option<&'a Type> {
    let operations = resource.operations.iter();
    let mut parameters = operations.flat_map(|operation| &operation.path_parameters);
    parameters
        .find(|parameter| parameter.name == name)
        .map(|parameter| &parameter.ty)
}

/// Returns `true` if a field of responses can contain a key: a string, an integer or a value of an enum.
fn is_key(api: &Api, field: &Field) -> bool {
    field.is_read()
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
            Type::Named(id) => api[*id].is_enum(),
            Type::List(_) | Type::Map(_) | Type::Optional(_) => false,
        }
}
