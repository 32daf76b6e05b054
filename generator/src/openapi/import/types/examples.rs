//! Finds examples of fields in examples of whole objects, and the prefixes of IDs in them.

use super::Types;
use super::texts::Texts;
use crate::openapi::import::draft::{Expr, Kind, TypeId};
use crate::openapi::json::Json;

/// The number of objects within each other that are searched.
const MAX_DEPTH: usize = 8;

/// The longest prefix of an ID, and the shortest rest.
const MAX_PREFIX: usize = 12;
const MIN_REST: usize = 6;

impl Types<'_> {
    /// Adds the values of an example to the fields that have none.
    pub fn add_example(&mut self, expr: &Expr, example: &Json) {
        self.add_example_within(expr, example, 0);
    }

    /// Adds the examples of the schemas that have names.
    pub fn add_examples_of_schemas(&mut self) {
        let references: Vec<_> = self
            .references
            .iter()
            .map(|(reference, value)| (reference.clone(), value.expr.clone()))
            .collect();
        let document = self.document;
        for (reference, expr) in references {
            let schema = document.lookup(&reference);
            if let Some(example) = schema.and_then(|schema| Texts::new(schema).example()) {
                self.add_example(&expr, example);
            }
        }
    }

    fn add_example_within(&mut self, expr: &Expr, example: &Json, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match (self.resolved(expr).required(), example) {
            (Expr::List(item), Json::Array(items)) => {
                if let Some(first) = items.first() {
                    self.add_example_within(item, first, depth + 1);
                }
            }
            (Expr::Named(id), Json::Object(_)) => self.add_fields(*id, example, depth),
            _ => {}
        }
    }

    fn add_fields(&mut self, id: TypeId, example: &Json, depth: usize) {
        let Kind::Object(object) = &mut self.get_mut(id).kind else {
            return;
        };
        let mut inner = Vec::new();
        for field in &mut object.fields {
            let Some(value) = example.get(&field.name) else {
                continue;
            };
            match value {
                Json::Object(_) | Json::Array(_) => inner.push((field.expr.clone(), value)),
                Json::Null => {}
                Json::Boolean(_) | Json::Integer(_) | Json::Number(_) | Json::String(_) => {
                    field.example.get_or_insert_with(|| value.clone());
                }
            }
        }
        for (expr, value) in inner {
            self.add_example_within(&expr, value, depth + 1);
        }
    }

    /// Sets the prefix of IDs of each type whose `id` has an example with one.
    pub fn find_id_prefixes(&mut self) {
        for id in self.ids() {
            let draft = self.get_mut(id);
            let Kind::Object(object) = &draft.kind else { continue };
            let field = object.fields.iter().find(|field| field.name == "id");
            let example = field.and_then(|field| field.example.as_ref()?.as_str());
            draft.id_prefix = example.and_then(prefix).map(str::to_owned);
        }
    }
}

/// Returns the prefix of an ID such as `ep_2NxQ7c`.
fn prefix(id: &str) -> Option<&str> {
    let (prefix, rest) = id.rsplit_once('_')?;
    let is_prefix = prefix.len() <= MAX_PREFIX
        && prefix.starts_with(|c: char| c.is_ascii_lowercase())
        && prefix
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let is_rest = rest.len() >= MIN_REST && rest.chars().all(|c| c.is_ascii_alphanumeric());
    // Unlike a word, the rest contains a digit or a capital letter.
    let is_random = rest.contains(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase());
    (is_prefix && is_rest && is_random).then_some(prefix)
}
