//! A row of the tables.

use generated_client::{Error, blocking};

/// Makes one call and keeps what went wrong. No response: rows of one type can hold calls of all operations.
pub type Call = fn(&blocking::Client) -> Option<Error>;

/// The operation, a call with everything set, its method and target below the base URL, and its body if it has one.
pub type Row = (&'static str, Call, &'static str, &'static str);
