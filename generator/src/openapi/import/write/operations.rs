//! Writes operations, their parameters and paging.

use super::schema::{Schema, Shared, location};
use super::types::{DEPRECATED, alias};
use crate::names::{self, Scope};
use crate::openapi::import::draft::{
    AuthDraft, OperationDraft, PagingDraft, ParameterDraft, ResourceDraft, ReturnsDraft,
};
use crate::openapi::import::types::named;
use crate::openapi::import::yaml::{self, Yaml};

type Entries = Vec<(String, Yaml)>;

impl Schema<'_, '_> {
    pub(super) fn operation(&self, operation: &OperationDraft, resource: &ResourceDraft, shared: &Shared) -> Yaml {
        let mut entries: Entries = vec![(
            "http".to_owned(),
            Yaml::text(format!("{} {}", operation.method, operation.path)),
        )];
        let params = operation.params.iter();
        let params: Entries = params
            .map(|parameter| (parameter.name.clone(), Yaml::Plain(self.written(&parameter.expr))))
            .collect();
        let mut taken = Names::of(operation);
        let query = self.query(operation, shared, &mut taken);
        let headers: Entries = operation
            .headers
            .iter()
            .map(|header| self.parameter(header, &mut taken))
            .collect();
        if !params.is_empty() {
            entries.push(("params".to_owned(), Yaml::Map(params)));
        }
        entries.extend(query.map(|query| ("query".to_owned(), query)));
        if !headers.is_empty() {
            entries.push(("headers".to_owned(), Yaml::Map(headers)));
        }
        if let Some(body) = &operation.body {
            let ty = self.written(&body.expr);
            let ty = if body.is_optional {
                format!("optional<{ty}>")
            } else {
                ty
            };
            entries.push(("body".to_owned(), Yaml::Plain(ty)));
            entries.extend(
                body.key
                    .as_ref()
                    .map(|key| ("request_key".to_owned(), Yaml::Plain(yaml::scalar(key)))),
            );
        }
        self.returns(operation, resource, shared, &mut entries);
        if operation.is_public && self.api.auth != AuthDraft::None {
            entries.push(("auth".to_owned(), Yaml::plain("none")));
        }
        if operation.deprecated {
            entries.push(("deprecated".to_owned(), Yaml::text(DEPRECATED)));
        }
        entries.push(("doc".to_owned(), Yaml::text(&operation.doc)));
        Yaml::Map(entries)
    }

    fn returns(&self, operation: &OperationDraft, resource: &ResourceDraft, shared: &Shared, entries: &mut Entries) {
        let mut add = |key: &str, value: Yaml| entries.push((key.to_owned(), value));
        let mut expected = 200;
        match &operation.returns {
            ReturnsDraft::Nothing => expected = 204,
            ReturnsDraft::Headers => {}
            ReturnsDraft::Value { expr, key } => {
                add("returns", Yaml::Plain(self.written(expr)));
                if let Some(key) = key {
                    add("response_key", Yaml::Plain(location(key)));
                }
            }
            ReturnsDraft::Page {
                item,
                items,
                paging: own,
            } => {
                add("returns", Yaml::Plain(format!("page<{}>", self.written(item))));
                if *items != resource.name {
                    add("items", Yaml::Plain(location(items)));
                }
                if shared.paging.as_ref() != Some(own) {
                    add("paging", paging(own));
                }
            }
            ReturnsDraft::ByStatus(results) => {
                let results = results.iter().map(|(status, expr)| {
                    let ty = expr
                        .as_ref()
                        .map_or_else(|| "nothing".to_owned(), |expr| self.written(expr));
                    (i64::from(*status), Yaml::Plain(ty))
                });
                add("returns", Yaml::Numbered(results.collect()));
                return;
            }
        }
        if let Some(status) = operation
            .status
            .filter(|status| *status != expected && !matches!(operation.returns, ReturnsDraft::Headers))
        {
            add("status", Yaml::plain(status.to_string()));
        }
    }

    /// Returns the query parameters, those of the shared set by its name.
    fn query(&self, operation: &OperationDraft, shared: &Shared, taken: &mut Names) -> Option<Yaml> {
        let entries: Entries = operation
            .query
            .iter()
            .map(|parameter| self.parameter(parameter, taken))
            .collect();
        let set = shared
            .set
            .as_ref()
            .filter(|set| set.iter().all(|entry| entries.contains(entry)));
        let Some(set) = set else {
            return (!entries.is_empty()).then_some(Yaml::Map(entries));
        };
        let own: Entries = entries.into_iter().filter(|entry| !set.contains(entry)).collect();
        Some(if own.is_empty() {
            Yaml::plain("paging")
        } else {
            Yaml::List(vec![Yaml::plain("paging"), Yaml::Map(own)])
        })
    }

    /// Returns the query parameters that `paging` names.
    pub(super) fn paging_parameters(&self, operation: &OperationDraft, paging: &PagingDraft) -> Entries {
        let named: Vec<&str> = paging
            .keys
            .iter()
            .filter(|(key, _)| matches!(*key, "query" | "page" | "offset"))
            .map(|(_, name)| name.as_str())
            .chain(paging.limit.iter().map(|(name, _)| name.as_str()))
            .collect();
        let is_named = |parameter: &&ParameterDraft| {
            named.contains(&parameter.name.as_str()) || ["page", "Page", "PageToken"].contains(&parameter.name.as_str())
        };
        let mut taken = Names::default();
        let parameters = operation.query.iter().filter(is_named);
        parameters
            .map(|parameter| self.parameter(parameter, &mut taken))
            .collect()
    }

    fn parameter(&self, parameter: &ParameterDraft, taken: &mut Names) -> (String, Yaml) {
        let mut entries: Entries = vec![("type".to_owned(), Yaml::Plain(self.written(&parameter.expr)))];
        if parameter.required {
            entries.push(("required".to_owned(), Yaml::plain("true")));
        }
        if let Some(style) = parameter.style {
            entries.push(("style".to_owned(), Yaml::plain(style)));
        }
        let scope = if parameter.required {
            &mut taken.arguments
        } else {
            &mut taken.setters
        };
        entries.extend(alias(&parameter.name, scope));
        let example = parameter
            .example
            .as_ref()
            .and_then(|example| self.literal(&parameter.expr, example));
        entries.extend(example.map(|example| ("example".to_owned(), example)));
        if parameter.deprecated {
            entries.push(("deprecated".to_owned(), Yaml::text(DEPRECATED)));
        }
        let doc = parameter.doc.clone().unwrap_or_else(|| named(&parameter.name));
        entries.push(("doc".to_owned(), Yaml::text(doc)));
        (parameter.name.clone(), Yaml::Map(entries))
    }
}

/// The names that are taken in the generated code of an operation.
struct Names {
    arguments: Scope<()>,
    setters: Scope<()>,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            arguments: Scope::members(),
            setters: Scope::members(),
        }
    }
}

impl Names {
    /// Returns the names for the path and the body.
    fn of(operation: &OperationDraft) -> Self {
        let mut taken = Self::default();
        let path = operation
            .path
            .split('{')
            .skip(1)
            .filter_map(|part| part.split('}').next());
        for name in path.map(|name| name.trim_end_matches('*')) {
            // No two of them have the same name.
            let _ = taken.arguments.claim(&names::field(name), ());
        }
        if let Some(body) = &operation.body {
            let scope = if body.is_optional {
                &mut taken.setters
            } else {
                &mut taken.arguments
            };
            let _ = scope.claim(&names::field("body"), ());
        }
        taken
    }
}

/// Returns the keys of `paging`.
pub(super) fn paging(paging: &PagingDraft) -> Yaml {
    let mut entries: Entries = paging
        .keys
        .iter()
        .map(|(key, value)| ((*key).to_owned(), Yaml::Plain(location(value))))
        .collect();
    if !paging.may_omit.is_empty() {
        let keys = paging.may_omit.iter().map(|key| Yaml::plain(*key));
        entries.push(("may_omit".to_owned(), Yaml::List(keys.collect())));
    }
    if let Some((limit, max)) = &paging.limit {
        entries.push(("limit".to_owned(), Yaml::Plain(yaml::scalar(limit))));
        if let Some(max) = max.filter(|max| (1..=i64::from(u32::MAX)).contains(max)) {
            entries.push(("max_limit".to_owned(), Yaml::plain(max.to_string())));
        }
    }
    Yaml::Map(entries)
}
