//! The async client.

mod body;
mod builder;
mod call;
mod client;
mod future;
#[cfg(feature = "async")]
mod reqwest_transport;
mod sleep;
mod stream;
#[cfg(feature = "async")]
mod timed_body;
mod transport;

pub use body::Body;
pub use builder::ClientBuilder;
pub use call::ResponseFuture;
pub use client::Client;
pub use future::BoxFuture;
#[cfg(feature = "async")]
pub use reqwest_transport::Reqwest;
#[cfg(feature = "fake")]
pub(crate) use sleep::sleep;
pub use stream::{Items, Pages};
pub use transport::Transport;
