//! Methods of both clients that return resource handles.

/// Defines a method of both clients for each resource: `handles!({ /** docs */ api_keys: ApiKeys, })`.
#[allow(unused_macros, reason = "unused in an API without resources")]
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

#[allow(unused_imports, reason = "unused in an API without resources")]
pub(crate) use handles;
