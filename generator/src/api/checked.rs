//! The checked API. Code generated from it cannot fail because of an invalid schema.

use super::model::Api;
use super::usage::Usage;

/// An API that satisfies every rule, with the uses of its types and its error codes.
#[derive(Debug)]
pub struct Checked {
    pub api: Api,
    pub usage: Usage,
    pub error_codes: Vec<ErrorCode>,
}

/// The code in the body of error responses with an HTTP status.
#[derive(Clone, Debug)]
pub struct ErrorCode {
    pub status: u16,
    pub code: String,
}
