//! Decides what depends on the types of all operations: envelopes, pages and the notation of parameters.

use super::read::Operation;
use super::{paging, parameters, responses};
use crate::openapi::import::draft::{AuthDraft, BodyDraft, Expr, Kind, OperationDraft, ReturnsDraft};
use crate::openapi::import::types::Types;

/// Returns the operations, now that all types are known.
pub fn settle(types: &mut Types, operations: Vec<Operation>, auth: &AuthDraft) -> Vec<OperationDraft> {
    let key = match auth {
        AuthDraft::Query(name) => Some(name.as_str()),
        AuthDraft::None | AuthDraft::Bearer | AuthDraft::Basic | AuthDraft::Header { .. } => None,
    };
    let mut settled = Vec::new();
    for (index, operation) in operations.into_iter().enumerate() {
        let Operation {
            mut draft,
            parameters,
            responses,
        } = operation;
        let place = draft.place.clone();
        types.set_operation(index, &place);
        parameters::settle(types, &mut draft, parameters, key);
        responses.add_examples(types);
        responses::settle(types, &place, &mut draft.returns);
        if let Some(body) = &mut draft.body {
            settle_body(types, body);
        }
        if let ReturnsDraft::Value { expr, .. } = &draft.returns {
            let expr = types.resolved(expr).required().clone();
            draft.returns = match paging::page(types, &place, &draft, &expr, &responses.headers) {
                Some(page) => page,
                None => value(types, expr),
            };
        }
        settled.push(draft);
    }
    settled
}

fn value(types: &Types, expr: Expr) -> ReturnsDraft {
    match envelope(types, &expr) {
        Some((key, expr)) => ReturnsDraft::Value { expr, key: Some(key) },
        None => ReturnsDraft::Value { expr, key: None },
    }
}

fn settle_body(types: &Types, body: &mut BodyDraft) {
    let expr = types.resolved(&body.expr).required().clone();
    // A body with required fields is not left out, although documents rarely say so.
    if let Some((_, object)) = types.object_of(&expr)
        && object.fields.iter().any(|field| field.is_present() && !field.read_only)
    {
        body.is_optional = false;
    }
    body.expr = expr;
    if let Some((key, expr)) = envelope(types, &body.expr)
        && !body.is_optional
        && !key.contains(['/', '.'])
    {
        body.key = Some(key);
        body.expr = expr;
    }
}

/// Returns the only key of an object, if its value is an object or a list.
fn envelope(types: &Types, expr: &Expr) -> Option<(String, Expr)> {
    let (_, object) = types.object_of(expr)?;
    let [field] = object.fields.as_slice() else { return None };
    let inner = types.resolved(&field.expr);
    let is_structured = match &inner {
        Expr::Scalar(_) | Expr::Optional(_) => false,
        Expr::List(_) | Expr::Map(_) => true,
        Expr::Named(id) => !matches!(types.get(*id).kind, Kind::Enum(_) | Kind::Integers(_)),
    };
    let is_key = !field.name.is_empty() && !field.name.contains(['.', '/', '~', '[', ']']);
    (is_structured && is_key && !field.nullable && object.additional.is_none()).then(|| (field.name.clone(), inner))
}
