//! Everything that holds for every operation: generated code describes, this module acts.
//!
//! A program rarely names anything here; what it needs stands at the root of the crate.

mod api;
#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod call;
mod client;
mod describe;
mod encoder;
mod error;
mod exchange;
mod json;
mod operation;
mod page;
mod paging;
mod rate_limit;
#[cfg(feature = "async")]
mod reqwest_transport;
mod response;
mod retry;
pub mod set;
mod settings;
mod sleep;
mod stream;
mod transport;
mod url;

pub use api::{Api, Auth, ErrorFields, NextPage, Paging, RateLimit};
pub use builder::Builder;
pub use call::{Call, Sent, WithResponse};
pub use client::{Client, ClientBuilder};
pub use encoder::{Encoder, Query};
pub use error::Error;
pub use jiff::Timestamp;
pub use json::{
    DecodeError, Entries, Leaf, List, Object, OneOf, Optional, Patch, Required, Scalar, SecretString, Target,
    UnknownKeys, View, Wire, read, text,
};
pub use operation::{FromResponse, Method, Operation, Paged, Spec};
pub use page::Page;
#[cfg(feature = "async")]
pub use reqwest_transport::Reqwest;
pub use response::Response;
pub use retry::RetryPolicy;
pub use stream::{Items, Pages};
pub use transport::{Attempt, BoxFuture, Transport, TransportError, TransportErrorKind};

#[cfg(feature = "fake")]
pub(crate) use {
    encoder::{append_query, escape},
    rate_limit::Limiter,
    settings::Settings,
    sleep::sleep,
};

#[allow(unused_imports, reason = "an API may lack any of these")]
pub(crate) use describe::{handles, operation};
#[allow(unused_imports, reason = "an API may lack any of these")]
pub(crate) use json::{object, one_of, serde, values};
#[allow(unused_imports, reason = "an API may have nothing to set")]
pub(crate) use set::setters;
