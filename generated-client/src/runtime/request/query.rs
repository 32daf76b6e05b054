//! Types of query parameters.

use std::fmt::{self, Display};

use crate::runtime::{Date, Timestamp};

/// A type that can be sent as a query parameter.
pub trait Query {
    /// Adds each value of the parameter.
    fn each(&self, values: &mut QueryValues<'_>);
}

/// Receives the values of a query parameter.
pub struct QueryValues<'a> {
    // Behind a struct, because the compiler takes long to check each function whose signature has this type.
    add: &'a mut dyn FnMut(&dyn Display),
}

impl<'a> QueryValues<'a> {
    /// Calls a function with each value.
    pub(crate) fn new(add: &'a mut dyn FnMut(&dyn Display)) -> Self {
        Self { add }
    }

    /// Adds a value.
    pub fn add(&mut self, value: &dyn Display) {
        (self.add)(value);
    }
}

/// Prints no value, because it may be secret.
impl fmt::Debug for QueryValues<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("QueryValues")
    }
}

macro_rules! query_scalars {
    ($($type:ty),*) => {$(
        impl Query for $type {
            fn each(&self, values: &mut QueryValues<'_>) {
                values.add(self);
            }
        }
    )*};
}

query_scalars!(String, bool, i32, i64, u32, u64, f64, Timestamp, Date);
#[cfg(feature = "uuid")]
query_scalars!(uuid::Uuid);

impl<T: Query> Query for Vec<T> {
    fn each(&self, values: &mut QueryValues<'_>) {
        for value in self {
            value.each(values);
        }
    }
}
