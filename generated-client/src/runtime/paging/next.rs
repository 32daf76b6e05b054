//! The token of the next page, given a page.

use serde_json::Value;

use super::link::link_target;
use super::mark::MarkValue;
use super::query::parameter;
use super::{LastPage, NextPage, PageToken};
use crate::runtime::json::{DecodeError, List, Members, Primitive, View};
use crate::runtime::response::RawResponse;

/// Returns the token of the next page, or `None` on the last one.
///
/// # Errors
///
/// Returns an error if the next page starts after the last item, but the page has no item with the field.
pub(super) fn next_token(
    next: NextPage,
    response: &RawResponse<'_>,
    items: &dyn List,
    mark: MarkValue,
) -> Result<Option<PageToken>, DecodeError> {
    let length = items.length() as u64;
    let token = match next {
        NextPage::Uri(_) | NextPage::Cursor { .. } => text(mark),
        NextPage::Link(relation) => link_target(response.headers, relation).map(str::to_owned),
        NextPage::Page { query, first, end } => {
            let page = number(response.query, query).unwrap_or(first);
            let seen = page.saturating_sub(first).saturating_add(1);
            match end {
                LastPage::Next(_) => text(mark),
                end => has_next(end, &mark, length, seen).then(|| page.saturating_add(1).to_string()),
            }
        }
        NextPage::Offset { query, end } => {
            let seen = number(response.query, query).unwrap_or(0).saturating_add(length);
            has_next(end, &mark, length, seen).then(|| seen.to_string())
        }
        NextPage::LastItem { field, end, .. } if has_next(end, &mark, length, length) => Some(last_item(items, field)?),
        NextPage::None | NextPage::LastItem { .. } => None,
    };
    Ok(token.map(PageToken::new))
}

/// Returns `true` if there is another page, given the number of items in this page, and the number of items or pages seen.
fn has_next(end: LastPage, mark: &MarkValue, length: u64, seen: u64) -> bool {
    match (end, mark) {
        (LastPage::Empty, _) => length > 0,
        (LastPage::More(_), mark) => *mark == MarkValue::Boolean(true),
        (LastPage::Next(_), mark) => *mark != MarkValue::Empty,
        (LastPage::Pages(_) | LastPage::Total(_), MarkValue::Integer(all)) => seen < *all,
        (LastPage::Pages(_) | LastPage::Total(_), _) => false,
    }
}

fn text(mark: MarkValue) -> Option<String> {
    match mark {
        MarkValue::Text(text) => Some(text),
        MarkValue::Empty | MarkValue::Boolean(_) | MarkValue::Integer(_) => None,
    }
}

/// Returns the number in a query parameter.
fn number(query: &str, name: &str) -> Option<u64> {
    parameter(query, name)?.parse().ok()
}

/// Returns the field of the last item, as text.
fn last_item(items: &dyn List, field: &str) -> Result<String, DecodeError> {
    let mut text = None;
    let last = items.length().checked_sub(1).and_then(|last| items.item(last));
    match last {
        Some(View::Object(object, _)) => object.members(&mut Members::new(&mut |key, value| {
            if key == field {
                text = view_text(value);
            }
        })),
        Some(View::Any(Value::Object(object))) => text = object.get(field).map(View::Any).and_then(view_text),
        _ => {}
    }
    let missing = || {
        DecodeError::at(
            field.to_owned(),
            "the last item of a page that is not the last one has no such field",
        )
    };
    text.ok_or_else(missing)
}

/// Returns a string or a number as text.
fn view_text(value: View<'_>) -> Option<String> {
    match value {
        View::Text(text) | View::Quoted(Primitive::Text(text)) => Some(text.to_owned()),
        View::Any(Value::String(text)) => Some(text.clone()),
        View::Signed(number) | View::Quoted(Primitive::Signed(number)) => Some(number.to_string()),
        View::Unsigned(number) | View::Quoted(Primitive::Unsigned(number)) => Some(number.to_string()),
        View::Any(Value::Number(number)) => Some(number.to_string()),
        View::Timestamp(time) => Some(time.to_string()),
        View::Display(value) => Some(value.to_string()),
        View::Float(number) => Some(number.to_string()),
        View::Null
        | View::Bool(_)
        | View::Quoted(_)
        | View::Bytes(_)
        | View::List(..)
        | View::Object(..)
        | View::Any(_) => None,
    }
}
