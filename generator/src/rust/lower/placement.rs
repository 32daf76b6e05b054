//! The file of each type.

use crate::api::checked::Checked;
use crate::api::model::{ResourceId, TypeId};

/// The types of each file, in the order of the schema.
pub struct Placement {
    /// The types in `shared.rs`.
    pub shared: Vec<TypeId>,
    /// The types in the file of each resource, indexed by [`ResourceId`].
    own: Vec<Vec<TypeId>>,
}

impl Placement {
    /// Puts each type in the file for its schema file. If resources have cargo features, a type that another resource uses is
    /// shared instead, so that it does not need the feature of its own resource.
    pub fn new(Checked { api, usage, .. }: &Checked) -> Self {
        let mut placement = Self {
            shared: api.shared.clone(),
            own: api.resources.iter().map(|resource| resource.types.clone()).collect(),
        };
        if api.resource_features {
            for (index, own) in placement.own.iter_mut().enumerate() {
                let moved = own.extract_if(.., |id| usage.is_used_elsewhere(ResourceId(index), *id));
                placement.shared.extend(moved);
            }
        }
        placement
    }

    pub fn own(&self, resource: ResourceId) -> &[TypeId] {
        &self.own[resource.0]
    }
}
