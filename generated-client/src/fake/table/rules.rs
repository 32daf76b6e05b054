//! How an API pages its lists, and what its errors say.

/// How lists are paged, and what errors say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// The query parameter that limits the number of items in a page.
    pub(crate) limit: Option<&'static str>,
    /// The maximum number of items in a page.
    pub(crate) most: Option<u32>,
    /// The query parameter that takes the ID of the object which a page comes after.
    pub(crate) before: Option<&'static str>,
    /// The query parameter that takes a filter expression.
    pub(crate) filter: Option<&'static str>,
    /// The key under which objects and pages hold their own URI.
    pub(crate) uri: Option<&'static str>,
    /// The JSON pointer to the status in the body of an error.
    pub(crate) status: Option<&'static str>,
    /// The code of an error, by its HTTP status.
    pub(crate) codes: &'static [(u16, &'static str)],
    /// The prefix of request IDs, without the underscore.
    pub(crate) request_id: Option<&'static str>,
}
