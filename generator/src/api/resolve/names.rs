//! The names of all definitions, with the IDs of the definitions.

use std::collections::BTreeMap;

use crate::api::model::{ResourceId, TypeId};
use crate::syntax::parse::Files;
use crate::syntax::{ResourceFile, TypeDefinition};

/// Definitions by name.
pub struct Names<'a> {
    types: BTreeMap<&'a str, (TypeId, &'a TypeDefinition)>,
    resources: BTreeMap<&'a str, (ResourceId, &'a ResourceFile)>,
}

impl<'a> Names<'a> {
    /// Assigns IDs in the order in which the definitions are resolved.
    pub fn new(files: &'a Files) -> Self {
        let (_, api) = &files.api;
        let resources = || files.resources.iter().map(|(_, file)| file);
        let types = api.types.iter().chain(resources().flat_map(|file| file.types.iter()));
        Self {
            types: types
                .enumerate()
                .map(|(index, (name, definition))| (name, (TypeId(index), definition)))
                .collect(),
            resources: resources()
                .enumerate()
                .map(|(index, file)| (file.resource.as_str(), (ResourceId(index), file)))
                .collect(),
        }
    }

    pub fn ty(&self, name: &str) -> Option<(TypeId, &'a TypeDefinition)> {
        self.types.get(name).copied()
    }

    pub fn resource(&self, name: &str) -> Option<(ResourceId, &'a ResourceFile)> {
        self.resources.get(name).copied()
    }

    pub fn types(&self) -> impl Iterator<Item = &'a str> {
        self.types.keys().copied()
    }

    pub fn resources(&self) -> impl Iterator<Item = &'a str> {
        self.resources.keys().copied()
    }
}
