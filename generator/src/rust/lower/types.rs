//! Lowers types of values.

use crate::api::model::{Api, Field, Scalar, Type};
use crate::names;
use crate::rust::ir;

pub fn rust_type(api: &Api, ty: &Type) -> ir::RustType {
    match ty {
        Type::Scalar(scalar) => match scalar {
            Scalar::String => ir::RustType::String,
            Scalar::Boolean => ir::RustType::Bool,
            Scalar::Int32 => ir::RustType::I32,
            Scalar::Int64 => ir::RustType::I64,
            Scalar::Uint32 => ir::RustType::U32,
            Scalar::Uint64 => ir::RustType::U64,
            Scalar::Float64 => ir::RustType::F64,
            Scalar::Timestamp => ir::RustType::Timestamp,
            Scalar::Json => ir::RustType::Json,
        },
        Type::List(item) => ir::RustType::Vec(Box::new(rust_type(api, item))),
        Type::Map(item) => ir::RustType::Map(Box::new(rust_type(api, item))),
        Type::Optional(inner) => ir::RustType::Option(Box::new(rust_type(api, inner))),
        Type::Named(id) => ir::RustType::Model(names::model(&api[*id].name)),
    }
}

/// Lowers a type of a field, which may be secret.
pub fn field_type(api: &Api, field: &Field, ty: &Type) -> ir::RustType {
    match rust_type(api, ty) {
        ir::RustType::String if field.secret => ir::RustType::Secret,
        ir::RustType::Option(inner) if field.secret && *inner == ir::RustType::String => {
            ir::RustType::Option(Box::new(ir::RustType::Secret))
        }
        other => other,
    }
}
