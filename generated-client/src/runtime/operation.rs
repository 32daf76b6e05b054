//! Operations, and the macro that defines them.

use std::fmt;

use super::Error;
use super::definition::Definition;
use super::input::Input;
use super::json::JsonValue;
use super::operation_info::OperationInfo;
use super::paging::Page;
use super::request::{CallOptions, PreparedRequest, RequestBody, prepare};
use super::response::FromResponse;

/// An operation of the API, with the input of one call.
///
/// Every type in the module `operations` implements this trait. It is sealed, but public so that functions can be
/// generic over operations: `async fn run<O: Operation>(call: Call<'_, Client, O>)`.
pub trait Operation: Send + Sync + 'static {
    /// The type of the decoded response.
    type Output: FromResponse + fmt::Debug + Send + Sync + 'static;

    /// Metadata of the operation.
    const INFO: OperationInfo;

    /// Prepares the request of a call.
    ///
    /// Other crates cannot name the type [`PreparedRequest`], and therefore cannot implement this trait.
    ///
    /// # Errors
    ///
    /// Returns an error if the request is invalid.
    #[doc(hidden)]
    fn prepare(self, options: Option<Box<CallOptions>>) -> Result<PreparedRequest, Error>;
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

impl<D: Definition, B: RequestBody + Send + Sync + 'static> Operation for Input<D, B> {
    type Output = D::Output;
    const INFO: OperationInfo = D::INFO;

    fn prepare(self, options: Option<Box<CallOptions>>) -> Result<PreparedRequest, Error> {
        prepare(&D::INFO, self.parameters, self.body, options)
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
            #[doc = concat!("Input of the operation `", $id, "`.")]
            pub type $name = $crate::runtime::Input<definitions::$name $(, $body)?>;

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
