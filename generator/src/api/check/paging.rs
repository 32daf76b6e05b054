//! Rules for paging.

use std::collections::BTreeSet;

use super::locations::check_location;
use crate::api::model::{Api, NextPage, Operation, Page, Paging, QueryParameter, Returns, Scalar, Type};
use crate::syntax::{Diagnostic, Diagnostics, Place};

/// Checks the paging of the API and of each operation that returns pages.
pub fn check(api: &Api, errors: &mut Diagnostics) {
    let of_api = Place::file(api.source).value("paging");
    if let Some(paging) = &api.paging {
        check_paging(&of_api, paging, errors);
        let parameters = api.operations().flat_map(|operation| &operation.query);
        errors.extend(check_limit(&of_api, paging, parameters, "no operation has"));
    }
    for operation in api.operations() {
        if let Returns::Page(page) = &operation.returns {
            let is_own = api.paging.as_ref() != Some(&page.paging);
            let place = if is_own {
                operation.place.value("paging")
            } else {
                of_api.clone()
            };
            if is_own {
                check_paging(&place, &page.paging, errors);
                errors.extend(check_limit(
                    &place,
                    &page.paging,
                    &operation.query,
                    "the operation does not have",
                ));
            }
            check_page(api, operation, page, &place, errors);
        }
    }
}

fn check_paging(place: &Place, paging: &Paging, errors: &mut Diagnostics) {
    if let Some((key, location)) = paging.next.location() {
        errors.extend(check_location(place.value(key), location));
    }
    if let Some(items) = paging.items.as_ref().filter(|items| !items.is_empty()) {
        errors.extend(check_location(place.value("items"), items));
    }
    if paging.size.max == Some(0) {
        errors.push(Diagnostic::new(
            place.value("max_limit"),
            "`max_limit` must be greater than zero",
        ));
    }
}

/// Checks that the query parameter for the size of a page exists.
fn check_limit<'a>(
    place: &Place,
    paging: &Paging,
    parameters: impl IntoIterator<Item = &'a QueryParameter>,
    nothing: &str,
) -> Option<Diagnostic> {
    let name = paging.size.query.as_ref()?;
    let known: BTreeSet<_> = parameters
        .into_iter()
        .map(|parameter| parameter.name.as_str())
        .collect();
    (!known.contains(name.as_str())).then(|| {
        let message = format!("{nothing} a query parameter `{name}`");
        Diagnostic::new(place.value("limit"), message).suggest(name, known)
    })
}

fn check_page(api: &Api, operation: &Operation, page: &Page, paging: &Place, errors: &mut Diagnostics) {
    let items = operation.place.value("items");
    let of_api = api.paging.as_ref().and_then(|paging| paging.items.as_ref());
    let is_own = ![&page.paging.items, &of_api.cloned()].contains(&&Some(page.items.clone()));
    if is_own && !page.items.is_empty() {
        errors.extend(check_location(items.clone(), &page.items));
    }
    if let Some((key, location)) = page.paging.next.location() {
        let next = paging.value(key);
        if page.items.is_empty() {
            errors.push(
                Diagnostic::new(items, format!("the page is a list, which has no `{key}`"))
                    .related(next, "the location in the page")
                    .help("use a style of paging that reads nothing from the body, such as `{ link: next }`"),
            );
        } else if overlap(&page.items, location) {
            let message = format!("the items and `{key}` are at the same location");
            errors.push(
                Diagnostic::new(next, message).related(operation.place.clone(), "the operation that returns the items"),
            );
        }
    }
    errors.extend(check_last_item(api, operation, page, paging));
}

/// Returns `true` if one location contains the other.
fn overlap(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(|location| format!("/{}/", location.trim_start_matches('/')));
    a.starts_with(&b) || b.starts_with(&a)
}

/// Checks that the items have the field that identifies the next page.
fn check_last_item(api: &Api, operation: &Operation, page: &Page, paging: &Place) -> Option<Diagnostic> {
    let NextPage::LastItem { field: name, .. } = &page.paging.next else {
        return None;
    };
    let error = |message: String| {
        Diagnostic::new(paging.value("last"), message)
            .related(operation.place.value("returns"), "the items")
            .note("`last` names a string, an integer or a timestamp, which identifies the next page")
    };
    let Type::Named(id) = page.item else {
        return Some(error(format!("the items have no field `{name}`")));
    };
    let item = &api[id];
    let mut fields = item.fields().iter().filter(|field| field.is_read());
    let Some(field) = fields.clone().find(|field| field.name == *name) else {
        let known = fields.by_ref().map(|field| field.name.as_str());
        return Some(error(format!("`{}` has no field `{name}`", item.name)).suggest(name, known));
    };
    let is_valid = match field.ty.unwrap_optional() {
        Type::Scalar(scalar) => is_position(*scalar),
        Type::List(_) | Type::Map(_) | Type::Optional(_) | Type::Named(_) => false,
    };
    (!is_valid).then(|| error(format!("field `{name}` of `{}` cannot identify a page", item.name)))
}

/// Returns `true` if a value of the type can identify the last item of a page.
fn is_position(scalar: Scalar) -> bool {
    match scalar {
        Scalar::String
        | Scalar::Int32
        | Scalar::Int64
        | Scalar::Uint32
        | Scalar::Uint64
        | Scalar::Timestamp
        | Scalar::Date
        | Scalar::Uuid
        | Scalar::Epoch
        | Scalar::EpochMs => true,
        Scalar::Quoted(quoted) => is_position(quoted.unquoted()),
        Scalar::Boolean | Scalar::Float64 | Scalar::Base64 | Scalar::Json => false,
    }
}
