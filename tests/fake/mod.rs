//! Tests the fake through its public API.

mod errors;
mod every_operation;
mod faults;
mod filters;
mod raw;
mod scale;
mod server;
mod setup;
mod state;
