//! The input of one call.

use std::any::type_name;
use std::fmt;
use std::marker::PhantomData;

use super::request::CallParameters;

/// The input of one call of an operation: its parameters and its request body.
///
/// Each type in the module `operations` is an alias of this one.
pub struct Input<D, B = ()> {
    pub(crate) parameters: CallParameters,
    pub(crate) body: B,
    definition: PhantomData<fn() -> D>,
}

impl<D, B> Input<D, B> {
    #[allow(dead_code, reason = "unused in an API without resources")]
    pub(crate) fn new(parameters: CallParameters, body: B) -> Self {
        Self {
            parameters,
            body,
            definition: PhantomData,
        }
    }
}

// Not derived, because a derived implementation would require `D: Clone`.
impl<D, B: Clone> Clone for Input<D, B> {
    fn clone(&self) -> Self {
        Self {
            parameters: self.parameters.clone(),
            body: self.body.clone(),
            definition: PhantomData,
        }
    }
}

/// Prints only the name of the operation, because parameters may be secret.
impl<D, B> fmt::Debug for Input<D, B> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = type_name::<D>().rsplit(':').next().unwrap_or_default();
        formatter.debug_struct(name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    enum SetThing {}

    #[test]
    fn debug_prints_no_parameter() {
        let set = Input::<SetThing, _>::new(CallParameters::new().path::<String>("secret"), 5);
        assert_eq!(format!("{set:?}"), "SetThing { .. }");
        assert_eq!(format!("{:?}", set.parameters), "CallParameters");
    }
}
