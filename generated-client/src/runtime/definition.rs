//! The definitions of operations.

use std::fmt;

use super::operation_info::OperationInfo;
use super::response::FromResponse;

/// The parts of an operation that are the same in every call. Implemented by the macro `operations!`.
pub trait Definition: Send + Sync + 'static {
    /// The type of the decoded response.
    type Output: FromResponse + fmt::Debug + Send + Sync + 'static;

    /// Metadata of the operation.
    const INFO: OperationInfo;
}
