//! The models that programs may seed.

/// A type of which the fake keeps objects, and which programs may put there: see [`Fake::seed`](super::Fake::seed).
pub trait Seed: serde_core::Serialize + serde_core::de::DeserializeOwned {
    /// The resource whose objects are of this type.
    const RESOURCE: &'static str;
}
