//! Operations, and the macro that defines them.

use std::fmt;

use super::json::JsonValue;
use super::operation_info::OperationInfo;
use super::paging::Page;
use super::request::Encoder;
use super::response::FromResponse;

/// An operation of the API, with the parameters of one call.
///
/// Every struct in the module `operations` implements this trait. It is sealed, but public so that functions can be
/// generic over operations: `async fn run<O: Operation>(call: Call<'_, Client, O>)`.
pub trait Operation: Send + Sync + 'static {
    /// The type of the decoded response.
    type Output: FromResponse + fmt::Debug + Send + Sync + 'static;

    /// Metadata of the operation.
    const INFO: OperationInfo;

    /// Writes the parameters into a request.
    ///
    /// Other crates cannot name the type [`Encoder`], and thus not implement this trait.
    #[doc(hidden)]
    fn encode(&self, request: &mut Encoder);
}

/// An operation that returns a list in pages. Sealed, like [`Operation`].
pub trait Paged: Operation<Output = Page<Self::Item>> {
    /// The type of the items.
    type Item: JsonValue + Clone + fmt::Debug + Send + Sync + 'static;
}

impl<T, O> Paged for O
where
    T: JsonValue + Clone + fmt::Debug + Send + Sync + 'static,
    O: Operation<Output = Page<T>>,
{
    type Item = T;
}

/// Defines an operation: a struct with the parameters, and their encoding.
///
/// `operation!(Name -> Output { info: …, path id: String, query limit: u32 = "limit", json body: Model, })`.
///
/// A required parameter is written as `required q: String = query("q"),` and an optional one that is not a plain query parameter
/// as `optional ids: Vec<String> = comma("ids"),`, with the method of [`Encoder`] that adds it. A body that may be left out is
/// `optional_json body: Model,`, and one without fields is `send empty_json,`. Each but the last may end with a
/// [`Codec`](super::json::Codec), as in `path day: Timestamp as EpochSeconds,`.
#[allow(unused_macros, reason = "unused in an API without operations")]
macro_rules! operation {
    ($name:ident -> $output:ty {
        info: OperationInfo::$method:ident($id:literal, $template:literal) $(.$modifier:ident($($argument:tt)*))*,
        $(path $path:ident: $path_type:ty $(as $path_codec:ident)?,)*
        $(required $required:ident: $required_type:ty = $required_by:ident($required_name:literal) $(as $required_codec:ident)?,)*
        $(query $query:ident: $query_type:ty = $wire_name:literal $(as $query_codec:ident)?,)*
        $(optional $optional:ident: $optional_type:ty = $optional_by:ident($optional_name:literal) $(as $optional_codec:ident)?,)*
        $(json $body:ident: $body_type:ty $(as $body_codec:ident)?,)?
        $(optional_json $optional_body:ident: $optional_body_type:ty $(as $optional_body_codec:ident)?,)?
        $(send $send:ident,)?
    }) => {
        #[doc = concat!("Parameters of the operation `", $id, "`.")]
        #[derive(Clone)]
        pub struct $name {
            $(pub(super) $path: $path_type,)*
            $(pub(super) $required: $required_type,)*
            $(pub(super) $query: ::core::option::Option<$query_type>,)*
            $(pub(super) $optional: ::core::option::Option<$optional_type>,)*
            $(pub(super) $body: $body_type,)?
            $(pub(super) $optional_body: ::core::option::Option<$optional_body_type>,)?
        }

        impl $crate::runtime::Operation for $name {
            type Output = $output;
            const INFO: $crate::runtime::OperationInfo =
                $crate::runtime::OperationInfo::$method($id, $template)$(.$modifier($($argument)*))*;

            fn encode(&self, request: &mut $crate::runtime::Encoder) {
                let _ = &request;
                $(request.path($crate::runtime::operation!(@coded &self.$path $(, $path_codec)?));)*
                $(request.$required_by(
                    $required_name,
                    $crate::runtime::operation!(@coded &self.$required $(, $required_codec)?),
                );)*
                $(request.query($wire_name, $crate::runtime::operation!(@coded &self.$query $(, $query_codec)?));)*
                $(request.$optional_by(
                    $optional_name,
                    $crate::runtime::operation!(@coded &self.$optional $(, $optional_codec)?),
                );)*
                $(request.json(
                    $crate::runtime::JsonValue::view_of(&&self.$body)$(.coded($crate::runtime::Codec::$body_codec))?
                );)?
                $(request.optional_json(self.$optional_body.as_ref().as_ref().map(|body| {
                    $crate::runtime::JsonValue::view_of(body)$(.coded($crate::runtime::Codec::$optional_body_codec))?
                }));)?
                $(request.$send();)?
            }
        }

        /// Prints only the name, because parameters may be secret.
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.write_str(concat!(stringify!($name), " { .. }"))
            }
        }
    };
    (@coded $value:expr) => {
        $value
    };
    (@coded $value:expr, $codec:ident) => {
        &$crate::runtime::Coded($value, $crate::runtime::Codec::$codec)
    };
}

#[allow(unused_imports, reason = "unused in an API without operations")]
pub(crate) use operation;
