//! Preparing the request of a call, up to the settings of the client.

mod body;
mod coded;
mod constant;
mod encode_json;
mod encoded;
mod header;
mod options;
mod parameter;
mod parameters;
mod path;
mod percent;
mod prepared;
mod query;
mod style;
mod template;

pub use body::{EmptyBody, JsonBody, RequestBody};
pub use coded::{Coded, Viewed};
pub use constant::Constant;
pub(crate) use encoded::{EncodedRequest, encode};
pub(crate) use header::{insert_header, parse_header};
pub use options::CallOptions;
pub(crate) use options::{Resume, must_not_be_zero};
pub(crate) use parameter::{is_named, remove_parameter, remove_parameter_of_uri};
pub use parameters::CallParameters;
pub(crate) use percent::{append_pair, append_query, escape, escape_path};
pub use prepared::PreparedRequest;
pub(crate) use prepared::prepare;
pub use query::{Query, QueryValues};

pub(crate) use template::{TemplateParameter, next_parameter};
