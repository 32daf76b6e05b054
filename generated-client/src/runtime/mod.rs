//! The API-independent part of the client. Generated code describes an API, and this module calls it.
//!
//! The public types are re-exported from the root of the crate.

mod api;
mod api_key;
mod asynchronous;
mod authentication;
mod base64;
#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod call;
mod clock;
mod credentials;
mod date;
mod definition;
mod error;
mod exchange;
mod handles;
#[cfg(feature = "async")]
mod http_transport;
mod input;
mod json;
mod logging;
mod operation;
mod operation_info;
mod paging;
mod request;
mod response;
pub mod setters;
mod settings;
mod timestamp;

pub use api::{Api, Auth, ErrorFields, RateLimit};
pub use asynchronous::{Body, BoxFuture, Client, ClientBuilder, Items, Pages, ResponseFuture, Transport};
pub use call::{Call, WithResponse};
pub(crate) use credentials::Credentials;
pub use date::{Date, DateError};
pub use error::{Error, TransportError, TransportErrorKind};
pub use exchange::{Attempt, RetryPolicy};
#[cfg(feature = "async")]
pub use http_transport::{HttpTransport, HttpTransportBuilder};
pub use json::{
    DecodeError, Patch, SecretString, UnknownInteger, UnknownJson, UnknownKeys, UnknownMember, UnknownValue,
};
pub use operation::{Operation, Paged};
pub use operation_info::{Method, OperationInfo};
pub use paging::{Page, PageToken, read_page};
#[allow(unused_imports, reason = "unused in an API without results by status")]
pub(crate) use response::{FromResponse, ReceivedResponse};
pub use response::{RawResponse, Response};
pub use timestamp::{Timestamp, TimestampError};

#[allow(unused_imports, reason = "an API may not need all of these")]
pub use bytes::Bytes;
#[cfg(feature = "uuid")]
#[allow(unused_imports, reason = "an API may not need all of these")]
pub use uuid::Uuid;
#[allow(unused_imports, reason = "an API may not need all of these")]
pub use {
    api::Failed,
    definition::Definition,
    input::Input,
    json::{
        Codec, Direct, EnumForm, Fit, Form, IntegerEnum, IntegerEnumForm, JsonValue, Members, Object, ObjectForm,
        ObjectView, OneOf, Primitive, Scalar, StringEnum, Target, UnionForm, View, debug_fields, equal_fields, read,
        write,
    },
    paging::{LastPage, NextPage, Paging},
    request::{CallParameters, Coded, Constant, EmptyBody, JsonBody, Query, QueryValues},
};

#[cfg(feature = "fake")]
pub(crate) use {
    asynchronous::sleep,
    error::IncompleteBody,
    exchange::Limiter,
    request::{append_query, escape, escape_path, next_parameter},
    settings::Settings,
};

#[allow(unused_imports, reason = "an API may not need all of these")]
pub(crate) use handles::handles;
#[allow(unused_imports, reason = "an API may not need all of these")]
pub(crate) use json::{
    add_tagged, any_of, decode_any_of, decode_one_of, decode_tagged, fits_any_of, fits_one_of, fits_tagged,
    from_members, integer_values, object, one_of, serde, tagged, values,
};
#[allow(unused_imports, reason = "an API may not need all of these")]
pub(crate) use operation::operations;
#[allow(unused_imports, reason = "an API may not need all of these")]
pub(crate) use response::responses;
#[allow(unused_imports, reason = "unused in an API without setters")]
pub(crate) use setters::setters;
