//! Converts the operations of a document.

mod bodies;
mod left_out;
mod paging;
mod parameters;
mod read;
mod responses;
mod settle;

pub use self::bodies::json;
pub use self::read::operations;
pub use self::settle::settle;
