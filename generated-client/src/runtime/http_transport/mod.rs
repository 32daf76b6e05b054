//! The default transport of both clients.

#[cfg(feature = "blocking")]
mod background;
#[cfg(feature = "blocking")]
mod blocking;
mod builder;
mod connect_error;
mod connection;
mod connector;
mod failure;
mod head_limit;
#[cfg(all(test, feature = "blocking"))]
mod head_tests;
mod idle;
mod pool;
mod pools;
mod proxies;
mod proxy_exceptions;
mod response_body;
mod socks;
mod stream;
mod target;
mod timed_body;
mod tls;
mod transport;
mod tunnel;

pub use builder::HttpTransportBuilder;
pub use transport::HttpTransport;
