//! Converts schemas that list their values.

use std::hash::Hash;

use indexmap::IndexMap;

use super::Types;
use super::flat::Flat;
use super::texts::doc;
use crate::openapi::import::draft::{Expr, Kind, TypeId, ValueDraft};
use crate::openapi::json::Json;
use crate::syntax::Scalar;

/// The longest value of an enum, in characters.
const MAX_VALUE: usize = 256;

impl<'a> Types<'a> {
    pub(super) fn enumeration(&mut self, flat: &Flat<'a>, place: &str, id: TypeId) -> Expr {
        let values = flat.values.as_deref().unwrap_or_default();
        if let Some(texts) = all(values, Json::as_str) {
            if texts.iter().all(|text| is_value(text)) {
                self.get_mut(id).kind = Kind::Enum(drafts(flat, texts.into_iter().map(str::to_owned)));
                return Expr::Named(id);
            }
            self.weaker(
                place,
                "a value is too long or has control characters: the type is `string`",
            );
            return Expr::STRING;
        }
        let is_number = |value: &&Json| matches!(value, Json::Integer(_) | Json::Number(_));
        if values.iter().all(is_number) && (flat.kinds.contains(&"number") || all(values, Json::as_i64).is_none()) {
            self.weaker(place, "the values of numbers are not listed");
            return Expr::Scalar(Scalar::Float64);
        }
        if let Some(numbers) = all(values, Json::as_i64) {
            self.get_mut(id).kind = Kind::Integers(drafts(flat, numbers.into_iter()));
            return Expr::Named(id);
        }
        if all(values, Json::as_bool).is_some() {
            return Expr::Scalar(Scalar::Boolean);
        }
        self.weaker(place, "the values are of several kinds: the type is `json`");
        Expr::JSON
    }
}

/// Returns the values if all are of the same kind.
fn all<'a, T>(values: &[&'a Json], read: impl Fn(&'a Json) -> Option<T>) -> Option<Vec<T>> {
    values.iter().map(|value| read(value)).collect()
}

fn is_value(text: &str) -> bool {
    text.chars().count() <= MAX_VALUE && !text.contains(char::is_control)
}

/// Returns distinct values with the names and descriptions that extensions have for them.
fn drafts<W: Hash + Eq>(flat: &Flat, values: impl Iterator<Item = W>) -> Vec<ValueDraft<W>> {
    let values: IndexMap<W, &Json> = values.zip(flat.values.iter().flatten().copied()).collect();
    let text = |details: Option<&Json>, value: &Json| {
        let details = details?;
        let index = flat.listed.iter().position(|listed| listed == value);
        let key = match value {
            Json::String(text) => text.clone(),
            Json::Integer(number) => number.to_string(),
            _ => String::new(),
        };
        let detail = details.get(&key).or_else(|| details.items().get(index?));
        detail?.as_str().and_then(doc)
    };
    let drafts = values.into_iter().map(|(value, json)| ValueDraft {
        value,
        name: text(flat.value_names, json),
        doc: text(flat.value_docs, json),
    });
    drafts.collect()
}
