//! How an operation pages its list, as generated code states it.

/// Paging of one operation.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    /// The field of a page that holds its items.
    pub items: &'static str,
    /// Where a response says what leads to the next page.
    pub next: NextPage,
}

/// Where a response says what leads to the next page.
#[derive(Clone, Copy, Debug)]
pub enum NextPage {
    /// The named field holds the next page's URI.
    Uri(&'static str),
    /// A field holds a cursor, which a query parameter sends back.
    Cursor {
        /// The field of the page that holds the cursor.
        field: &'static str,
        /// The query parameter that takes it.
        query: &'static str,
    },
}
