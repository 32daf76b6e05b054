//! Types of values.

use crate::api::model::{Api, Field, Scalar, Type};
use crate::names;
use crate::rust::ir;

pub fn rust_type(api: &Api, ty: &Type) -> ir::Type {
    match ty {
        Type::Scalar(scalar) => match scalar {
            Scalar::String => ir::Type::String,
            Scalar::Boolean => ir::Type::Bool,
            Scalar::Int32 => ir::Type::I32,
            Scalar::Int64 => ir::Type::I64,
            Scalar::Uint32 => ir::Type::U32,
            Scalar::Uint64 => ir::Type::U64,
            Scalar::Float64 => ir::Type::F64,
            Scalar::Timestamp => ir::Type::Timestamp,
            Scalar::Json => ir::Type::Json,
        },
        Type::List(item) => ir::Type::Vec(Box::new(rust_type(api, item))),
        Type::Map(item) => ir::Type::Map(Box::new(rust_type(api, item))),
        Type::Optional(inner) => ir::Type::Option(Box::new(rust_type(api, inner))),
        Type::Named(id) => ir::Type::Model(names::model(&api[*id].name)),
    }
}

/// A type of a field's values, which may be secret.
pub fn field_type(api: &Api, field: &Field, ty: &Type) -> ir::Type {
    match rust_type(api, ty) {
        ir::Type::String if field.secret => ir::Type::Secret,
        ir::Type::Option(inner) if field.secret && *inner == ir::Type::String => {
            ir::Type::Option(Box::new(ir::Type::Secret))
        }
        other => other,
    }
}
