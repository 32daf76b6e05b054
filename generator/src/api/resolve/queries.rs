//! Resolves query parameters and query sets.

use std::collections::BTreeSet;

use super::resolver::Resolver;
use crate::api::model::QueryParameter;
use crate::syntax::{self, Diagnostic, OrderedMap, Place, Query};

/// The maximum nesting depth of query sets.
const MAX_DEPTH: usize = 16;

/// The query sets of one query.
#[derive(Default)]
pub struct Sets {
    /// The sets being resolved, from the outermost to the innermost.
    trail: Vec<String>,
    /// The sets resolved so far, including those of the trail.
    included: BTreeSet<String>,
}

impl Sets {
    fn starting_with(name: &str) -> Self {
        Self {
            trail: vec![name.to_owned()],
            included: BTreeSet::from([name.to_owned()]),
        }
    }
}

impl Resolver<'_> {
    /// Returns the parameters of a query, including those of its query sets.
    pub fn query(&mut self, place: &Place, query: &Query, sets: &mut Sets) -> Vec<QueryParameter> {
        match query {
            Query::Set(name) => self.query_set(place, name, sets),
            Query::Own(parameters) => self.own_parameters(place, parameters),
            Query::List(parts) => {
                let mut parameters = Vec::new();
                for (index, part) in parts.iter().enumerate() {
                    parameters.extend(self.query(&place.value(&index.to_string()), part, sets));
                }
                parameters
            }
        }
    }

    fn query_set(&mut self, place: &Place, name: &str, sets: &mut Sets) -> Vec<QueryParameter> {
        let Some(set) = self.query_sets.get(name) else {
            let error = Diagnostic::new(place.clone(), format!("unknown query set `{name}`"))
                .note("query sets are defined in `api.yaml` under `query_sets`");
            self.errors.push_with_suggestion(error, name, self.query_sets.keys());
            // Each of the others may be the one that is meant.
            self.used_sets.extend(self.query_sets.keys().map(str::to_owned));
            return Vec::new();
        };
        if self.broken_sets.contains(name) {
            return Vec::new();
        }
        if let Some(error) = check_nesting(place, name, sets) {
            // Report it once, not for each set on the way. Sets that are nested too deeply are not resolved at all.
            let is_cycle = sets.trail.iter().any(|outer| outer == name);
            let inner = self.query_sets.keys().filter(|_| !is_cycle).map(str::to_owned);
            self.broken_sets.extend(sets.trail.iter().cloned().chain(inner));
            self.errors.push(error);
            return Vec::new();
        }
        self.used_sets.insert(name.to_owned());
        if !sets.included.insert(name.to_owned()) {
            self.errors.push(
                Diagnostic::new(place.clone(), format!("query set `{name}` is included twice"))
                    .help("list each query set once, either directly or through another set"),
            );
            return Vec::new();
        }
        sets.trail.push(name.to_owned());
        let parameters = self.query(&self.api.entry("query_sets").value(name), set, sets);
        sets.trail.pop();
        parameters
    }

    fn own_parameters(
        &mut self,
        place: &Place,
        parameters: &OrderedMap<syntax::QueryParameter>,
    ) -> Vec<QueryParameter> {
        let mut resolved = Vec::new();
        for (name, parameter) in parameters.iter() {
            let place = place.entry(name);
            let ty = self.value_type(&place.value("type"), &parameter.ty);
            resolved.extend(ty.map(|ty| QueryParameter {
                name: name.to_owned(),
                alias: parameter.alias.clone(),
                doc: parameter.doc.clone(),
                ty,
                required: parameter.required,
                style: parameter.style,
                example: parameter.example.clone(),
                deprecated: parameter.deprecated.clone(),
                place,
            }));
        }
        resolved
    }

    /// Resolves every query set once, to find errors in sets that no operation uses.
    pub fn check_query_sets(&mut self) {
        for (name, set) in self.query_sets.iter() {
            let place = self.api.entry("query_sets").value(name);
            self.query(&place, set, &mut Sets::starting_with(name));
        }
        self.used_sets.clear();
    }

    pub fn check_every_set_is_used(&mut self) {
        let is_unused = |name: &&str| !self.used_sets.contains(*name) && !self.broken_sets.contains(*name);
        for name in self.query_sets.keys().filter(is_unused) {
            let place = self.api.entry("query_sets").entry(name);
            self.errors.push(
                Diagnostic::new(place, format!("query set `{name}` is never used"))
                    .help("use it in an operation, or remove it"),
            );
        }
    }
}

/// Checks that a query set neither includes itself nor is nested too deeply.
fn check_nesting(place: &Place, name: &str, sets: &Sets) -> Option<Diagnostic> {
    if sets.trail.iter().any(|outer| outer == name) {
        let error = Diagnostic::new(place.clone(), format!("query set `{name}` includes itself"));
        return Some(error.note(format!("cycle: {} → {name}", sets.trail.join(" → "))));
    }
    (sets.trail.len() == MAX_DEPTH).then(|| {
        let message = format!("query sets are nested more than {MAX_DEPTH} levels deep");
        Diagnostic::new(place.clone(), message).help("list the parameters of the inner sets directly")
    })
}
