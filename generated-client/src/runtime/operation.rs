//! Operations, and the macro that defines them.

use std::fmt;

use super::definition::Definition;
use super::json::JsonValue;
use super::operation_info::OperationInfo;
use super::paging::Page;
use super::request::{Encoder, Parameters, RequestBody};
use super::response::FromResponse;

/// An operation of the API, with the parameters of one call.
///
/// Every type in the module `operations` implements this trait. It is sealed, but public so that functions can be
/// generic over operations: `async fn run<O: Operation>(call: Call<'_, Client, O>)`.
pub trait Operation: Send + Sync + 'static {
    /// The type of the decoded response.
    type Output: FromResponse + fmt::Debug + Send + Sync + 'static;

    /// Metadata of the operation.
    const INFO: OperationInfo;

    /// Encodes the request body, and returns it with the parameters.
    ///
    /// Other crates cannot name the type [`Encoder`], and thus not implement this trait.
    #[doc(hidden)]
    fn encode(self) -> Encoder;
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

impl<D: Definition, B: RequestBody> Operation for Parameters<D, B> {
    type Output = D::Output;
    const INFO: OperationInfo = D::INFO;

    fn encode(self) -> Encoder {
        self.into_encoder()
    }
}

/// Defines the operations of a resource: `operations!({ Name(RequestBody) -> Output = method("id", "path template"), })`.
///
/// The method is a constructor of [`OperationInfo`]; calls of its setters may follow. Without a request body, the parentheses
/// are empty.
// A type alias costs the compiler a fraction of a struct that implements `Clone`, `Debug` and `Operation`.
#[allow(unused_macros, reason = "unused in an API without operations")]
macro_rules! operations {
    ({ $($name:ident($($body:ty)?) -> $output:ty =
        $method:ident($id:literal, $template:literal) $(.$modifier:ident($($argument:tt)*))*,)* }) => {
        $(
            #[doc = concat!("Parameters of the operation `", $id, "`.")]
            pub type $name = $crate::runtime::Parameters<definitions::$name $(, $body)?>;

            impl $crate::runtime::Definition for definitions::$name {
                type Output = $output;
                const INFO: $crate::runtime::OperationInfo =
                    $crate::runtime::OperationInfo::$method($id, $template)$(.$modifier($($argument)*))*;
            }
        )*

        #[allow(missing_debug_implementations, reason = "these types have no values")]
        mod definitions {
            $(pub enum $name {})*
        }
    };
}

#[allow(unused_imports, reason = "unused in an API without operations")]
pub(crate) use operations;
