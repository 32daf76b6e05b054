//! Converts schemas of objects.

use super::flat::{Flat, Single, is_any, single};
use super::texts::{Texts, named};
use super::{Types, Value};
use crate::openapi::import::draft::{Expr, FieldDraft, Kind, ObjectDraft, Origin, TypeId};
use crate::openapi::json::Json;

/// The number of references to follow for the documentation of a field.
const MAX_REFERENCES: usize = 4;

impl<'a> Types<'a> {
    pub(super) fn object(&mut self, flat: &Flat<'a>, place: &str, id: TypeId) -> Expr {
        let fields = self.fields(flat, place, id);
        let additional = self.additional(flat, place, id);
        self.get_mut(id).kind = Kind::Object(ObjectDraft { fields, additional });
        Expr::Named(id)
    }

    /// Converts an object without properties.
    pub(super) fn map(&mut self, flat: &Flat<'a>, place: &str, origin: &Origin) -> Expr {
        let Some(schema) = flat.additional.filter(|schema| schema.as_object().is_some()) else {
            return Expr::map(Expr::JSON);
        };
        let value = self.value(
            schema,
            &format!("{place}.*"),
            origin.with_word(|word| format!("{word}_value")),
        );
        let value = self.shallow(value.optional_if_nullable(), place);
        Expr::map(value)
    }

    pub(super) fn fields(&mut self, flat: &Flat<'a>, place: &str, id: TypeId) -> Vec<FieldDraft> {
        let mut fields = Vec::new();
        for (name, schemas) in &flat.properties {
            let [schema, others @ ..] = schemas.as_slice() else {
                continue;
            };
            if schemas.contains(&&Json::Boolean(false)) {
                continue;
            }
            let place = format!("{place}.{name}");
            let problem = if name.is_empty() {
                Some("a key without a name is left out")
            } else if name.len() > 256 {
                Some("a key of more than 256 bytes is left out")
            } else {
                let has_control = name.contains(char::is_control);
                has_control.then_some("a key with control characters is left out")
            };
            if let Some(problem) = problem {
                self.weaker(&place, problem);
                continue;
            }
            let origin = Origin::Part(id, (*name).to_owned());
            let value = if others.is_empty() {
                self.value(schema, &place, origin)
            } else {
                self.value_of_all(schema, others, &place, origin)
            };
            let described: Vec<_> = schemas.iter().flat_map(|schema| self.described(schema)).collect();
            let mut field = field(name, value, flat.required.contains(name), &described);
            field.doc = field.doc.or_else(|| inner_doc(schema));
            fields.push(field);
        }
        fields
    }

    fn additional(&mut self, flat: &Flat<'a>, place: &str, id: TypeId) -> Option<Expr> {
        let schema = flat.additional?;
        match schema {
            Json::Boolean(true) => Some(Expr::JSON),
            Json::Object(_) => {
                let origin = Origin::Part(id, "additional".to_owned());
                Some(self.value(schema, &format!("{place}.*"), origin).optional_if_nullable())
            }
            _ => None,
        }
    }

    /// Returns a schema and those that it annotates, as far as they describe the same value and not a type of its own.
    pub fn described(&self, schema: &'a Json) -> Vec<Texts<'a>> {
        let mut texts = vec![Texts::new(schema)];
        let mut schema = schema;
        for _ in 0..MAX_REFERENCES {
            schema = match single(schema) {
                Single::Inner { schema, .. } => schema,
                Single::Reference(reference) => match self.document.lookup(reference) {
                    Some(target) if !Flat::new(self.document, target).is_type() && !is_any(target) => target,
                    _ => break,
                },
                Single::None => break,
            };
            texts.push(Texts::new(schema));
        }
        texts
    }
}

/// Returns the documentation of the items or alternatives of a value that has none of its own.
fn inner_doc(schema: &Json) -> Option<String> {
    let keys = ["oneOf", "anyOf", "allOf"];
    let members = keys.iter().filter_map(|key| schema.get(key)).flat_map(Json::items);
    let inner = schema.get("items").into_iter().chain(members);
    inner
        .filter(|inner| inner.get("$ref").is_none())
        .find_map(|inner| Texts::new(inner).doc())
}

fn field(name: &str, value: Value, required: bool, texts: &[Texts]) -> FieldDraft {
    let mut doc = texts.iter().find_map(Texts::doc_or_title);
    let limits: Vec<String> = texts.iter().flat_map(Texts::limits).collect();
    if !limits.is_empty() {
        let text = doc.map_or_else(|| named(name), |doc| end(&doc));
        let separator = if text.contains('\n') { "\n\n" } else { " " };
        doc = Some(format!("{text}{separator}{}", limits.join(" ")));
    }
    let is_secret = |texts: &Texts| texts.is_secret();
    FieldDraft {
        name: name.to_owned(),
        expr: value.expr,
        nullable: value.nullable,
        required,
        read_only: texts.iter().any(Texts::is_read_only),
        doc,
        default: texts.iter().find_map(Texts::default).cloned(),
        example: texts.iter().find_map(Texts::example).cloned(),
        secret: texts.iter().any(is_secret),
        deprecated: texts.first().is_some_and(Texts::is_deprecated),
        is_key: false,
    }
}

/// Returns a text that ends like a sentence.
fn end(text: &str) -> String {
    if text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '`' | '"')) {
        format!("{text}.")
    } else {
        text.to_owned()
    }
}
