//! Results that depend on the status of the response.

/// Defines the result of an operation: `responses!(Name of "things.start" { 200 | 201 => Thing(Thing), 204 => Nothing, })`.
///
/// Another 2xx status is an error.
#[allow(unused_macros, reason = "unused in an API without such operations")]
macro_rules! responses {
    ($name:ident of $id:literal { $($first:literal $(| $more:literal)* => $variant:ident $(($type:ty))?,)* }) => {
        #[doc = concat!("The result of the operation `", $id, "`, which depends on the status of the response.")]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!("The status is ", stringify!($first) $(, " or ", stringify!($more))*, ".")]
                $variant $(($type))?,
            )*
        }

        impl $crate::runtime::FromResponse for $name {
            fn from_response(
                received: &mut $crate::runtime::ReceivedResponse,
            ) -> ::core::result::Result<Self, $crate::runtime::Error> {
                match received.raw().status.as_u16() {
                    $($first $(| $more)* => $crate::runtime::responses!(@variant received $variant $($type)?),)*
                    _ => {
                        let error = received.raw().unexpected_status();
                        received.conclude(::core::result::Result::Err(error))
                    }
                }
            }
        }
    };
    (@variant $received:ident $variant:ident) => {
        $received.conclude(::core::result::Result::Ok(Self::$variant))
    };
    (@variant $received:ident $variant:ident $type:ty) => {
        <$type as $crate::runtime::FromResponse>::from_response($received).map(Self::$variant)
    };
}
#[allow(unused_imports, reason = "unused in an API without such operations")]
pub(crate) use responses;
