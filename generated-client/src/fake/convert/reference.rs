//! The resolution of IDs in requests to objects in responses.

use serde_json::Value;

use super::problems::Problems;
use crate::fake::store::Store;
use crate::fake::table::{Fields, ValueType};

/// Replaces an ID, or a list of IDs, with the objects if the response field has objects. Other values are unchanged.
pub(super) fn resolve(store: &Store, shown: ValueType, sent: Value, path: &str, problems: &mut Problems) -> Value {
    match (shown.inner(), sent) {
        (ValueType::Object(fields) | ValueType::Union(fields), Value::String(id)) => {
            find(store, fields, &id, path, problems)
        }
        (ValueType::List(ValueType::Object(fields) | ValueType::Union(fields)), Value::Array(ids)) => {
            let find = |(index, id): (usize, &Value)| match id.as_str() {
                Some(id) => find(store, fields, id, &format!("{path}[{index}]"), problems),
                // The wrong type is already reported.
                None => Value::Null,
            };
            store.index.rules.list(ids.iter().enumerate().map(find).collect())
        }
        (_, other) => other,
    }
}

/// Finds the object with an ID in any collection, and returns the given fields of it.
fn find(store: &Store, fields: Fields, id: &str, path: &str, problems: &mut Problems) -> Value {
    let Some((collection, order)) = store.find_anywhere(id) else {
        problems.add(path, &format!("refers to `{id}`, which does not exist"));
        return Value::Null;
    };
    let object = store.get(collection, order).map(|object| &object.value);
    let fields = fields.iter();
    fields
        .filter_map(|field| Some((field.name.to_owned(), object?.get(field.name)?.clone())))
        .collect()
}
