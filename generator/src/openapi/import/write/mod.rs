//! Writes the files of a schema.

mod operations;
mod schema;
mod types;
mod values;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use self::schema::{Shared, location};
use super::draft::{AuthDraft, OperationDraft, PagingDraft, ReturnsDraft, TypeId};
use super::types::of_operation;
use super::yaml::{self, Yaml};
use crate::names::file_stem;
use crate::source::{API_FILE, Source};

pub use self::schema::Schema;

/// Sets of query parameters, each with the number of operations that have it.
type Sets = BTreeMap<String, (usize, Vec<(String, Yaml)>)>;

/// Returns the files of a schema.
pub fn files(schema: &Schema) -> Vec<Source> {
    let shared = schema.shared();
    let (of_api, of_resources) = schema.places();
    let mut files = vec![source(API_FILE, &schema.api_file(&shared, &of_api))];
    for (index, resource) in schema.resources.iter().enumerate() {
        let mut entries = vec![("resource".to_owned(), Yaml::Plain(yaml::scalar(&resource.name)))];
        if let Some(singular) = &resource.singular {
            entries.push(("singular".to_owned(), Yaml::Plain(yaml::scalar(singular))));
        }
        entries.push(("doc".to_owned(), Yaml::text(&resource.doc)));
        let own = schema.operations.iter().filter(|operation| operation.resource == index);
        let operations = own.map(|operation| (operation.name.clone(), schema.operation(operation, resource, &shared)));
        entries.push(("operations".to_owned(), Yaml::Block(operations.collect())));
        let types = schema.type_entries(of_resources.get(&index).map(Vec::as_slice).unwrap_or_default());
        if !types.is_empty() {
            entries.push(("types".to_owned(), Yaml::Block(types)));
        }
        let name = format!("resources/{}.yaml", file_stem(&resource.name));
        files.push(source(&name, &entries));
    }
    files
}

fn source(name: &str, entries: &[(String, Yaml)]) -> Source {
    Source {
        path: format!("schema/{name}"),
        name: name.to_owned(),
        text: yaml::file(entries),
    }
}

impl Schema<'_, '_> {
    fn type_entries(&self, ids: &[TypeId]) -> Vec<(String, Yaml)> {
        let named = ids
            .iter()
            .filter_map(|id| Some((self.names.get(id)?.clone(), self.type_entry(*id))));
        named.collect()
    }

    /// Returns the types of the whole API, and those that only one resource uses.
    fn places(&self) -> (Vec<TypeId>, BTreeMap<usize, Vec<TypeId>>) {
        let mut users: BTreeMap<TypeId, BTreeSet<usize>> = BTreeMap::new();
        for operation in self.operations {
            for id in of_operation(self.types, operation) {
                users.entry(id).or_default().insert(operation.resource);
            }
        }
        let mut of_api = Vec::new();
        let mut of_resources: BTreeMap<usize, Vec<TypeId>> = BTreeMap::new();
        for (id, users) in users {
            match users.first() {
                Some(only) if users.len() == 1 => of_resources.entry(*only).or_default().push(id),
                _ => of_api.push(id),
            }
        }
        (of_api, of_resources)
    }

    /// Finds the paging of most lists, and their query parameters.
    fn shared(&self) -> Shared {
        let mut counts: HashMap<&PagingDraft, usize> = HashMap::new();
        let mut sets: HashMap<&PagingDraft, Sets> = HashMap::new();
        for operation in self.operations {
            if let ReturnsDraft::Page { paging, .. } = &operation.returns {
                *counts.entry(paging).or_default() += 1;
                let set = self.paging_parameters(operation, paging);
                let key = format!("{set:?}");
                sets.entry(paging).or_default().entry(key).or_insert((0, set)).0 += 1;
            }
        }
        let most = self.operations.iter().filter_map(|operation| match &operation.returns {
            ReturnsDraft::Page { paging, .. } => Some(paging),
            _ => None,
        });
        // Of those that are used as often, the first one.
        let paging = most
            .rev()
            .max_by_key(|paging| counts[paging])
            .filter(|paging| counts[paging] > 1);
        let set = paging.and_then(|paging| {
            let (count, set) = sets.remove(paging)?.into_values().max_by_key(|(count, _)| *count)?;
            (count > 2 && !set.is_empty()).then_some(set)
        });
        Shared {
            paging: paging.cloned(),
            set,
        }
    }

    fn api_file(&self, shared: &Shared, types: &[TypeId]) -> Vec<(String, Yaml)> {
        let api = self.api;
        let mut entries: Vec<(&str, Yaml)> = vec![
            ("name", Yaml::Plain(yaml::scalar(&api.name))),
            ("version", Yaml::text(&api.version)),
            ("crate", Yaml::plain(&api.crate_name)),
            ("base_url", Yaml::plain(&api.base_url)),
            ("auth", auth(&api.auth)),
        ];
        let name = api.crate_name.trim_end_matches("_client").trim_end_matches("_api");
        let variable = |suffix: &str| format!("{}_{suffix}", name.to_uppercase());
        match &api.auth {
            AuthDraft::None => {}
            AuthDraft::Basic => {
                let names = [("user", "USER"), ("password", "PASSWORD")];
                let names = names.map(|(key, suffix)| (key.to_owned(), Yaml::Plain(variable(suffix))));
                entries.push(("key_variable", Yaml::Map(names.to_vec())));
            }
            AuthDraft::Bearer | AuthDraft::Header { .. } | AuthDraft::Query(_) => {
                entries.push(("key_variable", Yaml::Plain(variable("API_KEY"))));
            }
        }
        if let Some(paging) = &shared.paging {
            entries.push(("paging", operations::paging(paging)));
        }
        if has_resource_features(self.operations) {
            entries.push(("resource_features", Yaml::plain("true")));
        }
        if !api.errors.is_empty() {
            let errors = api
                .errors
                .iter()
                .map(|(key, pointer)| ((*key).to_owned(), Yaml::Plain(location(pointer))));
            entries.push(("errors", Yaml::Map(errors.collect())));
        }
        if let Some(set) = &shared.set {
            let sets = vec![("paging".to_owned(), Yaml::Block(set.clone()))];
            entries.push(("query_sets", Yaml::Block(sets)));
        }
        let types = self.type_entries(types);
        if !types.is_empty() {
            entries.push(("types", Yaml::Block(types)));
        }
        entries
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    }
}

/// Returns `true` for an API so large that many programs use only a small part of it.
pub fn has_resource_features(operations: &[OperationDraft]) -> bool {
    operations.len() > 300
}

fn auth(auth: &AuthDraft) -> Yaml {
    let entry = |key: &str, value: &str| (key.to_owned(), Yaml::Plain(yaml::scalar(value)));
    match auth {
        AuthDraft::None => Yaml::plain("none"),
        AuthDraft::Bearer => Yaml::plain("bearer"),
        AuthDraft::Basic => Yaml::plain("basic"),
        AuthDraft::Header { name, prefix } => {
            let prefix = prefix.iter().map(|prefix| ("prefix".to_owned(), Yaml::text(prefix)));
            Yaml::Map(std::iter::once(entry("header", name)).chain(prefix).collect())
        }
        AuthDraft::Query(name) => Yaml::Map(vec![entry("query", name)]),
    }
}
