//! Alternative JSON representations of a type.

/// The JSON representation of a value, selected for each field of an object.
///
/// The codec of a list, map or optional value applies to each value in it. Types ignore codecs that are not for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Codec {
    /// The default representation of a type, such as RFC 3339 for a timestamp.
    #[default]
    Plain,
    /// A timestamp as seconds since 1970-01-01T00:00:00Z.
    EpochSeconds,
    /// A timestamp as milliseconds since 1970-01-01T00:00:00Z.
    EpochMilliseconds,
    /// Bytes as Base64.
    Base64,
    /// A number or a boolean in a string.
    Quoted,
}
