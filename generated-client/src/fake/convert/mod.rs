//! The conversion of request bodies to the objects in responses.

mod body_schema;
mod converter;
mod problems;
mod reference;
mod server_values;
mod validation;

pub(crate) use body_schema::{BodySchema, Purpose};
pub(crate) use converter::{Children, Converter};
pub(crate) use server_values::{Identity, ServerValues, time, unset};
