//! Tests of the generator and the client. This library only runs the examples of the READMEs as doctests.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../generated-client/README.md")]
struct ClientReadme;
