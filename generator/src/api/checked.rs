//! An API that keeps every rule: nothing that is made of it can fail for a fault of the schema.

use super::model::Api;
use super::usage::Usage;

/// A checked API, with what is known of it as a whole.
#[derive(Debug)]
pub struct Checked {
    pub api: Api,
    pub usage: Usage,
    pub error_codes: Vec<ErrorCode>,
}

/// The code in the body of an error, by its HTTP status.
#[derive(Clone, Debug)]
pub struct ErrorCode {
    pub status: u16,
    pub code: String,
}
