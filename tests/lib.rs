//! Tests of the generator and of the client; this library holds none but the examples of the README.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
