//! From the ID that a request sends to the object that responses show.

use serde_json::Value;

use super::problems::Problems;
use crate::fake::store::{Store, list};
use crate::fake::table::{Fields, ValueType};

/// Shows a value by the type of the field that shows it: the object for an ID, anything else unchanged.
pub(super) fn resolve(store: &Store, shown: ValueType, sent: Value, path: &str, problems: &mut Problems) -> Value {
    match (shown.inner(), sent) {
        (ValueType::Object(fields) | ValueType::Union(fields), Value::String(id)) => {
            find(store, fields, &id, path, problems)
        }
        (ValueType::List(ValueType::Object(fields) | ValueType::Union(fields)), Value::Array(ids)) => {
            let find = |(index, id): (usize, &Value)| match id.as_str() {
                Some(id) => find(store, fields, id, &format!("{path}[{index}]"), problems),
                // Its type is a problem already.
                None => Value::Null,
            };
            list(ids.iter().enumerate().map(find).collect())
        }
        (_, other) => other,
    }
}

/// The fields of the object that has an ID, in whichever collection.
fn find(store: &Store, fields: Fields, id: &str, path: &str, problems: &mut Problems) -> Value {
    let Some((collection, order)) = store.find_anywhere(id) else {
        problems.add(path, &format!("names no object: there is no `{id}`"));
        return Value::Null;
    };
    let object = store.get(collection, order).map(|object| &object.value);
    let fields = fields.iter();
    fields
        .filter_map(|field| Some((field.name.to_owned(), object?.get(field.name)?.clone())))
        .collect()
}
