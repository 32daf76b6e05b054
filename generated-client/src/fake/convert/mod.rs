//! The conversion of request bodies to the objects in responses.

mod body_schema;
mod converter;
mod members;
mod open_types;
mod problems;
mod reference;
mod server_values;
mod unset;
mod validation;

pub(crate) use body_schema::{BodySchema, Purpose};
pub(crate) use converter::{Children, Converter};
pub(crate) use members::with_tag;
pub(crate) use open_types::OpenTypes;
pub(crate) use server_values::{Identity, ServerValues};
pub(crate) use unset::{time, unset};
