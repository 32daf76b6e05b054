//! Operations: their parameters, what they send and what they return.

use super::Resolver;
use crate::api::model::{Body, Operation, PathParameter, QueryParameter, Request, Returns, Scalar, Type};
use crate::syntax::{self, Entries, OperationDefinition, Query, TypeExpr};
use crate::syntax::{Diagnostic, Place};

impl Resolver<'_> {
    pub(super) fn operation(
        &mut self,
        place: Place,
        name: &str,
        definition: &OperationDefinition,
        resource: &str,
    ) -> Operation {
        let returns = self.returns(&place, definition, resource);
        let succeeds_with = match returns {
            Returns::Nothing => 204,
            Returns::Value(_) | Returns::Page { .. } => 200,
        };
        let query = match &definition.query {
            Some(query) => self.query(&place.value("query"), query, &mut Vec::new()),
            None => Vec::new(),
        };
        Operation {
            name: name.to_owned(),
            doc: definition.doc.clone(),
            method: definition.http.method,
            path: definition.http.path.clone(),
            path_parameters: self.path_parameters(&place, definition),
            query,
            body: self.body(&place, name, definition, &returns),
            returns,
            status: definition.status.unwrap_or(succeeds_with),
            idempotent: definition.idempotent,
            deprecated: definition.deprecated.clone(),
            place,
        }
    }

    fn path_parameters(&mut self, place: &Place, definition: &OperationDefinition) -> Vec<PathParameter> {
        let names: Vec<_> = definition.http.path.parameters().collect();
        for name in definition.params.keys().filter(|name| !names.contains(name)) {
            self.errors.push(
                Diagnostic::new(
                    place.entry("params").entry(name),
                    format!("the path has no parameter `{name}`"),
                )
                .related(place.value("http"), "the path")
                .suggest(name, names.iter().copied()),
            );
        }
        let mut parameters = Vec::new();
        for name in names {
            let ty = match definition.params.get(name) {
                Some(expression) => self.value_type(&place.entry("params").value(name), expression),
                None => Type::Scalar(Scalar::String),
            };
            parameters.push(PathParameter {
                name: name.to_owned(),
                ty,
            });
        }
        parameters
    }

    /// The parameters of a query, those of its sets included; `trail` holds the sets that led here.
    fn query(&mut self, place: &Place, query: &Query, trail: &mut Vec<String>) -> Vec<QueryParameter> {
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
                    .note("query sets stand in api.yaml, under `query_sets`"),
            );
            return Vec::new();
        };
        if self.broken_sets.contains(name) {
            return Vec::new();
        }
        if trail.iter().any(|before| before == name) {
            // Each set of the circle would say the same.
            self.broken_sets.extend(trail.iter().cloned());
            self.errors.push(
                Diagnostic::new(place.clone(), format!("query set `{name}` extends itself"))
                    .note(format!("by way of {} → {name}", trail.join(" → "))),
            );
            return Vec::new();
        }
        self.used_sets.insert(name.to_owned());
        trail.push(name.to_owned());
        let parameters = self.query(&self.api.entry("query_sets").value(name), set, trail);
        trail.pop();
        parameters
    }

    fn own_parameters(&mut self, place: &Place, parameters: &Entries<syntax::QueryParameter>) -> Vec<QueryParameter> {
        let mut resolved = Vec::new();
        for (name, parameter) in parameters.iter() {
            let place = place.entry(name);
            resolved.push(QueryParameter {
                name: name.to_owned(),
                alias: parameter.alias.clone(),
                doc: parameter.doc.clone(),
                ty: self.value_type(&place.value("type"), &parameter.ty),
                place,
            });
        }
        resolved
    }

    /// Resolves every query set once, so that a broken one is found though no operation uses it.
    pub(super) fn check_query_sets(&mut self) {
        for (name, set) in self.query_sets.iter() {
            let place = self.api.entry("query_sets").value(name);
            self.query(&place, set, &mut vec![name.to_owned()]);
        }
        self.used_sets.clear();
    }

    pub(super) fn check_every_set_is_used(&mut self) {
        let is_unused = |name: &&str| !self.used_sets.contains(*name) && !self.broken_sets.contains(*name);
        for name in self.query_sets.keys().filter(is_unused) {
            let place = self.api.entry("query_sets").entry(name);
            self.errors.push(
                Diagnostic::new(place, format!("no operation uses the query set `{name}`"))
                    .help("use it, or delete it"),
            );
        }
    }

    fn returns(&mut self, place: &Place, definition: &OperationDefinition, resource: &str) -> Returns {
        let at = place.value("returns");
        if let (Some(items), false) = (&definition.items, matches!(definition.returns, Some(TypeExpr::Page(_)))) {
            self.errors.push(
                Diagnostic::new(
                    place.value("items"),
                    format!("there is no page whose key `{items}` could hold items"),
                )
                .note("`items` names the key of a page that holds its list of items")
                .help("return `page<T>`, or drop `items`"),
            );
        }
        match &definition.returns {
            None => Returns::Nothing,
            Some(TypeExpr::Page(item)) => Returns::Page {
                item: self.value_type(&at, item),
                key: definition.items.clone().unwrap_or_else(|| resource.to_owned()),
            },
            Some(other) => Returns::Value(self.value_type(&at, other)),
        }
    }

    fn body(&mut self, place: &Place, name: &str, definition: &OperationDefinition, returns: &Returns) -> Body {
        let request = match name {
            "create" => Some(Request::Create),
            "update" => Some(Request::Update),
            _ => None,
        };
        match (&definition.body, request, returns) {
            (Some(syntax::Body::Empty), _, _) => Body::Empty,
            (Some(syntax::Body::Type(expression)), _, _) => {
                Body::Value(self.value_type(&place.value("body"), expression))
            }
            (None, Some(request), Returns::Value(Type::Named(of))) => {
                self.check_something_is_sent(place, name, of);
                Body::Derived {
                    of: of.clone(),
                    request,
                }
            }
            (None, _, _) => Body::Nothing,
        }
    }

    /// A derived request needs fields that say they are in it.
    fn check_something_is_sent(&mut self, place: &Place, name: &str, of: &str) {
        let Some((_, definition)) = self.types.get(of) else {
            return;
        };
        let mut fields = definition.fields.iter().flat_map(Entries::iter);
        let sends = match name {
            "create" => fields.any(|(_, field)| field.create.is_some()),
            _ => fields.any(|(_, field)| field.update.is_some()),
        };
        if !sends {
            self.errors.push(
                Diagnostic::new(
                    place.clone(),
                    format!("`{name}` sends nothing: no field of `{of}` says `{name}`"),
                )
                .help(format!(
                    "mark the fields that are sent with `{name}: optional`, or write `body: empty`"
                )),
            );
        }
    }
}
