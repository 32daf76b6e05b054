//! The value in a page that determines the next page.

use super::{LastPage, NextPage};
use crate::runtime::json::{Codec, Primitive, Scalar};

/// A value in a page that determines the next page.
pub(super) struct Mark {
    kind: MarkKind,
    pub(super) value: MarkValue,
}

/// The value of a mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum MarkValue {
    /// Absent, null or an empty string.
    #[default]
    Empty,
    Boolean(bool),
    Integer(u64),
    Text(String),
}

#[derive(Clone, Copy)]
enum MarkKind {
    Text,
    TextOrInteger,
    Integer,
    Boolean,
}

impl Mark {
    pub(super) fn new(next: NextPage) -> Self {
        let kind = match next {
            NextPage::None | NextPage::Link(_) | NextPage::Uri(_) => MarkKind::Text,
            NextPage::Cursor { .. } => MarkKind::TextOrInteger,
            NextPage::Page { end, .. } | NextPage::Offset { end, .. } | NextPage::LastItem { end, .. } => match end {
                LastPage::Empty | LastPage::Next(_) => MarkKind::TextOrInteger,
                LastPage::More(_) => MarkKind::Boolean,
                LastPage::Pages(_) | LastPage::Total(_) => MarkKind::Integer,
            },
        };
        let value = MarkValue::Empty;
        Self { kind, value }
    }
}

impl Scalar for Mark {
    fn expected(&self, _: Codec) -> &'static str {
        match self.kind {
            MarkKind::Text => "a string",
            MarkKind::TextOrInteger => "a string or an integer",
            MarkKind::Integer => "an integer",
            MarkKind::Boolean => "a boolean",
        }
    }

    fn set(&mut self, primitive: Primitive<'_>, codec: Codec) -> Result<(), &'static str> {
        self.value = match (self.kind, primitive) {
            (MarkKind::Text | MarkKind::TextOrInteger, Primitive::Null | Primitive::Text("")) => MarkValue::Empty,
            (MarkKind::Text | MarkKind::TextOrInteger, Primitive::Text(text)) => MarkValue::Text(text.to_owned()),
            (MarkKind::Boolean, Primitive::Bool(value)) => MarkValue::Boolean(value),
            // The number of all items or pages is never absent.
            (MarkKind::Integer, Primitive::Null) => return Err(Primitive::Null.kind()),
            (MarkKind::TextOrInteger, Primitive::Signed(number)) => MarkValue::Text(number.to_string()),
            (MarkKind::TextOrInteger | MarkKind::Integer, number) => {
                let mut value = 0_u64;
                value.set(number, codec)?;
                match self.kind {
                    MarkKind::TextOrInteger => MarkValue::Text(value.to_string()),
                    MarkKind::Text | MarkKind::Integer | MarkKind::Boolean => MarkValue::Integer(value),
                }
            }
            (MarkKind::Text | MarkKind::Boolean, other) => return Err(other.kind()),
        };
        Ok(())
    }
}
