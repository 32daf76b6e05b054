//! The syntax of schema files: one serde type for each YAML structure.
//!
//! Names are not looked up here; `api::resolve` does that.

mod api_file;
mod auth;
mod body;
mod enums;
mod fixed_query;
mod fixes;
mod http;
mod limits;
mod literal;
pub mod locate;
mod member;
mod ordered_map;
mod paging;
pub mod parse;
mod path;
mod path_segment;
mod place;
mod query;
mod resource_file;
mod returns;
mod spans;
mod text;
mod type_definition;
mod type_expr;
mod yaml;

pub use api_file::{
    ApiFile, EmptyValues, ErrorFields, FailedCondition, FakeRules, ListOrder, MissingFields, RateLimit,
};
pub use auth::{AuthExpr, KeyVariable, LoginVariables};
pub use body::BodyExpr;
pub use enums::{Integers, ValueDefinition, Values};
pub use fixed_query::FixedQuery;
pub use http::{Http, Method};
pub use literal::Literal;
pub use member::MemberDefinition;
pub use ordered_map::OrderedMap;
pub use paging::{Omittable, OperationPaging, Paging};
pub use path::{PathShape, PathTemplate};
pub use place::{Diagnostic, Diagnostics, Part, Place};
pub use query::{HeaderParameter, Query, QueryParameter, QueryStyle};
pub use resource_file::{OperationDefinition, ResourceFile};
pub use returns::ReturnsExpr;
pub use type_definition::{FieldDefinition, InCreate, InResponse, InUpdate, TypeDefinition};
pub use type_expr::{Quoted, Scalar, TypeExpr};
