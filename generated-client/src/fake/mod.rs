//! An in-process fake of the API, for tests and first steps without an account or a network.
//!
//! A [`Fake`] stores objects in memory: a created object can be read, listed, updated and deleted. It rejects invalid
//! requests with error responses in the format of the API. All of this is derived from the schema.
//!
//! - [`Fake::seed`] and [`Fake::seed_examples`] insert objects, including those that no operation creates.
//! - [`Fake::fault`] injects a status, a delay, invalid JSON, a truncated body, or a closed or refused connection.
//!   [`Fake::pending_faults`] returns the number of those left.
//! - [`Fake::requests`] returns the received requests, and [`Fake::objects`] the stored objects.
//! - [`Fake::builder`] sets the credentials, the clock, the seed of IDs, and a rate limit.
//!
//! Time is simulated by default. Retries, rate limits and delays advance the fake's clock instead of sleeping.
//!
//! Each response has a `date` header with the time of that clock.
//!
//! # Limitations
//!
//! - Enum values and formatted strings, such as certificates and CIDRs, are not validated.
//! - Values that the API derives from other fields, such as the host of a URL or the subject of a certificate, are the
//!   examples from the schema.
//! - Operations with an effect outside the API, such as on an agent, succeed and change nothing. If their effect does not follow
//!   from the schema, they respond with an example of the response type.
//! - A list at a path below another object returns only the items that belong to that object, if the schema defines such a
//!   relationship. Otherwise it returns all items.
//! - A reference accepts the ID of an object of any type, unless it determines the parent of a new object. It is kept
//!   when the referenced object is deleted.
//! - Names used instead of IDs are not checked. IDs in lists and maps are checked only if responses expand them to objects.
//! - An empty request body is an empty object.
//! - Only IDs must be unique. Quotas and permissions are not simulated.

mod admission;
mod builder;
mod clock;
mod convert;
#[cfg(feature = "fake-server")]
mod cors;
mod engine;
mod fault;
#[cfg(feature = "fake-filters")]
#[allow(dead_code, reason = "an API may have no filters")]
pub(crate) mod filter;
mod ids;
mod in_process;
mod outcome;
mod pointer;
#[cfg(feature = "fake-server")]
mod program;
mod received;
mod recorded_request;
mod recorder;
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
#[cfg(feature = "fake-server")]
#[doc(hidden)]
pub use program::run_program;
pub use recorded_request::RecordedRequest;
#[doc(hidden)]
pub use seed::ResourceName;
pub use seed::Seed;
#[cfg(feature = "fake-server")]
pub use server::Server;
