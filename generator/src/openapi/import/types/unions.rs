//! Converts schemas with `oneOf` and `anyOf`, and those with values of several kinds.

use super::Types;
use super::flat::Flat;
use super::texts::Texts;
use crate::openapi::import::draft::{Discriminator, Expr, Kind, ObjectDraft, Origin, TypeId, UnionDraft};
use crate::openapi::json::{Json, Object};

impl<'a> Types<'a> {
    /// Converts a union. Its form is determined when all types are known.
    pub(super) fn union(&mut self, flat: &Flat<'a>, place: &str, id: TypeId) -> Expr {
        let (members, docs) = if flat.unions.is_empty() {
            (self.kinds(flat, place, id), Vec::new())
        } else {
            self.members(flat, place, id)
        };
        let discriminator = flat.discriminator.and_then(|object| self.discriminator(object));
        let base = (!flat.properties.is_empty()).then(|| ObjectDraft {
            fields: self.fields(flat, place, id),
            additional: None,
        });
        self.get_mut(id).kind = Kind::Union(UnionDraft {
            members,
            docs,
            base,
            discriminator,
        });
        Expr::Named(id)
    }

    /// Returns a member for each kind of value.
    fn kinds(&mut self, flat: &Flat<'a>, place: &str, id: TypeId) -> Vec<Expr> {
        let mut members = Vec::new();
        for kind in &flat.kinds {
            let flat = Flat {
                kinds: vec![kind],
                ..flat.clone()
            };
            members.push(self.unnamed(&flat, place, &Origin::Part(id, "item".to_owned())));
        }
        members
    }

    fn members(&mut self, flat: &Flat<'a>, place: &str, id: TypeId) -> (Vec<Expr>, Vec<(Expr, String)>) {
        if flat.unions.len() > 1 {
            self.weaker(place, "the members of several unions are alternatives");
        }
        let schemas: Vec<_> = flat.unions.iter().flatten().copied().collect();
        let (mut members, mut docs) = (Vec::new(), Vec::new());
        for (index, schema) in schemas.iter().enumerate() {
            let number = index + 1;
            let origin = Origin::Part(id, format!("variant_{number}"));
            let value = self.value(schema, &format!("{place} (alternative {number})"), origin);
            docs.extend(Texts::new(schema).doc().map(|doc| (value.expr.clone(), doc)));
            members.push(value.expr);
        }
        (members, docs)
    }

    fn discriminator(&mut self, object: &'a Object) -> Option<Discriminator> {
        let tag = object.text("propertyName")?.to_owned();
        let mapping = object.get("mapping").and_then(Json::as_object);
        let mut entries = Vec::new();
        for (value, target) in mapping.into_iter().flat_map(Object::iter) {
            let Some(target) = target.as_str() else { continue };
            let reference = if target.contains('/') {
                target.to_owned()
            } else {
                format!("#/components/schemas/{target}")
            };
            entries.push((value.to_owned(), self.reference(&reference).expr));
        }
        Some(Discriminator { tag, mapping: entries })
    }
}
