//! `exports.rs`: the items at the root of the crate, which `lib.rs` re-exports.

use proc_macro2::TokenStream;
use quote::quote;

/// Emits the re-exports. They are the same for every API.
pub fn emit() -> TokenStream {
    quote! {
        pub use bytes;
        pub use http;
        pub use http_body;
        pub use jiff;
        #[cfg(feature = "uuid")]
        pub use uuid;
        #[cfg(all(target_family = "wasm", target_os = "unknown"))]
        pub use web_time;

        pub use super::{models, operations, resources};
        #[cfg(feature = "blocking")]
        pub use crate::runtime::blocking;
        pub use crate::runtime::{
            Attempt, Body, BoxFuture, Call, Client, ClientBuilder, Date, DateError, DecodeError, Error, Items,
            Operation, OperationInfo, Page, PageToken, Paged, Pages, Patch, RateLimit, Response, ResponseFuture,
            RetryPolicy, SecretString, Timestamp, TimestampError, Transport, TransportError, TransportErrorKind,
            UnknownInteger, UnknownJson, UnknownKeys, UnknownMember, UnknownValue, WithResponse,
        };
        #[doc(hidden)]
        pub use crate::runtime::{RawResponse, read_page};
        #[cfg(feature = "async")]
        pub use crate::runtime::{HttpTransport, HttpTransportBuilder};
    }
}
