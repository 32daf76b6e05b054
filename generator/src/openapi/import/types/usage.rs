//! Which types requests and responses contain.

use std::collections::BTreeSet;

use super::Types;
use crate::openapi::import::draft::{Expr, Kind, OperationDraft, TypeId};

/// The types that operations use, directly or through others.
#[derive(Debug, Default)]
pub struct Usage {
    pub sent: BTreeSet<TypeId>,
    pub received: BTreeSet<TypeId>,
    /// Types of parameters, which are sent as text.
    pub parameters: BTreeSet<TypeId>,
}

impl Usage {
    pub fn new(types: &Types, operations: &[OperationDraft]) -> Self {
        let mut usage = Self::default();
        for operation in operations {
            let (sent, received, parameters) = exprs(operation);
            for (set, exprs) in [
                (&mut usage.sent, sent),
                (&mut usage.received, received),
                (&mut usage.parameters, parameters),
            ] {
                for expr in exprs {
                    reach(types, expr, set);
                }
            }
        }
        usage
    }

    pub fn contains(&self, id: TypeId) -> bool {
        self.sent.contains(&id) || self.received.contains(&id) || self.parameters.contains(&id)
    }
}

/// Returns the types of one operation.
pub fn of_operation(types: &Types, operation: &OperationDraft) -> BTreeSet<TypeId> {
    let (sent, received, parameters) = exprs(operation);
    let mut used = BTreeSet::new();
    for expr in sent.into_iter().chain(received).chain(parameters) {
        reach(types, expr, &mut used);
    }
    used
}

type Exprs<'o> = Vec<&'o Expr>;

fn exprs(operation: &OperationDraft) -> (Exprs<'_>, Exprs<'_>, Exprs<'_>) {
    let deep = operation
        .query
        .iter()
        .filter(|parameter| parameter.style == Some("deep"));
    let body = operation.body.iter().map(|body| &body.expr);
    let sent = body.chain(deep.map(|parameter| &parameter.expr)).collect();
    let params = operation.params.iter().map(|parameter| &parameter.expr);
    let named = operation.query.iter().chain(&operation.headers);
    let parameters = params.chain(named.map(|parameter| &parameter.expr)).collect();
    (sent, operation.returns.exprs(), parameters)
}

fn reach(types: &Types, expr: &Expr, reached: &mut BTreeSet<TypeId>) {
    let mut pending: Vec<_> = expr.named().into_iter().collect();
    while let Some(id) = pending.pop() {
        if reached.insert(id) {
            pending.extend(parts(&types.get(id).kind).into_iter().filter_map(Expr::named));
        }
    }
}

/// Returns the types that a type contains.
pub fn parts(kind: &Kind) -> Vec<&Expr> {
    match kind {
        Kind::Pending | Kind::Enum(_) | Kind::Integers(_) => Vec::new(),
        Kind::Alias(expr) => vec![expr],
        Kind::Object(object) => {
            let fields = object.fields.iter().map(|field| &field.expr);
            fields.chain(&object.additional).collect()
        }
        Kind::Union(union) => {
            let base = union.base.iter().flat_map(|base| &base.fields).map(|field| &field.expr);
            union.members.iter().chain(base).collect()
        }
        Kind::Tagged(_, members) | Kind::AnyOf(members) => {
            members.iter().filter_map(|member| member.expr.as_ref()).collect()
        }
    }
}
