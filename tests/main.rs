//! Tests of the generator and of the client that it generates.

mod compile;
mod diagnostics;
#[path = "../generated-client/examples/application_sessions.rs"]
mod example;
mod freshness;
mod schemas;
mod snapshots;
mod sockets;
mod support;
mod tidy;
mod wire;
