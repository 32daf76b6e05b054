//! The pagination styles of APIs. Used by generated code.

/// The pagination of an operation.
///
/// A location is a key of the page, or a JSON pointer.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    /// The location of the items; empty if the page is the list of items.
    pub(crate) items: &'static str,
    pub(crate) next: NextPage,
    /// `true` if a page may omit the items.
    pub(crate) may_omit_items: bool,
    /// `true` if a page may omit the location in `next`.
    pub(crate) may_omit_next: bool,
    /// `true` if null in place of the items is an error.
    pub(crate) rejects_null: bool,
}

impl Paging {
    /// Creates pagination in which no page omits anything.
    #[must_use]
    pub const fn new(items: &'static str, next: NextPage) -> Self {
        Self {
            items,
            next,
            may_omit_items: false,
            may_omit_next: false,
            rejects_null: false,
        }
    }

    /// Allows pages to omit the items.
    #[must_use]
    pub const fn may_omit_items(mut self) -> Self {
        self.may_omit_items = true;
        self
    }

    /// Makes null in place of the items an error. By default, it stands for no items.
    #[must_use]
    #[allow(dead_code, reason = "unused in an API whose responses may omit fields")]
    pub const fn reject_null(mut self) -> Self {
        self.rejects_null = true;
        self
    }

    /// Allows pages to omit the location in `next`.
    #[must_use]
    pub const fn may_omit_next(mut self) -> Self {
        self.may_omit_next = true;
        self
    }
}

/// The way from a page to the next one.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "an API uses some of these")]
pub enum NextPage {
    /// There is only one page.
    None,
    /// The URI of the next page is at this location.
    Uri(&'static str),
    /// The URI of the next page is in the `Link` header with this relation.
    Link(&'static str),
    /// A cursor, which is sent back as a query parameter.
    Cursor {
        /// The location of the cursor.
        cursor: &'static str,
        /// The query parameter for the cursor.
        query: &'static str,
    },
    /// The number of the page.
    Page {
        /// The query parameter for the number of the page.
        query: &'static str,
        /// The number of the first page.
        first: u64,
        /// The sign of the last page.
        end: LastPage,
    },
    /// The number of items in earlier pages.
    Offset {
        /// The query parameter for the number of items.
        query: &'static str,
        /// The sign of the last page.
        end: LastPage,
    },
    /// A field of the last item of the page.
    LastItem {
        /// The field of the item.
        field: &'static str,
        /// The query parameter for the value of the field.
        query: &'static str,
        /// The sign of the last page.
        end: LastPage,
    },
}

/// The sign of the last page of a list.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "an API uses some of these")]
pub enum LastPage {
    /// The page has no items.
    Empty,
    /// The boolean at this location is false.
    More(&'static str),
    /// The number of the next page, at this location, is null.
    Next(&'static str),
    /// The number of pages, at this location, is reached.
    Pages(&'static str),
    /// The number of items, at this location, is reached.
    Total(&'static str),
}

impl NextPage {
    /// Returns the location in a page that determines whether there is another one.
    pub(crate) const fn location(self) -> Option<&'static str> {
        match self {
            Self::None | Self::Link(_) => None,
            Self::Uri(location) | Self::Cursor { cursor: location, .. } => Some(location),
            Self::Page { end, .. } | Self::Offset { end, .. } | Self::LastItem { end, .. } => end.location(),
        }
    }

    /// Returns the query parameter that selects the page, unless the next page is identified by its URI.
    #[cfg(feature = "fake")]
    pub(crate) const fn query(self) -> Option<&'static str> {
        match self {
            Self::None | Self::Uri(_) | Self::Link(_) => None,
            Self::Cursor { query, .. }
            | Self::Page { query, .. }
            | Self::Offset { query, .. }
            | Self::LastItem { query, .. } => Some(query),
        }
    }
}

impl LastPage {
    const fn location(self) -> Option<&'static str> {
        match self {
            Self::Empty => None,
            Self::More(location) | Self::Next(location) | Self::Pages(location) | Self::Total(location) => {
                Some(location)
            }
        }
    }
}
