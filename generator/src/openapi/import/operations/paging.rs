//! Recognizes lists that are returned in pages.

use crate::openapi::import::draft::{Expr, FieldDraft, OperationDraft, PagingDraft, ParameterDraft, ReturnsDraft};
use crate::openapi::import::finding::Loss;
use crate::openapi::import::types::Types;
use crate::syntax::Scalar;

/// Query parameters with the maximum size of a page.
const LIMITS: [&str; 13] = [
    "limit",
    "per_page",
    "perpage",
    "page_size",
    "pagesize",
    "page_limit",
    "max_results",
    "maxresults",
    "size",
    "count",
    "top",
    "first",
    "num",
];
const OFFSETS: [&str; 3] = ["offset", "skip", "start_index"];
const PAGES: [&str; 4] = ["page", "page_number", "pagenumber", "page_num"];
const AFTERS: [&str; 2] = ["after", "starting_after"];
/// Query parameters with the position of the next page.
const CURSORS: [&str; 12] = [
    "cursor",
    "page_token",
    "pagetoken",
    "next_token",
    "nexttoken",
    "starting_after",
    "after",
    "continuation_token",
    "marker",
    "next_cursor",
    "page_cursor",
    "page",
];
/// Keys of a response with that position.
const NEXT_CURSORS: [&str; 12] = [
    "next_cursor",
    "nextcursor",
    "next_page_token",
    "nextpagetoken",
    "next_token",
    "nexttoken",
    "next_page",
    "end_cursor",
    "next_marker",
    "continuation_token",
    "next",
    "cursor",
];
const NEXT_URIS: [&str; 7] = [
    "next_page_uri",
    "next_page_url",
    "next_uri",
    "next_url",
    "next_link",
    "nextlink",
    "next",
];
const MORE: [&str; 5] = ["more", "has_more", "hasmore", "has_next", "has_next_page"];
const TOTALS: [&str; 5] = ["total", "total_count", "totalcount", "total_results", "total_items"];
const PAGE_COUNTS: [&str; 5] = ["pages", "total_pages", "totalpages", "page_count", "last_page"];
/// Keys of objects that describe a page.
const HOLDERS: [&str; 8] = [
    "meta",
    "pagination",
    "paging",
    "response_metadata",
    "links",
    "_links",
    "page_info",
    "metadata",
];
/// Keys of the items of a page, the most telling first.
const ITEMS: [&str; 6] = ["data", "items", "results", "values", "entries", "records"];

/// Keys of objects that are more than a page of a list.
const OWN: [&str; 6] = ["id", "name", "uuid", "sha", "slug", "created_at"];

/// A value in a page that says something about the next one.
struct Located<'t> {
    pointer: String,
    name: String,
    field: &'t FieldDraft,
    expr: Expr,
    /// Every page has the value, or null.
    is_always_there: bool,
}

/// Returns what an operation returns if it is a page of a list.
pub fn page(
    types: &mut Types,
    place: &str,
    draft: &OperationDraft,
    expr: &Expr,
    headers: &[String],
) -> Option<ReturnsDraft> {
    if draft.method != "GET" {
        return None;
    }
    let (item, items, may_omit_items, values) = match expr {
        Expr::List(item) => (types.resolved(item), String::new(), false, Vec::new()),
        Expr::Named(_) => {
            let (_, object) = types.object_of(expr)?;
            // A stored object that contains a list is not a page.
            if object
                .fields
                .iter()
                .any(|field| OWN.contains(&normal(&field.name).as_str()))
            {
                return None;
            }
            let values = located(types, &object.fields);
            let (pointer, item, is_there) = items(types, draft, &object.fields)?;
            (item, pointer, !is_there, values)
        }
        Expr::Scalar(_) | Expr::Map(_) | Expr::Optional(_) => return None,
    };
    let (keys, next_is_there) = next(types, draft, &item, &values, headers)?;
    let mut may_omit = Vec::new();
    if may_omit_items {
        may_omit.push("items");
    }
    if !next_is_there {
        may_omit.push("next");
    }
    let rest = rest(&keys, &values);
    if !rest.is_empty() {
        let text = format!("a page has its items and the next page, and {rest} only in its response");
        types.find(place, Loss::Reading, text);
    }
    Some(ReturnsDraft::Page {
        item: item.required().clone(),
        items,
        paging: PagingDraft {
            keys,
            may_omit,
            limit: parameter(draft, &LIMITS, is_integer).map(|limit| (limit.name.clone(), limit.maximum)),
        },
    })
}

/// Returns the values of a page that are neither its items nor determine the next one.
fn rest(keys: &[(&'static str, String)], values: &[Located]) -> String {
    let is_named = |value: &&Located| keys.iter().any(|(_, pointer)| *pointer == value.pointer);
    let rest = values.iter().filter(|value| !is_named(value));
    let rest: Vec<_> = rest
        .map(|value| format!("`{}`", value.pointer.trim_start_matches('/')))
        .collect();
    rest.join(", ")
}

/// Returns the scalars of a page, and of the objects in it that describe it.
fn located<'t>(types: &'t Types, fields: &'t [FieldDraft]) -> Vec<Located<'t>> {
    let mut values = Vec::new();
    for field in fields {
        let expr = types.resolved(&field.expr);
        if let Expr::Scalar(_) = expr {
            values.push(value(field, expr, "", true));
        } else if HOLDERS.contains(&normal(&field.name).as_str())
            && let Some((_, inner)) = types.object_of(&expr)
        {
            for inner in &inner.fields {
                let expr = types.resolved(&inner.expr);
                if let Expr::Scalar(_) = expr {
                    values.push(value(inner, expr, &escaped(&field.name), field.required));
                }
            }
        }
    }
    values
}

fn value<'t>(field: &'t FieldDraft, expr: Expr, holder: &str, holder_is_there: bool) -> Located<'t> {
    Located {
        pointer: format!("{holder}{}", escaped(&field.name)),
        name: normal(&field.name),
        field,
        expr,
        is_always_there: holder_is_there && field.required,
    }
}

/// Returns a key as a part of a JSON pointer.
fn escaped(key: &str) -> String {
    format!("/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Returns a name without its case: `nextPage`, `NextPage` and `next_page` are the same.
fn normal(name: &str) -> String {
    heck::ToSnakeCase::to_snake_case(name)
}

/// Returns the location of the items, their type, and whether every page has them.
fn items(types: &Types, draft: &OperationDraft, fields: &[FieldDraft]) -> Option<(String, Expr, bool)> {
    let lists: Vec<_> = fields
        .iter()
        .filter_map(|field| match types.resolved(&field.expr) {
            Expr::List(item) => Some((field, *item)),
            _ => None,
        })
        .collect();
    let named = |name: &str| lists.iter().find(|(field, _)| normal(&field.name) == name);
    let last = draft.path.rsplit('/').find(|segment| !segment.starts_with('{'))?;
    let last = normal(last.trim_end_matches(".json"));
    let found = match lists.as_slice() {
        [only] => Some(only),
        _ => named(&last).or_else(|| ITEMS.iter().find_map(|name| named(name))),
    };
    let (field, item) = found?;
    let is_key = !field.name.contains(['.', '/', '~', '[', ']']);
    let pointer = if is_key {
        field.name.clone()
    } else {
        escaped(&field.name)
    };
    Some((pointer, item.clone(), field.required))
}

/// The keys of `paging`, and whether every page has the value that determines the next one.
type Next = (Vec<(&'static str, String)>, bool);

fn next(types: &Types, draft: &OperationDraft, item: &Expr, values: &[Located], headers: &[String]) -> Option<Next> {
    if headers.iter().any(|name| name == "link") {
        return Some((vec![("link", "next".to_owned())], true));
    }
    uri(draft, values)
        .or_else(|| last(types, draft, item, values))
        .or_else(|| cursor(draft, values))
        .or_else(|| offset(draft, values))
        .or_else(|| numbered(draft, values))
}

fn uri(draft: &OperationDraft, values: &[Located]) -> Option<Next> {
    let mut strings = values.iter().filter(|value| value.expr == Expr::STRING);
    let next = strings.find(|value| {
        let doc = value.field.doc.as_deref().unwrap_or_default().to_lowercase();
        let is_link = doc.contains("url") || doc.contains("uri") || doc.contains("link");
        let example = value.field.example.as_ref().and_then(|example| example.as_str());
        let is_uri = is_link || example.is_some_and(|example| example.starts_with('/') || example.contains("://"));
        NEXT_URIS.contains(&value.name.as_str())
            && (value.name != "next" || (is_uri && parameter(draft, &CURSORS[..5], is_text).is_none()))
    })?;
    Some((vec![("next_uri", next.pointer.clone())], next.is_always_there))
}

fn last(types: &Types, draft: &OperationDraft, item: &Expr, values: &[Located]) -> Option<Next> {
    let after = parameter(draft, &AFTERS, is_text)?;
    let more = values
        .iter()
        .find(|value| MORE.contains(&value.name.as_str()) && is_boolean(&value.expr))?;
    let (_, object) = types.object_of(item)?;
    let id = object.fields.iter().find(|field| field.name == "id")?;
    let is_text = matches!(types.resolved(&id.expr), Expr::Scalar(Scalar::String | Scalar::Uuid));
    let keys = vec![
        ("last", id.name.clone()),
        ("query", after.name.clone()),
        ("more", more.pointer.clone()),
    ];
    is_text.then_some((keys, more.is_always_there))
}

fn cursor(draft: &OperationDraft, values: &[Located]) -> Option<Next> {
    let query = parameter(draft, &CURSORS, is_text)?;
    let is_position = |expr: &Expr| is_integer(expr) || is_text(expr);
    let next = NEXT_CURSORS.iter().find_map(|name| {
        values
            .iter()
            .find(|value| value.name == *name && is_position(&value.expr))
    })?;
    let keys = vec![("cursor", next.pointer.clone()), ("query", query.name.clone())];
    Some((keys, next.is_always_there))
}

fn offset(draft: &OperationDraft, values: &[Located]) -> Option<Next> {
    let offset = parameter(draft, &OFFSETS, is_integer)?;
    let key = ("offset", offset.name.clone());
    Some(match end(values) {
        Some((end, value)) => (vec![key, (end, value.pointer.clone())], value.is_always_there),
        None => (vec![key], true),
    })
}

/// Returns the value that tells the end of a list.
fn end<'v, 't>(values: &'v [Located<'t>]) -> Option<(&'static str, &'v Located<'t>)> {
    let more = values
        .iter()
        .find(|value| MORE.contains(&value.name.as_str()) && is_boolean(&value.expr));
    let total = || {
        values
            .iter()
            .find(|value| TOTALS.contains(&value.name.as_str()) && is_integer(&value.expr))
    };
    more.map(|more| ("more", more))
        .or_else(|| total().map(|total| ("total", total)))
}

fn numbered(draft: &OperationDraft, values: &[Located]) -> Option<Next> {
    let page = parameter(draft, &PAGES, is_integer)?;
    let key = ("page", page.name.clone());
    let integer = |names: &[&str]| {
        values
            .iter()
            .find(|value| names.contains(&value.name.as_str()) && is_integer(&value.expr))
    };
    let found = integer(&["next_page", "next"])
        .map(|next| ("next", next))
        .or_else(|| integer(&PAGE_COUNTS).map(|pages| ("pages", pages)))
        .or_else(|| end(values).filter(|(end, _)| *end == "more"));
    Some(match found {
        Some((end, value)) => (vec![key, (end, value.pointer.clone())], value.is_always_there),
        None => (vec![key], true),
    })
}

/// Returns the first parameter with one of these names and a type that fits.
fn parameter<'d>(draft: &'d OperationDraft, names: &[&str], fits: fn(&Expr) -> bool) -> Option<&'d ParameterDraft> {
    names.iter().find_map(|name| {
        let mut query = draft.query.iter();
        query.find(|parameter| normal(&parameter.name) == *name && fits(&parameter.expr))
    })
}

fn is_integer(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64)
    )
}

fn is_text(expr: &Expr) -> bool {
    matches!(expr, Expr::Scalar(Scalar::String | Scalar::Uuid))
}

fn is_boolean(expr: &Expr) -> bool {
    *expr == Expr::Scalar(Scalar::Boolean)
}
