//! Which fields the body of a request may hold, and which it must hold.

use crate::fake::table::{Field, Fields};

/// What a request is for. It decides which fields the body may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Creates an object, from the fields that a request to create may hold.
    Create,
    /// Changes an object, by the fields that a request to update may hold. Absent fields keep their values.
    Update,
    /// Changes an object, by all fields of a type of its own. Absent fields keep their values.
    Merge,
    /// Sends a complete value.
    Whole,
}

impl Purpose {
    /// The same purpose for a body that has a type of its own.
    pub(crate) fn with_own_type(self) -> Self {
        match self {
            Self::Create | Self::Whole => Self::Whole,
            Self::Update | Self::Merge => Self::Merge,
        }
    }

    fn allows(self, field: &Field) -> bool {
        match self {
            Self::Create => field.create,
            Self::Update => field.update,
            Self::Merge | Self::Whole => true,
        }
    }
}

/// The fields that the body of a request may hold.
#[derive(Clone, Copy)]
pub(crate) struct BodySchema {
    fields: Fields,
    purpose: Purpose,
}

impl BodySchema {
    pub(crate) fn new(fields: Fields, purpose: Purpose) -> Self {
        Self { fields, purpose }
    }

    /// A body that is a complete value.
    pub(crate) fn whole(fields: Fields) -> Self {
        Self::new(fields, Purpose::Whole)
    }

    pub(crate) fn fields(self) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(move |field| self.purpose.allows(field))
    }

    pub(crate) fn field(self, matches: impl Fn(&Field) -> bool) -> Option<&'static Field> {
        self.fields().find(|field| matches(field))
    }

    /// Returns `true` if the body must hold a field.
    pub(crate) fn requires(self, field: &Field) -> bool {
        field.required && !self.keeps_absent()
    }

    /// Returns `true` if absent fields keep their values.
    pub(crate) fn keeps_absent(self) -> bool {
        match self.purpose {
            Purpose::Update | Purpose::Merge => true,
            Purpose::Create | Purpose::Whole => false,
        }
    }
}
