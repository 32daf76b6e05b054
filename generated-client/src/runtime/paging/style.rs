//! The pagination styles of APIs. Used by generated code.

/// The pagination of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    /// The field of a page that contains the items.
    pub items: &'static str,
    /// The location of the token for the next page.
    pub next: NextPage,
}

/// The location of the token for the next page.
#[derive(Clone, Copy, Debug)]
pub enum NextPage {
    /// The field that contains the URI of the next page.
    Uri(&'static str),
    /// A cursor, which is sent back as a query parameter.
    Cursor {
        /// The field of a page that contains the cursor.
        field: &'static str,
        /// The query parameter for the cursor.
        query: &'static str,
    },
}
