//! Examples of the keys of objects. The examples of the documentation have them, and so have the fake's example objects.

use super::collections::{Collections, Kept};
use super::keys::parameter_type;
use crate::api::model::{Api, Literal, PathTemplate, ResourceId, Scalar, Type, TypeKind, Value};
use crate::names;

const NIL_UUID: &str = "00000000-0000-0000-0000-000000000000";

impl Collections {
    /// Returns an example of each parameter in the path of a resource's operation, if there is one: the key of the object that
    /// the path up to the parameter identifies, or a field of the resource's own object that contains this key.
    pub fn examples(&self, api: &Api, resource: ResourceId, path: &PathTemplate) -> Vec<Option<Literal>> {
        let own_id = match self.kept(resource) {
            Kept::InCollection(_) => resource,
            Kept::InField(module) => module.resource,
        };
        let own_prefixes = match self.kept(own_id) {
            Kept::InCollection(own) => own.path.up_to_parameters(),
            Kept::InField(_) => Vec::new(),
        };
        let own_shapes: Vec<_> = own_prefixes.iter().map(PathTemplate::shape).collect();
        let own_fields = self.key_fields(api, own_id);
        let prefixes = path.up_to_parameters().into_iter().enumerate();
        let examples = prefixes.map(|(index, prefix)| {
            let shape = prefix.shape();
            let is_own_key = own_shapes.last() == Some(&shape);
            let collection = if is_own_key { Some(own_id) } else { self.of_path(&shape) };
            let own = own_fields.get(index).filter(|_| own_shapes[index] == shape);
            let own = own.and_then(|field| field.as_ref()?.example.clone());
            collection.and_then(|id| self.key_example(api, id)).or(own)
        });
        examples.collect()
    }

    /// Returns the key of the example object in a collection.
    pub fn key_example(&self, api: &Api, id: ResourceId) -> Option<Literal> {
        let Kept::InCollection(collection) = self.kept(id) else {
            return None;
        };
        let resource = &api[id];
        let parameter = collection.path.parameters().last()?;
        let field = self.key_fields(api, id).pop().flatten();
        let field_type = field.map(|field| field.program_type().unwrap_optional());
        let parameter_type = parameter_type(resource, parameter);
        let ty = parameter_type.or(field_type).unwrap_or(&Type::Scalar(Scalar::String));
        let own = field.and_then(|field| argument(api, field.example.clone()?, ty));
        own.or_else(|| {
            let prefix = collection.item.and_then(|item| api[item].id_prefix.as_deref());
            let usual = usual_key(api, field_type.unwrap_or(ty), prefix, parameter);
            let usual = usual.and_then(|key| argument(api, key, ty));
            usual.or_else(|| usual_key(api, ty, prefix, parameter))
        })
    }
}

/// Returns an example of a key without one in the schema.
fn usual_key(api: &Api, ty: &Type, prefix: Option<&str>, parameter: &str) -> Option<Literal> {
    match ty {
        Type::Scalar(Scalar::String) => Some(Literal::Text(match prefix {
            Some(prefix) => format!("{}1", names::id_prefix(prefix)),
            None => parameter.to_owned(),
        })),
        Type::Scalar(Scalar::Uuid) => Some(Literal::Text(NIL_UUID.to_owned())),
        Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64) => Some(Literal::Integer(1)),
        Type::Scalar(Scalar::Quoted(_)) => Some(Literal::Text("1".to_owned())),
        Type::Named(id) => match &api[*id].kind {
            TypeKind::Enum(values) => usual(values).map(|name| Literal::Text(name.clone())),
            TypeKind::IntegerEnum(values) => usual(values).map(|name| Literal::Integer(*name)),
            TypeKind::Object(_) | TypeKind::Union(_) => None,
        },
        Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Optional(_) => None,
    }
}

/// Returns the first value that is not deprecated, or the first one.
fn usual<W>(values: &[Value<W>]) -> Option<&W> {
    let usual = values.iter().find(|value| value.deprecated.is_none());
    usual.or(values.first()).map(|value| &value.name)
}

/// Returns a key as the argument for a path parameter. Paths contain integers as text.
pub fn argument(api: &Api, key: Literal, ty: &Type) -> Option<Literal> {
    match (key, ty) {
        // Examples in the documentation contain no other UUID.
        (_, Type::Scalar(Scalar::Uuid)) => Some(Literal::Text(NIL_UUID.to_owned())),
        (Literal::Integer(number), Type::Scalar(Scalar::String)) => Some(Literal::Text(number.to_string())),
        (Literal::Text(text), Type::Scalar(Scalar::String | Scalar::Quoted(_))) => Some(Literal::Text(text)),
        (Literal::Integer(number), Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64)) => {
            Some(Literal::Integer(number))
        }
        (key, Type::Named(id)) => Some(key).filter(|key| is_value(&api[*id].kind, key)),
        _ => None,
    }
}

/// Returns `true` if an enum has a value.
fn is_value(kind: &TypeKind, key: &Literal) -> bool {
    match (kind, key) {
        (TypeKind::Enum(values), Literal::Text(text)) => values.iter().any(|value| value.name == *text),
        (TypeKind::IntegerEnum(values), Literal::Integer(number)) => values.iter().any(|value| value.name == *number),
        _ => false,
    }
}
