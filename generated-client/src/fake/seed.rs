//! The models that a fake stores.

/// A model whose objects a fake stores.
///
/// [`Fake::seed`](super::Fake::seed) and [`Fake::objects`](super::Fake::objects) accept such types. Sealed: other crates
/// cannot implement it.
pub trait Seed: serde_core::Serialize + serde_core::de::DeserializeOwned {
    /// The resource with objects of this type.
    #[doc(hidden)]
    const RESOURCE: ResourceName;
}

/// The name of a resource. Only this crate can create one, which seals [`Seed`].
#[derive(Clone, Copy, Debug)]
pub struct ResourceName(pub(crate) &'static str);
