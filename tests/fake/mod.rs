//! The fake of the API, as a program sees it.

mod errors;
mod every_operation;
mod faults;
mod filters;
mod raw;
mod scale;
mod setup;
mod state;
