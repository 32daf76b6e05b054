//! The blocking client: the same calls without an async runtime.
//!
//! `send()` takes the place of `.await`, and lists are iterators.

mod body;
mod call;
mod client;
mod iter;
mod transport;
mod ureq_transport;

pub use body::Body;
pub use client::{Client, ClientBuilder};
pub use iter::{Items, Pages};
pub use transport::Transport;
pub use ureq_transport::Ureq;
