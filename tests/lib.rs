//! Tests of the generator and the client. This library only runs the examples of the READMEs and of FAKE.md as doctests.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../generated-client/README.md")]
struct ClientReadme;

#[cfg(doctest)]
#[doc = include_str!("../generated-client/FAKE.md")]
struct FakeReadme;
