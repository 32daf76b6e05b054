//! The forms that one Rust type may have in JSON.

/// The form of a value in JSON, named in the field table of its object.
///
/// The codec of a list, a map or an optional value holds for each value in it. A type that a codec does not
/// concern ignores it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Codec {
    /// The usual form of the type: RFC 3339 for a timestamp.
    #[default]
    Plain,
    /// A timestamp as seconds since 1970-01-01T00:00:00Z.
    EpochSeconds,
    /// A timestamp as milliseconds since 1970-01-01T00:00:00Z.
    EpochMilliseconds,
}
