//! The models that a fake stores.

/// A model whose objects a fake stores.
///
/// [`Fake::seed`](super::Fake::seed) and [`Fake::objects`](super::Fake::objects) accept such types.
pub trait Seed: serde_core::Serialize + serde_core::de::DeserializeOwned {
    /// The name of the resource with objects of this type.
    const RESOURCE: &'static str;
}
