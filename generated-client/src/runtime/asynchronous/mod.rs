//! The async client.

mod body;
mod builder;
mod call;
mod client;
mod future;
mod sleep;
mod stream;
mod transport;

pub use body::Body;
pub use builder::ClientBuilder;
pub use call::ResponseFuture;
pub use client::Client;
pub use future::BoxFuture;
pub(crate) use future::PendingResponse;
#[cfg(any(feature = "async", feature = "fake"))]
pub(crate) use sleep::sleep;
pub use stream::{Items, Pages};
pub use transport::Transport;
