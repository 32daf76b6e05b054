//! Resolves operations: parameters, request bodies and responses.

use super::auth::is_authenticated;
use super::queries::Sets;
use super::resolver::Resolver;
use crate::api::model::{
    Body, Constant, DerivedRequest, HeaderParameter, Literal, Method, Operation, PathParameter, Returns, Scalar, Type,
};
use crate::syntax::{self, Diagnostic, OperationDefinition, OrderedMap, Place, ReturnsExpr, TypeDefinition, TypeExpr};

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
        let headers = self.header_parameters(&place, definition);
        let fixed = self.fixed(&place, definition);
        let body = self.body(&place, name, definition, resource);
        let authenticated = is_authenticated(&place, definition.auth.as_ref(), &mut self.errors);
        let (returns, body) = (returns?, body?);
        let response_key = self.response_key(&place, definition, &returns);
        let default_status = match &returns {
            Returns::Nothing => 204,
            Returns::Headers | Returns::Value(_) | Returns::Page(_) => 200,
            Returns::ByStatus(results) => {
                let with_value = results.iter().find(|result| result.ty.is_some());
                with_value.or(results.first()).map_or(200, |result| result.status)
            }
        };
        Some(Operation {
            name: name.to_owned(),
            doc: definition.doc.clone(),
            method: definition.http.method,
            path: definition.http.path.clone(),
            fixed_query: definition.http.query.clone(),
            path_parameters,
            query,
            headers,
            body,
            request_key: definition.request_key.clone(),
            fixed,
            returns,
            response_key,
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

    fn header_parameters(&mut self, place: &Place, definition: &OperationDefinition) -> Vec<HeaderParameter> {
        let mut parameters = Vec::new();
        for (name, parameter) in definition.headers.iter() {
            let place = place.value("headers").entry(name);
            let ty = self.value_type(&place.value("type"), &parameter.ty);
            parameters.extend(ty.map(|ty| HeaderParameter {
                name: name.to_owned(),
                alias: parameter.alias.clone(),
                doc: parameter.doc.clone(),
                ty,
                required: parameter.required,
                example: parameter.example.clone(),
                deprecated: parameter.deprecated.clone(),
                place,
            }));
        }
        parameters
    }

    /// Resolves the constant keys of the request body.
    fn fixed(&mut self, place: &Place, definition: &OperationDefinition) -> Vec<(String, Constant)> {
        let mut fixed = Vec::new();
        for (key, literal) in definition.fixed.iter() {
            let value = match literal {
                Literal::Boolean(value) => Constant::Boolean(*value),
                Literal::Integer(value) => Constant::Integer(*value),
                Literal::Text(value) => Constant::Text(value.clone()),
                Literal::Number(_) | Literal::List(_) | Literal::Map(_) => {
                    let place = place.value("fixed").value(key);
                    let error = Diagnostic::new(place, "a fixed value must be a boolean, an integer or a string");
                    self.errors.push(error.help("send other values with `body: T`"));
                    continue;
                }
            };
            fixed.push((key.to_owned(), value));
        }
        fixed
    }

    /// Resolves the `body` of an operation, or derives it from the type that the operation returns.
    fn body(&mut self, place: &Place, name: &str, definition: &OperationDefinition, resource: &str) -> Option<Body> {
        let request = match name {
            "create" => Some(DerivedRequest::Create),
            "update" => Some(DerivedRequest::Update),
            _ => None,
        };
        let returned = definition.returns.as_ref().and_then(ReturnsExpr::first);
        match (&definition.body, request, returned) {
            (Some(syntax::BodyExpr::Empty), _, _) => Some(Body::Empty),
            (Some(syntax::BodyExpr::Type(TypeExpr::Optional(expression))), _, _) => {
                self.value_type(&place.value("body"), expression).map(Body::Optional)
            }
            (Some(syntax::BodyExpr::Type(expression)), _, _) => {
                self.value_type(&place.value("body"), expression).map(Body::Value)
            }
            (None, Some(request), Some(TypeExpr::Named(name))) if definition.http.method != Method::Head => {
                let (of, definition) = self.names.ty(name)?;
                self.check_request_has_fields(place, request, name, definition, resource);
                Some(Body::Derived { of, request })
            }
            // The constants are the whole body.
            (None, _, _) if definition.fixed.iter().next().is_some() => Some(Body::Empty),
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
        resource: &str,
    ) {
        if !has_fields(definition, request) {
            let name = request.name();
            let help = match (self.envelope(definition), self.other_sender(resource, request)) {
                (Some((key, inner)), _) => {
                    format!("if `{of}` only wraps `{inner}`, write `returns: {inner}` with `response_key: {key}`")
                }
                (None, Some(other)) => {
                    format!(
                        "write `returns: {other}` to send the fields of `{other}` with `{name}`, or write `body: empty`"
                    )
                }
                (None, None) => format!("add `{name}: optional` to the fields to send, or write `body: empty`"),
            };
            let message = format!("`{name}` has an empty request body: no field of `{of}` has `{name}`");
            self.errors.push(Diagnostic::new(place.clone(), message).help(help));
        }
    }

    /// Returns the first type with fields of a derived request that an operation of a resource returns.
    fn other_sender(&self, resource: &str, request: DerivedRequest) -> Option<&str> {
        let (_, file) = self.names.resource(resource)?;
        let returned = file.operations.iter().filter_map(|(_, operation)| {
            match operation.returns.as_ref().and_then(ReturnsExpr::first) {
                Some(TypeExpr::Named(name)) => Some(name.as_str()),
                Some(TypeExpr::Page(item)) => match item.as_ref() {
                    TypeExpr::Named(name) => Some(name.as_str()),
                    _ => None,
                },
                _ => None,
            }
        });
        let mut senders = returned.filter(|name| {
            let found = self.names.ty(name);
            found.is_some_and(|(_, definition)| has_fields(definition, request))
        });
        senders.next()
    }

    /// Returns the key and the type of the only field of a type, if it is an object that requests send: the type is
    /// probably an envelope.
    fn envelope<'d>(&self, definition: &'d TypeDefinition) -> Option<(&'d str, &'d str)> {
        let mut fields = definition.fields.as_ref()?.iter();
        let (Some((key, field)), None) = (fields.next(), fields.next()) else {
            return None;
        };
        let TypeExpr::Named(inner) = &field.ty else {
            return None;
        };
        let (_, inner_type) = self.names.ty(inner)?;
        let mut fields = inner_type.fields.iter().flat_map(OrderedMap::iter);
        let is_sent = fields.any(|(_, field)| field.create.is_some() || field.update.is_some());
        is_sent.then_some((key, inner.as_str()))
    }
}

/// Returns `true` if a type has fields of a derived request.
fn has_fields(definition: &TypeDefinition, request: DerivedRequest) -> bool {
    let mut fields = definition.fields.iter().flat_map(OrderedMap::iter);
    fields.any(|(_, field)| match request {
        DerivedRequest::Create => field.create.is_some(),
        DerivedRequest::Update => field.update.is_some(),
    })
}
