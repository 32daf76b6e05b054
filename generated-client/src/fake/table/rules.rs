//! The paging and error conventions of an API.

/// The conventions for paging and errors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// The query parameter for the maximum number of items in a page.
    pub(crate) limit: Option<&'static str>,
    /// The maximum number of items in a page.
    pub(crate) most: Option<u32>,
    /// The query parameter for the ID of the object that a page starts after.
    pub(crate) before: Option<&'static str>,
    /// The query parameter for a filter expression.
    pub(crate) filter: Option<&'static str>,
    /// The field of objects and pages with their own URI.
    pub(crate) uri: Option<&'static str>,
    /// The JSON pointer to the status in the body of an error.
    pub(crate) status: Option<&'static str>,
    /// The error codes, by HTTP status.
    pub(crate) codes: &'static [(u16, &'static str)],
    /// The prefix of request IDs, without the underscore.
    pub(crate) request_id: Option<&'static str>,
}
