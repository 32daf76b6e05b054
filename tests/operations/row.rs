//! The type of the tables' rows.

use generated_client::{Error, blocking};

/// Calls an operation and returns the error, if any. The response is dropped, so that all calls have the same type.
pub type Call = fn(&blocking::Client) -> Option<Error>;

/// The name of an operation, a call with all parameters set, the expected method and target relative to the base URL,
/// and the expected body, which is empty if there is none.
pub type Row = (&'static str, Call, &'static str, &'static str);
