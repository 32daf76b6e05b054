//! The styles of lists and objects in a query.

use super::coded::Shown;
use super::{Query, QueryValues, append_query};
use crate::runtime::json::{Members, View};

/// Appends the values of a list as one parameter, separated by commas.
pub(super) fn append_comma(query: &mut String, name: &str, values: &dyn Query) {
    let mut is_first = true;
    values.each(&mut QueryValues::new(&mut |value| {
        if is_first {
            append_query(query, name, value);
        } else {
            query.push(',');
            super::escape(query, value);
        }
        is_first = false;
    }));
}

/// Appends a value to the query under a name, with the keys of objects in brackets after it, as in `filter[price][min]=1`.
/// Lists repeat the name with empty brackets.
pub(super) fn append_deep(query: &mut String, name: &str, value: View<'_>) {
    match value {
        View::Null => {}
        View::List(list, codec) => {
            let name = format!("{name}[]");
            for item in (0..).map_while(|index| list.item(index)) {
                append_deep(query, &name, item.coded(codec));
            }
        }
        View::Object(object, codec) => {
            object.members(&mut Members::new(&mut |key, value| {
                append_deep(query, &format!("{name}[{key}]"), value.coded(codec));
            }));
        }
        View::Any(value) => append_json(query, name, value),
        single => append_query(query, name, &Shown(single)),
    }
}

fn append_json(query: &mut String, name: &str, value: &serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::Null => {}
        Value::Bool(value) => append_query(query, name, value),
        Value::Number(value) => append_query(query, name, value),
        Value::String(value) => append_query(query, name, value),
        Value::Array(items) => {
            let name = format!("{name}[]");
            for item in items {
                append_json(query, &name, item);
            }
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                append_json(query, &format!("{name}[{key}]"), value);
            }
        }
    }
}
