//! Operations, as generated code defines them.

use super::json::JsonValue;
use super::operation_info::OperationInfo;
use super::paging::Page;
use super::request::Encoder;
use super::response::FromResponse;

/// One operation of the API: the values that one call sends, as plain data.
pub trait Operation: 'static {
    /// What a successful answer is read as.
    type Output: FromResponse;

    /// What holds for every call of this operation.
    const INFO: OperationInfo;

    /// Writes the values into a request. An operation without any has nothing to write.
    fn encode(&self, request: &mut Encoder) {
        let _ = request;
    }
}

/// An operation that lists things page by page.
pub trait Paged: Operation<Output = Page<Self::Item>> {
    /// What the pages hold.
    type Item: JsonValue + 'static;
}

impl<T: JsonValue + 'static, O: Operation<Output = Page<T>>> Paged for O {
    type Item = T;
}

/// Makes an operation: its struct, a constructor of what is required, and how it encodes itself.
///
/// `operation!(Name -> Output { info: …, path id: String, query limit: u32 = "limit", json body: Model, })`; the last
/// entry is `send empty_json,` where an object without fields is sent.
#[allow(unused_macros, reason = "an API may have no operations")]
macro_rules! operation {
    ($name:ident -> $output:ty {
        info: $info:expr,
        $(path $path:ident: $path_type:ty,)*
        $(query $query:ident: $query_type:ty = $wire_name:literal,)*
        $(json $body:ident: $body_type:ty,)?
        $(send $send:ident,)?
    }) => {
        /// The values that one call of this operation sends.
        pub struct $name {
            $(pub(super) $path: $path_type,)*
            $(pub(super) $query: ::core::option::Option<$query_type>,)*
            $(pub(super) $body: $body_type,)?
        }

        impl $name {
            pub(super) fn new(
                $($path: impl ::core::convert::Into<$path_type>,)*
                $($body: $body_type,)?
            ) -> Self {
                Self {
                    $($path: $path.into(),)*
                    $($query: ::core::option::Option::None,)*
                    $($body,)?
                }
            }
        }

        impl $crate::runtime::Operation for $name {
            type Output = $output;
            const INFO: $crate::runtime::OperationInfo = $info;

            fn encode(&self, request: &mut $crate::runtime::Encoder) {
                let _ = &request;
                $(request.path(&self.$path);)*
                $(request.query($wire_name, &self.$query);)*
                $(request.json(&self.$body);)?
                $(request.$send();)?
            }
        }
    };
}

#[allow(unused_imports, reason = "an API may have no operations")]
pub(crate) use operation;
