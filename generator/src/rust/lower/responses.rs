//! Lowers the results of operations.

use proc_macro2::Ident;

use super::types::rust_type;
use crate::api::model::{Api, Returns, StatusResult, Type};
use crate::names;
use crate::rust::ir::{ByStatus, Output, RustType, StatusVariant};

/// Returns the result of an operation with this name.
pub fn output(api: &Api, returns: &Returns, operation: &Ident) -> Output {
    match returns {
        Returns::Nothing => Output::Nothing,
        Returns::Headers => Output::Headers,
        Returns::Value(ty) => Output::Value(rust_type(api, ty)),
        Returns::Page(page) => Output::Page(rust_type(api, &page.item)),
        Returns::ByStatus(results) => match returns.values().as_slice() {
            [ty] if results.iter().all(|result| result.ty.is_some()) => Output::Value(rust_type(api, ty)),
            [ty] => Output::Value(RustType::Option(Box::new(rust_type(api, ty)))),
            _ => Output::ByStatus(ByStatus {
                name: names::response(operation),
                variants: variants(api, results),
            }),
        },
    }
}

/// Returns the statuses of an operation that returns a value, or none of a single type, for some statuses only.
pub fn statuses(returns: &Returns) -> Vec<(u16, bool)> {
    match returns {
        Returns::ByStatus(results) if returns.values().len() == 1 => {
            let statuses = results.iter().map(|result| (result.status, result.ty.is_some()));
            statuses.collect()
        }
        Returns::ByStatus(_) | Returns::Nothing | Returns::Headers | Returns::Value(_) | Returns::Page(_) => Vec::new(),
    }
}

/// Returns a variant for each type, named after it.
fn variants(api: &Api, results: &[StatusResult]) -> Vec<StatusVariant> {
    let name = |ty: &Type| ty.named().map(|id| api[id].name.as_str());
    let types: Vec<_> = results
        .iter()
        .filter_map(|result| result.ty.as_ref().and_then(name))
        .collect();
    let mut variants: Vec<StatusVariant> = Vec::new();
    for StatusResult { status, ty, .. } in results {
        let name = match ty.as_ref().and_then(name) {
            Some(name) => names::model(name),
            None => names::no_value(&types),
        };
        match variants.iter_mut().find(|variant| variant.name == name) {
            Some(variant) => variant.statuses.push(*status),
            None => variants.push(StatusVariant {
                name,
                ty: ty.as_ref().map(|ty| rust_type(api, ty)),
                statuses: vec![*status],
            }),
        }
    }
    variants
}
