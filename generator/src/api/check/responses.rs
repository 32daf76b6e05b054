//! Rules for operations whose result depends on the status.

use crate::api::model::{Api, Operation, Returns, StatusResult, Type};
use crate::syntax::{Diagnostic, Diagnostics};

pub fn check(api: &Api, errors: &mut Diagnostics) {
    for operation in api.operations() {
        if let Returns::ByStatus(results) = &operation.returns {
            errors.extend(check_statuses(results));
            errors.extend(check_results_differ(operation, results));
            errors.extend(check_types_have_names(operation, results));
        }
    }
}

/// Checks that every status is one of success, and that a response without a body returns nothing.
fn check_statuses(results: &[StatusResult]) -> Vec<Diagnostic> {
    let invalid = results.iter().filter_map(|StatusResult { status, ty, place }| {
        if !(200..300).contains(status) {
            let error = Diagnostic::new(place.clone(), format!("`{status}` is not a success status"));
            return Some(error.note("success statuses range from 200 to 299"));
        }
        (matches!(status, 204 | 205) && ty.is_some()).then(|| {
            Diagnostic::new(place.clone(), format!("a {status} response has no body"))
                .help(format!("write `{status}: nothing`"))
        })
    });
    invalid.collect()
}

/// Checks that there are several statuses, and that one of the responses has a value.
fn check_results_differ(operation: &Operation, results: &[StatusResult]) -> Option<Diagnostic> {
    let place = operation.place.entry("returns");
    match results {
        [] => Some(
            Diagnostic::new(place, "`returns` has no status")
                .help("write a type for each status, such as `{ 200: Thing, 204: nothing }`"),
        ),
        [only] => Some(
            Diagnostic::new(place, format!("`returns` has the single status {}", only.status)).help(format!(
                "write `returns: T` and `status: {}`, or only the status if the response has no body",
                only.status
            )),
        ),
        _ if operation.returns.values().is_empty() => Some(
            Diagnostic::new(place, "no response has a value")
                .note("operations without `returns` accept every 2xx status")
                .help("remove `returns`"),
        ),
        _ => None,
    }
}

/// Checks that values of different types have names, because the variants of the result are named after them.
fn check_types_have_names(operation: &Operation, results: &[StatusResult]) -> Vec<Diagnostic> {
    let has_variants = operation.returns.values().len() > 1;
    let invalid = results.iter().filter_map(|StatusResult { ty, place, .. }| match ty {
        Some(Type::Optional(_)) => Some(
            Diagnostic::new(place.clone(), "a result by status is not `optional<T>`")
                .help("write `T`, and `nothing` for the status of a response without a value"),
        ),
        Some(Type::Scalar(_) | Type::List(_) | Type::Map(_)) if has_variants => Some(
            Diagnostic::new(place.clone(), "the type has no name")
                .note("statuses with different types become variants, which are named after the types")
                .help("define an object that contains the value"),
        ),
        Some(_) | None => None,
    });
    invalid.collect()
}
