//! Determines the form of each union, once all types are known.

use std::collections::BTreeSet;

use super::tagged::WithoutTag;
use super::{Owner, Types, Usage};
use crate::openapi::import::draft::{Expr, Kind, ObjectDraft, Origin, TypeDraft, TypeId, UnionDraft};
use crate::openapi::import::finding::Loss;

/// The number of aliases and unions within each other that are followed.
const MAX_DEPTH: usize = 128;

impl Types<'_> {
    /// Determines the form of every union.
    pub fn settle(&mut self) {
        self.end_cycles();
        let unions: Vec<_> = self
            .ids()
            .filter(|id| matches!(self.get(*id).kind, Kind::Union(_)))
            .collect();
        let mut without_tag = WithoutTag::new();
        for id in &unions {
            self.combine_with_base(*id);
            self.settle_tagged(*id, &mut without_tag);
        }
        // Members are told apart by required keys, so these must be final. A union of one object can close another cycle.
        self.remove_endless_objects();
        for id in unions {
            self.settle_untagged(id);
        }
        self.remove_endless_objects();
    }

    /// Ends lists and maps that contain only themselves.
    fn end_cycles(&mut self) {
        let target = |id: TypeId| match &self.get(id).kind {
            Kind::Alias(target) => target.named(),
            _ => None,
        };
        let edges: Vec<Vec<usize>> = self
            .ids()
            .map(|id| target(id).into_iter().map(|id| id.0).collect())
            .collect();
        let components = crate::api::cycles::components(&edges);
        let endless: Vec<_> = self
            .ids()
            .filter(|id| edges[id.0].iter().any(|target| components[*target] == components[id.0]))
            .collect();
        for id in endless {
            self.weaker_type(id, "a list or map that contains itself is `json`");
            self.get_mut(id).kind = Kind::Alias(Expr::JSON);
        }
    }

    /// Returns a type without aliases.
    pub fn resolved(&self, expr: &Expr) -> Expr {
        self.resolved_within(expr, 0)
    }

    fn resolved_within(&self, expr: &Expr, depth: usize) -> Expr {
        if depth > MAX_DEPTH {
            return Expr::JSON;
        }
        match expr {
            Expr::Scalar(_) => expr.clone(),
            Expr::Named(id) => match &self.get(*id).kind {
                Kind::Alias(target) => self.resolved_within(target, depth + 1),
                Kind::Pending => Expr::JSON,
                _ => expr.clone(),
            },
            Expr::List(inner) => Expr::list(self.resolved_within(inner, depth + 1)),
            Expr::Map(inner) => Expr::map(self.resolved_within(inner, depth + 1)),
            Expr::Optional(inner) => self.resolved_within(inner, depth + 1).optional(),
        }
    }

    /// Returns the documentation of the first type in whose place another type is used.
    pub fn doc_of_alias(&self, expr: &Expr) -> Option<String> {
        let mut expr = expr.required();
        for _ in 0..MAX_DEPTH {
            let Expr::Named(id) = expr else { break };
            let draft = self.get(*id);
            let Kind::Alias(target) = &draft.kind else { break };
            if draft.doc.is_some() {
                return draft.doc.clone();
            }
            expr = target.required();
        }
        None
    }

    pub fn object_of(&self, expr: &Expr) -> Option<(TypeId, &ObjectDraft)> {
        let Expr::Named(id) = self.resolved(expr) else {
            return None;
        };
        match &self.get(id).kind {
            Kind::Object(object) => Some((id, object)),
            _ => None,
        }
    }

    /// Adds the fields beside a union to each of its members.
    fn combine_with_base(&mut self, id: TypeId) {
        let Kind::Union(UnionDraft { members, base, .. }) = &mut self.get_mut(id).kind else {
            return;
        };
        let Some(base) = base.take() else { return };
        let members = std::mem::take(members);
        let mut combined = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let Some((inner, object)) = self.object_of(member) else {
                continue;
            };
            let mut fields = base.fields.clone();
            fields.retain(|field| object.fields.iter().all(|own| own.name != field.name));
            fields.extend(object.fields.iter().cloned());
            let additional = object.additional.clone();
            let mut draft = self.get(inner).clone();
            draft.origin = Origin::Part(id, format!("variant_{}", index + 1));
            draft.title = draft.title.filter(|title| !title.is_empty());
            draft.kind = Kind::Object(ObjectDraft { fields, additional });
            combined.push(Expr::Named(self.push(draft)));
        }
        let is_complete = combined.len() == members.len();
        if let Kind::Union(union) = &mut self.get_mut(id).kind {
            union.members = combined;
        }
        if !is_complete {
            self.weaker_type(id, "values beside the properties that are not objects are left out");
            self.get_mut(id).kind = Kind::Object(base);
        }
    }

    pub(super) fn push(&mut self, draft: TypeDraft) -> TypeId {
        let id = self.pending(draft.origin.clone());
        *self.get_mut(id) = draft;
        id
    }

    pub(super) fn weaker_type(&mut self, id: TypeId, text: &str) {
        self.find_type(id, Loss::Weaker, text);
    }

    pub(super) fn find_type(&mut self, id: TypeId, loss: Loss, text: &str) {
        let place = self.place(id);
        let owner = std::mem::replace(&mut self.owner, Owner::Type(id));
        self.find(&place, loss, text);
        self.owner = owner;
    }

    /// Reports fields of requests that the document allows to be null.
    pub fn report_nulls(&mut self, usage: &Usage) {
        for id in &usage.sent {
            let Kind::Object(object) = &self.get(*id).kind else {
                continue;
            };
            let nullable = object.fields.iter().filter(|field| field.nullable && !field.read_only);
            let nullable = nullable.filter(|field| self.resolved(&field.expr) != Expr::JSON);
            let names: Vec<_> = nullable.map(|field| format!("`{}`", field.name)).collect();
            if !names.is_empty() {
                let text = format!("requests leave out {} instead of sending null", names.join(", "));
                self.weaker_type(*id, &text);
            }
        }
    }

    /// Returns the place of a type in the document.
    fn place(&self, id: TypeId) -> String {
        let mut words = Vec::new();
        let mut id = id;
        loop {
            let origin = &self.get(id).origin;
            words.push(origin.word().to_owned());
            match origin {
                Origin::Part(parent, _) if words.len() < MAX_DEPTH => id = *parent,
                Origin::Operation(operation, _) => {
                    words.reverse();
                    let place = self.places.get(operation).map_or("", String::as_str);
                    return format!("{place}: {}", words.join("."));
                }
                Origin::Component(_) | Origin::Part(..) => break,
            }
        }
        words.reverse();
        words.join(".")
    }

    /// Returns the members of a union, with those of unions within it.
    pub(super) fn members_of(&self, union: &UnionDraft) -> Vec<Expr> {
        let mut members = Vec::new();
        let mut seen = BTreeSet::new();
        self.add_members(union, &mut members, &mut seen);
        members
    }

    fn add_members(&self, union: &UnionDraft, members: &mut Vec<Expr>, seen: &mut BTreeSet<TypeId>) {
        for member in &union.members {
            let member = self.resolved(member).required().clone();
            if let Expr::Named(id) = member
                && let Kind::Union(inner) = &self.get(id).kind
            {
                if seen.insert(id) {
                    self.add_members(inner, members, seen);
                }
            } else if !members.contains(&member) {
                members.push(member);
            }
        }
    }

    /// Makes fields optional that would make an object contain itself without end.
    fn remove_endless_objects(&mut self) {
        let edges: Vec<Vec<usize>> = self.ids().map(|id| self.required_objects(id)).collect();
        let components = crate::api::cycles::components(&edges);
        for id in self.ids() {
            let Kind::Object(object) = &self.get(id).kind else {
                continue;
            };
            let endless: Vec<_> = object
                .fields
                .iter()
                .map(|field| {
                    let inner = self.resolved(&field.expr);
                    field.is_present() && matches!(inner, Expr::Named(inner) if components[inner.0] == components[id.0])
                })
                .collect();
            if let Kind::Object(object) = &mut self.get_mut(id).kind {
                for (field, is_endless) in object.fields.iter_mut().zip(endless) {
                    field.required &= !is_endless;
                    field.is_key &= !is_endless;
                }
            }
        }
    }

    fn required_objects(&self, id: TypeId) -> Vec<usize> {
        let Kind::Object(object) = &self.get(id).kind else {
            return Vec::new();
        };
        let required = object.fields.iter().filter(|field| field.is_present());
        let inner = required.filter_map(|field| match self.resolved(&field.expr) {
            Expr::Named(inner) => Some(inner.0),
            _ => None,
        });
        inner.collect()
    }
}
