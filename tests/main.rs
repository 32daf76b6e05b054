//! Tests of the generator and the client that it generates.

mod auth;
mod compile;
mod crates;
mod diagnostics;
mod examples;
mod extremes;
mod fake;
mod faults;
mod freshness;
mod logs;
mod new_crate;
mod openapi;
mod operations;
mod other_apis;
mod package;
mod policies;
mod properties;
mod recorded;
mod resources;
mod schemas;
mod snapshots;
mod sockets;
mod support;
mod tidy;
mod transports;
mod wire;
