//! A fake of the API in this process, for tests and first steps without an account or a network.
//!
//! What is created can be got, listed, updated and deleted; a request that the API would refuse is refused with the
//! API's own kind of error. All of it follows from the schema: the fake knows no resource by name.
//!
//! # What can be set up
//!
//! - objects that no call creates, with [`Fake::seed`] and [`Fake::seed_examples`];
//! - what goes wrong, with [`Fake::fault`]: a status, a delay, a cut-off body, garbage, a closed connection;
//! - the key, the time, the seed of IDs and a rate limit, with [`Fake::builder`].
//!
//! Time stands still but for what calls wait: a client that attempts a call again, or keeps to a rate, takes no time
//! of the test's. [`Fake::requests`] tells what was asked, [`Fake::objects`] what is there now.
//!
//! # Where it is simpler than the API
//!
//! - Values of an enumeration are any text, and texts such as a certificate or a CIDR are not looked into.
//! - What a server makes of other fields (the parts of a URL, the subject of a certificate) are the schema's examples.
//! - Operations that act elsewhere, such as on an agent, are answered, and change nothing.
//! - A list below an object of another kind, to which its items do not belong, shows all of them.
//! - A reference may name an object of any kind, unless the new object shall belong to it; it stays when that is
//!   deleted. Names in the place of IDs, and IDs within lists and maps that nothing shows as objects, are any text.
//! - Nothing has to be unique but keys; there are no quotas and no rights.

mod admission;
mod builder;
mod clock;
mod convert;
mod engine;
mod fault;
mod filter;
mod ids;
mod in_process;
mod outcome;
mod received;
mod recorded_request;
mod rejection;
mod seed;
#[cfg(feature = "fake-server")]
mod server;
mod settings;
mod state;
mod store;
pub(crate) mod table;
mod transport;

pub use builder::FakeBuilder;
pub use fault::Fault;
pub use in_process::Fake;
pub use recorded_request::RecordedRequest;
pub use seed::Seed;
#[cfg(feature = "fake-server")]
pub use server::Server;
