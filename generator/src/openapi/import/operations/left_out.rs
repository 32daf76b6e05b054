//! Operations that the schema language cannot express.

/// A reason to leave out an operation.
pub struct LeftOut(pub String);
