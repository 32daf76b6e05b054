//! Tests of the generator and of the client; this library holds none but the examples of the READMEs.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../generated-client/README.md")]
struct ClientReadme;
