//! The paging and error conventions of an API.

/// The conventions for paging and errors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    pub(crate) size: PageSize,
    /// The query parameter for the ID of the object that a page starts after, if the API links to the next page by URI.
    pub(crate) before: Option<&'static str>,
    /// `true` if lists start with the newest object.
    pub(crate) newest_first: bool,
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

/// The size of pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageSize {
    /// The query parameter for the maximum number of items in a page.
    pub(crate) query: Option<&'static str>,
    /// The highest value of the parameter, and its default.
    pub(crate) max: Option<u32>,
}
