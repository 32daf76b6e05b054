//! External text in one-line messages.

use std::fmt::{self, Display};

/// External text, displayed with each control character replaced by a space.
pub(crate) struct OneLine<'a>(pub(crate) &'a str);

impl Display for OneLine<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .split(char::is_control)
            .enumerate()
            .try_for_each(|(index, part)| {
                formatter.write_str(if index == 0 { "" } else { " " })?;
                formatter.write_str(part)
            })
    }
}
