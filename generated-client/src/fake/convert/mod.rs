//! From what a request holds to what responses show.

mod body_schema;
mod converter;
mod problems;
mod reference;
mod server_values;
mod validation;

pub(crate) use body_schema::{BodySchema, Purpose};
pub(crate) use converter::{Children, Converter};
pub(crate) use server_values::{Identity, ServerValues, UPDATED};
