//! Methods of both clients that return resource handles.

/// Defines a method of both clients for each resource: `handles!({ /** docs */ api_keys: ApiKeys, })`. Handles are `Copy`.
///
/// A `#[cfg(…)]` after the documentation applies to everything that the macro defines for the resource.
#[allow(unused_macros, reason = "unused in an API without resources")]
macro_rules! handles {
    ({ $($(#[doc = $doc:literal])* $(#[cfg($condition:meta)])? $method:ident: $handle:ident,)* }) => {
        impl $crate::runtime::Client {
            $(
                $(#[doc = $doc])*
                $(#[cfg($condition)])?
                pub fn $method(&self) -> $handle<'_, Self> {
                    $handle { client: self }
                }
            )*
        }

        #[cfg(feature = "blocking")]
        impl $crate::runtime::blocking::Client {
            $(
                $(#[doc = $doc])*
                $(#[cfg($condition)])?
                pub fn $method(&self) -> $handle<'_, Self> {
                    $handle { client: self }
                }
            )*
        }

        // Not derived, because derived implementations would require the traits of `C`.
        $(
            $(#[cfg($condition)])?
            impl<C> ::core::clone::Clone for $handle<'_, C> {
                fn clone(&self) -> Self {
                    *self
                }
            }

            $(#[cfg($condition)])?
            impl<C> ::core::marker::Copy for $handle<'_, C> {}

            $(#[cfg($condition)])?
            impl<C> ::core::fmt::Debug for $handle<'_, C> {
                fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    formatter.write_str(concat!(stringify!($handle), " { .. }"))
                }
            }
        )*
    };
}

#[allow(unused_imports, reason = "unused in an API without resources")]
pub(crate) use handles;
