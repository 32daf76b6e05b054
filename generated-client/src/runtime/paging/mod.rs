//! Pagination of lists.

mod items;
mod link;
mod mark;
mod next;
mod page;
mod paginator;
mod query;
mod split;
mod style;
mod token;

pub(crate) use items::PageItems;
pub use page::{Page, read_page};
pub(crate) use paginator::Paginator;
pub(crate) use query::next_query;
pub use style::{LastPage, NextPage, Paging};
pub use token::PageToken;
