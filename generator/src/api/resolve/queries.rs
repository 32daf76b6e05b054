//! Resolves query parameters and query sets.

use super::resolver::Resolver;
use crate::api::model::QueryParameter;
use crate::syntax::{self, Diagnostic, OrderedMap, Place, Query};

impl Resolver<'_> {
    /// Returns the parameters of a query, including those of its query sets. `trail` lists the sets being resolved.
    pub fn query(&mut self, place: &Place, query: &Query, trail: &mut Vec<String>) -> Vec<QueryParameter> {
        match query {
            Query::Set(name) => self.query_set(place, name, trail),
            Query::Own(parameters) => self.own_parameters(place, parameters),
            Query::List(parts) => {
                let mut parameters = Vec::new();
                for (index, part) in parts.iter().enumerate() {
                    parameters.extend(self.query(&place.value(&index.to_string()), part, trail));
                }
                parameters
            }
        }
    }

    fn query_set(&mut self, place: &Place, name: &str, trail: &mut Vec<String>) -> Vec<QueryParameter> {
        let Some(set) = self.query_sets.get(name) else {
            self.errors.push(
                Diagnostic::new(place.clone(), format!("unknown query set `{name}`"))
                    .suggest(name, self.query_sets.keys())
                    .note("query sets are defined in `api.yaml` under `query_sets`"),
            );
            return Vec::new();
        };
        if self.broken_sets.contains(name) {
            return Vec::new();
        }
        if trail.iter().any(|before| before == name) {
            // Report a cycle once, not for each set in it.
            self.broken_sets.extend(trail.iter().cloned());
            self.errors.push(
                Diagnostic::new(place.clone(), format!("query set `{name}` includes itself"))
                    .note(format!("cycle: {} → {name}", trail.join(" → "))),
            );
            return Vec::new();
        }
        self.used_sets.insert(name.to_owned());
        trail.push(name.to_owned());
        let parameters = self.query(&self.api.entry("query_sets").value(name), set, trail);
        trail.pop();
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
                place,
            }));
        }
        resolved
    }

    /// Resolves every query set once, to find errors in sets that no operation uses.
    pub fn check_query_sets(&mut self) {
        for (name, set) in self.query_sets.iter() {
            let place = self.api.entry("query_sets").value(name);
            self.query(&place, set, &mut vec![name.to_owned()]);
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
