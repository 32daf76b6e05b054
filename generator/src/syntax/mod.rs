//! The syntax of schema files: one serde type for each YAML structure.
//!
//! Names are not looked up here; `api::resolve` does that.

mod api_file;
mod auth;
mod body;
mod http;
mod limits;
mod literal;
pub mod locate;
mod ordered_map;
pub mod parse;
mod path;
mod place;
mod query;
mod resource_file;
mod spans;
mod text;
mod type_definition;
mod type_expr;
mod yaml;

pub use api_file::{ApiFile, ErrorFields, FakeRules, Paging, RateLimit};
pub use auth::{AuthExpr, KeyVariable, LoginVariables};
pub use body::BodyExpr;
pub use http::{Http, Method};
pub use literal::Literal;
pub use ordered_map::OrderedMap;
pub use path::{PathShape, PathTemplate};
pub use place::{Diagnostic, Diagnostics, Part, Place};
pub use query::{Query, QueryParameter};
pub use resource_file::{OperationDefinition, ResourceFile};
pub use text::Doc;
pub use type_definition::{FieldDefinition, InCreate, InUpdate, TypeDefinition};
pub use type_expr::{Scalar, TypeExpr};
