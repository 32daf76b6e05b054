//! Preparing the request of a call, up to the settings of the client.

mod body;
mod coded;
mod encoder;
mod header;
mod options;
mod parameter;
mod parameters;
mod percent;
mod prepared;
mod query;
mod style;
mod template;

pub use body::Constant;
pub use coded::{Coded, Viewed};
pub(crate) use encoder::EncodedRequest;
pub use encoder::Encoder;
pub(crate) use header::{insert_header, parse_header};
pub(crate) use options::{CallOptions, Resume, must_not_be_zero};
pub(crate) use parameter::{is_named, remove_parameter, remove_parameter_of_uri};
pub use parameters::{Json, Parameters, RequestBody};
pub(crate) use percent::{append_pair, append_query, escape, escape_path};
pub(crate) use prepared::{PreparedRequest, prepare};
pub use query::{Query, QueryValues};
pub(crate) use template::{TemplateParameter, next_parameter};
