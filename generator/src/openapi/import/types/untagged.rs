//! Unions whose members are told apart by kinds and required keys.

use std::collections::BTreeSet;

use super::Types;
use crate::openapi::import::draft::{Expr, Kind, MemberDraft, ObjectDraft, Origin, TypeId, UnionDraft};
use crate::openapi::import::finding::Loss;
use crate::syntax::Scalar;

impl Types<'_> {
    /// Settles a union without a tag: members that cannot be told apart are merged.
    pub(super) fn settle_untagged(&mut self, id: TypeId) {
        let Kind::Union(union) = self.get(id).kind.clone() else {
            return;
        };
        // A union within itself is not followed.
        self.get_mut(id).kind = Kind::Alias(Expr::JSON);
        let members = self.members_of(&union);
        let members = self.distinct(id, &members);
        match members.as_slice() {
            [] => {}
            [only] => self.get_mut(id).kind = Kind::Alias(only.clone()),
            _ => {
                self.require_keys(id, &members);
                let docs: Vec<_> = members.iter().map(|member| self.member_doc(&union, member)).collect();
                let members = members.into_iter().zip(docs).map(|(expr, doc)| MemberDraft {
                    key: String::new(),
                    expr: Some(expr),
                    doc,
                });
                self.get_mut(id).kind = Kind::AnyOf(members.collect());
            }
        }
    }

    /// Returns the documentation of a member whose type has no name.
    fn member_doc(&self, union: &UnionDraft, member: &Expr) -> Option<String> {
        let is_member = |expr: &Expr| self.resolved(expr).required() == member;
        let (_, doc) = union.docs.iter().find(|(expr, _)| is_member(expr))?;
        (!matches!(member, Expr::Named(_))).then(|| doc.clone())
    }

    /// Returns the members, changed so that each is chosen for some values.
    fn distinct(&mut self, id: TypeId, members: &[Expr]) -> Vec<Expr> {
        if members.contains(&Expr::JSON) {
            if members.len() > 1 {
                self.weaker_type(id, "one of the alternatives is any value: the type is `json`");
            }
            return vec![Expr::JSON];
        }
        let mut strings = self.strings(id, members);
        let numbers = self.numbers(id, members);
        let lists = self.lists(id, members);
        let objects = self.objects(id, members);
        let booleans = members
            .iter()
            .filter(|member| **member == Expr::Scalar(Scalar::Boolean))
            .cloned();
        strings.extend(numbers);
        strings.extend(booleans);
        strings.extend(lists);
        strings.extend(objects);
        strings
    }

    /// Returns the members that are strings: forms first, then known values, then any string. Known values can be valid Base64, so it
    /// follows them.
    fn strings(&mut self, id: TypeId, members: &[Expr]) -> Vec<Expr> {
        let (mut forms, mut enums, mut any) = (Vec::new(), Vec::new(), false);
        for member in members {
            match member {
                Expr::Scalar(Scalar::String) => any = true,
                Expr::Scalar(Scalar::Timestamp | Scalar::Date | Scalar::Uuid | Scalar::Base64 | Scalar::Quoted(_)) => {
                    forms.push(member.clone());
                }
                Expr::Named(inner) => {
                    if let Kind::Enum(values) = &self.get(*inner).kind {
                        enums.push((*inner, values.clone()));
                    }
                }
                _ => {}
            }
        }
        let base64 = Expr::Scalar(Scalar::Base64);
        let has_base64 = forms.contains(&base64);
        forms.retain(|form| *form != base64);
        match enums.as_slice() {
            [] => forms.extend(any.then_some(Expr::STRING)),
            // An enum keeps other strings.
            [(only, _)] => forms.push(Expr::Named(*only)),
            [(first, values), rest @ ..] => {
                let mut values = values.clone();
                for value in rest.iter().flat_map(|(_, values)| values) {
                    if values.iter().all(|known| known.value != value.value) {
                        values.push(value.clone());
                    }
                }
                let mut draft = self.get(*first).clone();
                draft.origin = Origin::Part(id, "value".to_owned());
                draft.kind = Kind::Enum(values);
                forms.push(Expr::Named(self.push(draft)));
            }
        }
        forms.extend((has_base64 && !any).then_some(base64));
        forms
    }

    fn numbers(&mut self, id: TypeId, members: &[Expr]) -> Vec<Expr> {
        let numbers: Vec<_> = members
            .iter()
            .filter(|member| match member {
                Expr::Scalar(scalar) => matches!(
                    scalar,
                    Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 | Scalar::Float64 | Scalar::Epoch
                ),
                Expr::Named(id) => matches!(self.get(*id).kind, Kind::Integers(_)),
                _ => false,
            })
            .cloned()
            .collect();
        match numbers.as_slice() {
            [] | [_] => numbers,
            _ => {
                if numbers.iter().any(|number| number.named().is_some()) {
                    self.weaker_type(id, "the known integers are not listed beside other numbers");
                }
                let has_fractions = numbers.contains(&Expr::Scalar(Scalar::Float64));
                vec![Expr::Scalar(if has_fractions {
                    Scalar::Float64
                } else {
                    Scalar::Int64
                })]
            }
        }
    }

    /// Returns one list, whose items are those of all lists.
    fn lists(&mut self, id: TypeId, members: &[Expr]) -> Vec<Expr> {
        let mut items = Vec::new();
        for member in members {
            if let Expr::List(item) = member {
                let item = item.required().clone();
                if !items.contains(&item) {
                    items.push(item);
                }
            }
        }
        match items.as_slice() {
            [] => Vec::new(),
            [only] => vec![Expr::list(only.clone())],
            _ => {
                let union = self.pending(Origin::Part(id, "item".to_owned()));
                self.get_mut(union).kind = Kind::Union(UnionDraft {
                    members: items,
                    docs: Vec::new(),
                    base: None,
                    discriminator: None,
                });
                self.settle_untagged(union);
                vec![Expr::list(Expr::Named(union))]
            }
        }
    }

    /// Returns the members that are objects, those with most required keys first.
    fn objects(&mut self, id: TypeId, members: &[Expr]) -> Vec<Expr> {
        let mut tagged = Vec::new();
        let mut objects: Vec<(TypeId, BTreeSet<String>)> = Vec::new();
        let mut maps = Vec::new();
        for member in members {
            match member {
                Expr::Map(_) => maps.push(member.clone()),
                Expr::Named(inner) => match &self.get(*inner).kind {
                    Kind::Object(object) => objects.push((*inner, keys(object))),
                    Kind::Tagged(tag, _) => tagged.push((*inner, tag.clone())),
                    _ => {}
                },
                _ => {}
            }
        }
        objects.sort_by_key(|(_, keys)| std::cmp::Reverse(keys.len()));
        let objects = self.merge_equal(id, objects);
        let mut result: Vec<_> = tagged.iter().map(|(inner, _)| Expr::Named(*inner)).collect();
        if tagged.len() > 1 {
            self.weaker_type(id, "several unions of objects: the type of these objects is a map");
            return vec![Expr::map(Expr::JSON)];
        }
        let has_any_object = objects.iter().any(|(_, keys)| keys.is_empty());
        result.extend(objects.into_iter().map(|(inner, _)| Expr::Named(inner)));
        match maps.as_slice() {
            [] => {}
            _ if has_any_object => {
                self.weaker_type(id, "a map cannot be told apart from an object without required keys");
            }
            [only] => result.push(only.clone()),
            _ => result.push(Expr::map(Expr::JSON)),
        }
        result
    }

    /// Merges objects with the same required keys, which nothing tells apart.
    fn merge_equal(&mut self, id: TypeId, objects: Vec<(TypeId, BTreeSet<String>)>) -> Vec<(TypeId, BTreeSet<String>)> {
        let mut groups: Vec<(Vec<TypeId>, BTreeSet<String>)> = Vec::new();
        for (inner, keys) in objects {
            match groups.iter_mut().find(|(_, known)| *known == keys) {
                Some((group, _)) => group.push(inner),
                None => groups.push((vec![inner], keys)),
            }
        }
        let count = groups.len();
        let mut merged = Vec::new();
        for (group, keys) in groups {
            let inner = if let [only] = group.as_slice() {
                *only
            } else {
                let text = "objects with the same required keys cannot be told apart: one type has the fields of all";
                self.weaker_type(id, text);
                let word = if count == 1 { "object" } else { "other" };
                self.merged(id, &group, word)
            };
            merged.push((inner, keys));
        }
        merged
    }

    /// Returns an object with the fields of several ones.
    pub(super) fn merged(&mut self, id: TypeId, group: &[TypeId], word: &str) -> TypeId {
        let objects: Vec<_> = group
            .iter()
            .filter_map(|inner| match &self.get(*inner).kind {
                Kind::Object(object) => Some(object.clone()),
                _ => None,
            })
            .collect();
        let mut merged = ObjectDraft::default();
        for object in &objects {
            for field in &object.fields {
                match merged.fields.iter_mut().find(|known| known.name == field.name) {
                    Some(known) => {
                        known.nullable |= field.nullable;
                        if self.resolved(&known.expr) != self.resolved(&field.expr) {
                            known.expr = self.common(&known.expr, &field.expr);
                            known.default = None;
                            known.example = None;
                        }
                    }
                    None => merged.fields.push(field.clone()),
                }
            }
            merged.additional = merged.additional.or(object.additional.clone());
        }
        for field in &mut merged.fields {
            let is_required =
                |object: &ObjectDraft| object.fields.iter().any(|own| own.name == field.name && own.required);
            field.required = objects.iter().all(is_required);
        }
        let mut draft = self.get(id).clone();
        draft.origin = Origin::Part(id, word.to_owned());
        draft.title = None;
        draft.kind = Kind::Object(merged);
        self.push(draft)
    }

    /// Returns a type for the values of two.
    fn common(&self, one: &Expr, other: &Expr) -> Expr {
        let is_text = |expr: &Expr| match self.resolved(expr) {
            Expr::Named(id) => matches!(self.get(id).kind, Kind::Enum(_)),
            expr => expr == Expr::STRING,
        };
        if is_text(one) && is_text(other) {
            Expr::STRING
        } else {
            Expr::JSON
        }
    }

    /// Requires the keys of objects in responses, because the member of a union is chosen by them.
    fn require_keys(&mut self, id: TypeId, members: &[Expr]) {
        let objects: Vec<_> = members
            .iter()
            .filter_map(|member| self.object_of(member).map(|(inner, _)| inner))
            .collect();
        let are_several = members.iter().filter(|member| matches!(member, Expr::Map(_))).count() + objects.len() > 1;
        if !are_several {
            return;
        }
        self.find_type(
            id,
            Loss::Reading,
            "the member is chosen by required keys: a response without one of them does not match it",
        );
        for inner in objects {
            if let Kind::Object(object) = &mut self.get_mut(inner).kind {
                for field in object.fields.iter_mut().filter(|field| field.is_present()) {
                    field.is_key = true;
                }
            }
        }
    }
}

/// Returns the keys that every object has.
fn keys(object: &ObjectDraft) -> BTreeSet<String> {
    let present = object.fields.iter().filter(|field| field.is_present());
    present.map(|field| field.name.clone()).collect()
}
