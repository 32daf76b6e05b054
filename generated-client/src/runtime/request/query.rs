//! Types of query parameters.

use std::fmt::Display;

use crate::runtime::{Date, Timestamp};

/// A type that can be sent as a query parameter.
pub trait Query {
    /// Calls `add` with each value of the parameter.
    fn each(&self, add: &mut dyn FnMut(&dyn Display));
}

macro_rules! query_scalars {
    ($($type:ty),*) => {$(
        impl Query for $type {
            fn each(&self, add: &mut dyn FnMut(&dyn Display)) {
                add(self);
            }
        }
    )*};
}

query_scalars!(String, bool, i32, i64, u32, u64, f64, Timestamp, Date);

impl<T: Query> Query for Option<T> {
    fn each(&self, add: &mut dyn FnMut(&dyn Display)) {
        if let Some(value) = self {
            value.each(add);
        }
    }
}

impl<T: Query> Query for Vec<T> {
    fn each(&self, add: &mut dyn FnMut(&dyn Display)) {
        for value in self {
            value.each(add);
        }
    }
}
