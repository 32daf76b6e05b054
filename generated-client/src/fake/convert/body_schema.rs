//! The allowed and required fields of a request body.

use crate::fake::table::{Field, Fields};

/// The purpose of a request, which decides the allowed fields of its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Creation of an object from the fields that create requests may contain.
    Create,
    /// Update of the fields that update requests may contain. Absent fields keep their values.
    Update,
    /// Update of all fields of a separate body type. Absent fields keep their values.
    Merge,
    /// A complete value.
    Whole,
}

impl Purpose {
    /// Returns the corresponding purpose for a separate body type.
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

/// The allowed fields of a request body.
#[derive(Clone, Copy)]
pub(crate) struct BodySchema {
    fields: Fields,
    purpose: Purpose,
}

impl BodySchema {
    pub(crate) fn new(fields: Fields, purpose: Purpose) -> Self {
        Self { fields, purpose }
    }

    /// Creates the schema of a body that is a complete value.
    pub(crate) fn whole(fields: Fields) -> Self {
        Self::new(fields, Purpose::Whole)
    }

    pub(crate) fn fields(self) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(move |field| self.purpose.allows(field))
    }

    pub(crate) fn field(self, matches: impl Fn(&Field) -> bool) -> Option<&'static Field> {
        self.fields().find(|field| matches(field))
    }

    /// Returns `true` if the body must contain a field.
    pub(crate) fn requires(self, field: &Field) -> bool {
        field.required && !self.keeps_absent()
    }

    /// Returns `true` if the body creates an object from the fields for create requests.
    pub(crate) fn is_create(self) -> bool {
        self.purpose == Purpose::Create
    }

    /// Returns `true` if absent fields keep their values.
    pub(crate) fn keeps_absent(self) -> bool {
        match self.purpose {
            Purpose::Update | Purpose::Merge => true,
            Purpose::Create | Purpose::Whole => false,
        }
    }
}
