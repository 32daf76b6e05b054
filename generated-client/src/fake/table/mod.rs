//! The description of an API: generated constants, and an index over them.

#[allow(dead_code, reason = "an API may lack any of these")]
mod collection;
#[allow(dead_code, reason = "an API may lack any of these")]
mod field;
mod index;
#[allow(dead_code, reason = "an API may lack any of these")]
mod part;
mod path;
mod query;
#[allow(dead_code, reason = "an API may lack any of these")]
mod route;
#[allow(dead_code, reason = "an API may lack any of these")]
pub(crate) mod rules;

pub(crate) use collection::Collection;
pub(crate) use field::{Field, Fields, Literal, ValueType};
pub(crate) use index::{CollectionId, Index, NoRoute, RouteMatch};
pub(crate) use part::Part;
pub(crate) use path::fill;
pub(crate) use query::decode_query;
pub(crate) use route::{Action, Route};
pub(crate) use rules::{PageSize, Rules};
