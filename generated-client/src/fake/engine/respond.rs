//! The dispatch of requests to operations.

use bytes::Bytes;
use http::header::LINK;
use http::{HeaderValue, Response, StatusCode};
use serde_json::{Map, Value};

use super::page::Page;
use super::{Engine, RoutedRequest};
use crate::fake::convert::Purpose;
use crate::fake::pointer::insert_at;
use crate::fake::rejection::{Rejection, json};
use crate::fake::table::Action;
use crate::runtime::Failed;

impl Engine {
    /// Performs the operation of a request.
    pub(crate) fn respond(&mut self, request: &RoutedRequest<'_>) -> Result<Response<Bytes>, Rejection> {
        let page = match request.route.action {
            Action::Unknown => {
                self.outer(request)?;
                self.example_response(request)
            }
            Action::List => {
                let target = self.target(request)?;
                self.list(request, &target)?
            }
            Action::Head => {
                self.target(request)?;
                return Ok(empty(request.route.status));
            }
            _ => {
                if let Some(status) = self.status_of_unset_part(request)? {
                    return Ok(empty(status));
                }
                let shown = self.perform(request)?;
                match request.route.returns {
                    Some(ty) => self.example_of(request, ty, &shown),
                    None => Page::from(shown),
                }
            }
        };
        let mut response = success(request.route.status, &self.wrapped(request, page.body));
        if let Some(link) = page.link.and_then(|link| HeaderValue::try_from(link).ok()) {
            response.headers_mut().insert(LINK, link);
        }
        Ok(response)
    }

    /// Performs an operation on one object, and returns the value in the response.
    fn perform(&mut self, request: &RoutedRequest<'_>) -> Result<Value, Rejection> {
        let target = self.target(request)?;
        Ok(match (request.route.action, target.part) {
            (Action::Create, _) => self.create(request, &target)?,
            (Action::Get, Some(field)) => self.get_part(request, &target, field)?,
            (Action::Replace, Some(field)) => self.replace_part(request, &target, field)?,
            (Action::Delete, Some(field)) => self.delete_part(request, &target, field)?,
            (Action::Replace, None) => self.change(request, &target, Purpose::Create)?,
            (Action::Update, _) => self.change(request, &target, Purpose::Update)?,
            // An action has its effect outside the API, so nothing changes here.
            (Action::Get, None) | (Action::Act, _) => {
                let order = self.find(request, &target)?;
                self.show(target.collection, order)
            }
            (Action::Delete, None) => {
                let order = self.find(request, &target)?;
                let deleted = self.show(target.collection, order);
                self.store.remove(target.collection, order);
                deleted
            }
            // `respond` handles these.
            (Action::List | Action::Head | Action::Unknown, _) => Value::Null,
        })
    }

    /// Returns the body of a response: the value, wrapped in an object if the API does that.
    fn wrapped(&self, request: &RoutedRequest<'_>, shown: Value) -> Value {
        let mut body = match (request.route.info.response_key, shown) {
            (Some(location), shown) => {
                let mut body = Map::new();
                insert_at(&mut body, location, shown);
                body
            }
            (None, Value::Object(body)) => body,
            (None, other) => return other,
        };
        if let Some(Failed::Boolean(location, failed)) = self.index.api.errors.failed {
            insert_at(&mut body, location, Value::Bool(!failed));
        }
        Value::Object(body)
    }
}

fn success(status: u16, shown: &Value) -> Response<Bytes> {
    match StatusCode::from_u16(status).unwrap_or(StatusCode::OK) {
        StatusCode::NO_CONTENT => empty(status),
        status => json(status, shown),
    }
}

/// Returns a response without a body.
fn empty(status: u16) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    response
}
