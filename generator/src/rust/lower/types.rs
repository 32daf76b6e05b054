//! Lowers types of values.

use crate::api::checked::Checked;
use crate::api::model::{Api, Field, Scalar, Type, TypeId};
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
            Scalar::Timestamp | Scalar::Epoch | Scalar::EpochMs => ir::RustType::Timestamp,
            Scalar::Date => ir::RustType::Date,
            Scalar::Uuid => ir::RustType::Uuid,
            Scalar::Base64 => ir::RustType::Bytes,
            Scalar::Quoted(quoted) => rust_type(api, &Type::Scalar(quoted.unquoted())),
            Scalar::Json => ir::RustType::Json,
        },
        Type::List(item) => ir::RustType::Vec(Box::new(rust_type(api, item))),
        Type::Map(item) => ir::RustType::Map(Box::new(rust_type(api, item))),
        Type::Optional(inner) => ir::RustType::Option(Box::new(rust_type(api, inner))),
        Type::Named(id) => ir::RustType::Model(names::model(&api[*id].name)),
    }
}

/// Returns the codec of a type whose representation is not the default one of its Rust type.
pub fn codec(ty: &Type) -> Option<ir::Codec> {
    match ty.scalar()? {
        Scalar::Epoch => Some(ir::Codec::EpochSeconds),
        Scalar::EpochMs => Some(ir::Codec::EpochMilliseconds),
        Scalar::Base64 => Some(ir::Codec::Base64),
        Scalar::Quoted(_) => Some(ir::Codec::Quoted),
        Scalar::String
        | Scalar::Boolean
        | Scalar::Int32
        | Scalar::Int64
        | Scalar::Uint32
        | Scalar::Uint64
        | Scalar::Float64
        | Scalar::Timestamp
        | Scalar::Date
        | Scalar::Uuid
        | Scalar::Json => None,
    }
}

/// Returns the codec of a parameter. A value in a string does not differ from one without quotes there.
pub fn parameter_codec(ty: &Type) -> Option<ir::Codec> {
    codec(ty).filter(|codec| *codec != ir::Codec::Quoted)
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

/// Returns the type of a value within another type, boxed if the two are mutually recursive.
pub fn held_type(checked: &Checked, within: TypeId, ty: &Type, plain: ir::RustType) -> ir::RustType {
    if checked.usage.needs_box(within, ty) {
        boxed(plain)
    } else {
        plain
    }
}

fn boxed(ty: ir::RustType) -> ir::RustType {
    match ty {
        ir::RustType::Option(inner) => ir::RustType::Option(Box::new(boxed(*inner))),
        other => ir::RustType::Box(Box::new(other)),
    }
}
