//! The keys of operations under `paths`.

use std::collections::BTreeMap;

use crate::api::model::{Api, Method, Operation};

/// The keys of all paths of a document.
///
/// OpenAPI does not distinguish operations by their query, and cannot say that a parameter contains slashes. The key of a
/// path is therefore not the path as written, unless two operations would have the same key and method.
pub struct PathKeys {
    /// The number of operations by key and method.
    uses: BTreeMap<(String, Method), usize>,
}

impl PathKeys {
    pub fn new(api: &Api) -> Self {
        let mut uses = BTreeMap::new();
        for operation in api.operations() {
            *uses.entry((short(operation), operation.method)).or_default() += 1;
        }
        Self { uses }
    }

    pub fn key(&self, operation: &Operation) -> String {
        match operation.fixed_query.to_string() {
            _ if self.is_unique(operation) => short(operation),
            query if query.is_empty() => operation.path.to_string(),
            query => format!("{}?{query}", operation.path),
        }
    }

    /// Returns `true` if the key and the method of an operation identify it.
    pub fn is_unique(&self, operation: &Operation) -> bool {
        self.uses.get(&(short(operation), operation.method)) == Some(&1)
    }
}

/// Returns a path in which all parameters are written alike.
fn short(operation: &Operation) -> String {
    operation.path.to_string().replace("*}", "}")
}
