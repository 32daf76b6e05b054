//! The data that the files of a schema are written from.

use std::collections::HashMap;

use crate::openapi::import::draft::{ApiDraft, Expr, OperationDraft, PagingDraft, ResourceDraft, TypeId, Written};
use crate::openapi::import::types::{Types, Usage};
use crate::openapi::import::yaml::{self, Yaml};

/// An API whose schema is written.
pub struct Schema<'a, 'd> {
    pub api: &'a ApiDraft,
    pub resources: &'a [ResourceDraft],
    pub operations: &'a [OperationDraft],
    pub types: &'a Types<'d>,
    pub usage: &'a Usage,
    pub names: &'a HashMap<TypeId, String>,
}

/// The parts of operations that the whole API shares.
pub struct Shared {
    pub paging: Option<PagingDraft>,
    /// The query parameters of the set `paging`.
    pub set: Option<Vec<(String, Yaml)>>,
}

impl Schema<'_, '_> {
    /// Returns a type as the schema writes it.
    pub fn written(&self, expr: &Expr) -> String {
        let expr = self.types.resolved(expr);
        let name = |id: TypeId| self.names.get(&id).cloned().unwrap_or_else(|| "json".to_owned());
        Written(&expr, &name).to_string()
    }
}

/// Returns a key or a JSON pointer.
pub fn location(location: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/');
    if !location.is_empty() && location.chars().all(is_plain) && location.starts_with('/') {
        location.to_owned()
    } else {
        yaml::scalar(location)
    }
}
