//! Pagination of lists.

mod items;
mod page;
mod paginator;
mod query;
mod style;
mod token;

pub(crate) use items::PageItems;
pub use page::Page;
pub(crate) use paginator::Paginator;
pub(crate) use query::next_query;
pub use style::{NextPage, Paging};
pub use token::PageToken;
