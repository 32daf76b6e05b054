//! The blocking client.
//!
//! It has the same resources and calls as the async client. Calls end with `send()` instead of `.await`, and lists are
//! iterators.

mod body;
mod builder;
mod call;
mod client;
mod iter;
mod transport;

pub use body::Body;
pub use builder::ClientBuilder;
pub use client::Client;
pub use iter::{Items, Pages};
pub use transport::Transport;
