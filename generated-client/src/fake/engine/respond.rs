//! The dispatch of requests to operations.

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::Value;

use super::{Engine, RoutedRequest};
use crate::fake::convert::Purpose;
use crate::fake::rejection::{Rejection, json};
use crate::fake::table::Action;

impl Engine {
    /// Performs the operation of a request.
    pub(crate) fn respond(&mut self, request: &RoutedRequest<'_>) -> Result<Response<Bytes>, Rejection> {
        let target = self.target(request)?;
        let shown = match (request.route.action, target.part) {
            (Action::Create, _) => self.create(request, &target)?,
            (Action::List, _) => self.list(request, &target)?,
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
                self.store.remove(target.collection, order);
                Value::Null
            }
            (Action::Head, _) => return Ok(empty(request.route.status)),
            (Action::Unknown, _) => return Err(Rejection::not_implemented()),
        };
        Ok(success(request.route.status, &shown))
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
