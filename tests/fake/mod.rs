//! The fake of the API, as a program sees it.

mod every_operation;
mod raw;
mod state;
