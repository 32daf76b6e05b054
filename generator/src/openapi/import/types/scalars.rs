//! Converts schemas of strings, numbers and booleans.

use super::Types;
use super::flat::Flat;
use crate::openapi::import::draft::Expr;
use crate::syntax::{Quoted, Scalar};

impl<'a> Types<'a> {
    pub(super) fn scalar(&mut self, kind: &str, flat: &Flat<'a>, place: &str) -> Expr {
        let format = flat.format.unwrap_or_default();
        let scalar = match kind {
            "string" => string(format),
            "integer" if format.is_empty() && flat.texts.exceeds_int64() => {
                if flat.texts.is_not_negative() {
                    Scalar::Uint64
                } else {
                    self.weaker(place, "integers larger than `int64` cannot be read");
                    Scalar::Int64
                }
            }
            "integer" => integer(format),
            "number" => number(format),
            "boolean" => Scalar::Boolean,
            _ => {
                self.weaker(place, format!("values of the kind `{kind}` are `json`"));
                Scalar::Json
            }
        };
        if format == "binary" {
            self.weaker(place, "binary data in JSON is a string");
        }
        Expr::Scalar(scalar)
    }
}

fn string(format: &str) -> Scalar {
    match format {
        "date-time" => Scalar::Timestamp,
        "date" => Scalar::Date,
        "uuid" => Scalar::Uuid,
        "byte" | "base64" => Scalar::Base64,
        "int32" => Scalar::Quoted(Quoted::Int32),
        "int64" => Scalar::Quoted(Quoted::Int64),
        "uint32" => Scalar::Quoted(Quoted::Uint32),
        "uint64" => Scalar::Quoted(Quoted::Uint64),
        "double" | "float" => Scalar::Quoted(Quoted::Float64),
        _ => Scalar::String,
    }
}

fn integer(format: &str) -> Scalar {
    match format {
        "int32" | "int16" | "int8" => Scalar::Int32,
        "uint32" | "uint16" | "uint8" => Scalar::Uint32,
        "uint64" | "uint" => Scalar::Uint64,
        "unix-time" | "unixtime" | "unix_time" => Scalar::Epoch,
        _ => Scalar::Int64,
    }
}

fn number(format: &str) -> Scalar {
    match format {
        "int32" | "int64" | "integer" => integer(format),
        "unix-time" | "unixtime" | "unix_time" => Scalar::Epoch,
        _ => Scalar::Float64,
    }
}
