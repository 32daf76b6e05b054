//! Resolves operations: parameters, request bodies and responses.

use super::auth::is_authenticated;
use super::queries::Sets;
use super::resolver::Resolver;
use crate::api::model::{Body, DerivedRequest, Operation, Page, Paging, PathParameter, Returns, Scalar, Type};
use crate::syntax::{self, Diagnostic, OperationDefinition, OrderedMap, Place, TypeDefinition, TypeExpr};

impl Resolver<'_> {
    pub fn operation(
        &mut self,
        place: Place,
        name: &str,
        definition: &OperationDefinition,
        resource: &str,
    ) -> Option<Operation> {
        let returns = self.returns(&place, definition, resource);
        let query = match &definition.query {
            Some(query) => self.query(&place.value("query"), query, &mut Sets::default()),
            None => Vec::new(),
        };
        let path_parameters = self.path_parameters(&place, definition);
        let body = self.body(&place, name, definition);
        let authenticated = is_authenticated(&place, definition.auth.as_ref(), &mut self.errors);
        let (returns, body) = (returns?, body?);
        let default_status = match returns {
            Returns::Nothing => 204,
            Returns::Value(_) | Returns::Page(_) => 200,
        };
        Some(Operation {
            name: name.to_owned(),
            doc: definition.doc.clone(),
            method: definition.http.method,
            path: definition.http.path.clone(),
            path_parameters,
            query,
            body,
            returns,
            status: definition.status.unwrap_or(default_status),
            idempotent: definition.idempotent,
            authenticated,
            deprecated: definition.deprecated.clone(),
            place,
        })
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
                None => Some(Type::Scalar(Scalar::String)),
            };
            parameters.extend(ty.map(|ty| PathParameter {
                name: name.to_owned(),
                ty,
            }));
        }
        parameters
    }

    fn returns(&mut self, place: &Place, definition: &OperationDefinition, resource: &str) -> Option<Returns> {
        let at = place.value("returns");
        if let (Some(items), false) = (&definition.items, matches!(definition.returns, Some(TypeExpr::Page(_)))) {
            self.errors.push(
                Diagnostic::new(
                    place.value("items"),
                    format!("`items: {items}` is only allowed with `returns: page<T>`"),
                )
                .note("`items` is the key of the items in a page")
                .help("return `page<T>`, or remove `items`"),
            );
        }
        match &definition.returns {
            None => Some(Returns::Nothing),
            Some(TypeExpr::Page(item)) => {
                let item = self.value_type(&at, item);
                let paging = self.paging_of_page(&at);
                Some(Returns::Page(Page {
                    item: item?,
                    key: definition.items.clone().unwrap_or_else(|| resource.to_owned()),
                    paging: paging?,
                }))
            }
            Some(other) => self.value_type(&at, other).map(Returns::Value),
        }
    }

    fn paging_of_page(&mut self, returns: &Place) -> Option<Paging> {
        if !self.declares_paging {
            self.errors.push(
                Diagnostic::new(returns.word("page"), "`page<T>` requires `paging` in `api.yaml`")
                    .note("`paging` defines how a page links to the next one")
                    .help("add `paging` to `api.yaml`, or return a type that contains a list"),
            );
        }
        self.paging.clone()
    }

    /// Resolves the `body` of an operation, or derives it from the type that the operation returns.
    fn body(&mut self, place: &Place, name: &str, definition: &OperationDefinition) -> Option<Body> {
        let request = match name {
            "create" => Some(DerivedRequest::Create),
            "update" => Some(DerivedRequest::Update),
            _ => None,
        };
        match (&definition.body, request, &definition.returns) {
            (Some(syntax::BodyExpr::Empty), _, _) => Some(Body::Empty),
            (Some(syntax::BodyExpr::Type(expression)), _, _) => {
                self.value_type(&place.value("body"), expression).map(Body::Value)
            }
            (None, Some(request), Some(TypeExpr::Named(name))) => {
                let (of, definition) = self.names.ty(name)?;
                self.check_request_has_fields(place, request, name, definition);
                Some(Body::Derived { of, request })
            }
            (None, _, _) => Some(Body::Nothing),
        }
    }

    /// Checks that a derived request has fields.
    fn check_request_has_fields(
        &mut self,
        place: &Place,
        request: DerivedRequest,
        of: &str,
        definition: &TypeDefinition,
    ) {
        let mut fields = definition.fields.iter().flat_map(OrderedMap::iter);
        let sends = match request {
            DerivedRequest::Create => fields.any(|(_, field)| field.create.is_some()),
            DerivedRequest::Update => fields.any(|(_, field)| field.update.is_some()),
        };
        if !sends {
            let name = request.name();
            self.errors.push(
                Diagnostic::new(
                    place.clone(),
                    format!("`{name}` has an empty request body: no field of `{of}` has `{name}`"),
                )
                .help(format!(
                    "add `{name}: optional` to the fields to send, or write `body: empty`"
                )),
            );
        }
    }
}
