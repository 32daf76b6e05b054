//! What generated code is written in: macros that make of a description what it describes.

/// Makes an operation: its struct, a constructor of what is required, and how it encodes itself.
///
/// `operation!(Name -> Output { spec: …, path id: String, query limit: u32 = "limit", json body: Model, })`; the last
/// entry is `send empty_json,` where an object without fields is sent.
#[allow(unused_macros, reason = "an API may have no operations")]
macro_rules! operation {
    ($name:ident -> $output:ty {
        spec: $spec:expr,
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
            const SPEC: $crate::runtime::Spec = $spec;

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

/// Gives both clients a method for each resource: `handles!({ /** docs */ api_keys: ApiKeys, })`.
#[allow(unused_macros, reason = "an API may have no resources")]
macro_rules! handles {
    ({ $($(#[$doc:meta])* $method:ident: $handle:ident,)* }) => {
        impl $crate::runtime::Client {
            $(
                $(#[$doc])*
                pub fn $method(&self) -> $handle<'_, Self> {
                    $handle::new(self)
                }
            )*
        }

        #[cfg(feature = "blocking")]
        impl $crate::runtime::blocking::Client {
            $(
                $(#[$doc])*
                pub fn $method(&self) -> $handle<'_, Self> {
                    $handle::new(self)
                }
            )*
        }
    };
}

#[allow(unused_imports, reason = "an API may have neither")]
pub(crate) use {handles, operation};
