//! Unions whose members are told apart by a constant.

use std::collections::{BTreeSet, HashMap};

use super::Types;
use crate::openapi::import::draft::{Discriminator, Expr, Kind, MemberDraft, Origin, TypeId, UnionDraft};

/// Types without the tag of the union that they are members of.
pub type WithoutTag = HashMap<(TypeId, String), Option<TypeId>>;

impl Types<'_> {
    /// Makes a union tagged if a constant of its members tells them apart.
    pub(super) fn settle_tagged(&mut self, id: TypeId, without_tag: &mut WithoutTag) {
        let Kind::Union(union) = self.get(id).kind.clone() else {
            return;
        };
        let members = self.members_of(&union);
        let (objects, others): (Vec<_>, Vec<_>) =
            members.into_iter().partition(|member| self.object_of(member).is_some());
        if objects.len() < 2 {
            return;
        }
        let Some((tag, values)) = self.tag(&objects, union.discriminator.as_ref()) else {
            return;
        };
        let Some(groups) = self.by_value(id, &objects, values) else {
            return;
        };
        let tagged = if others.is_empty() {
            id
        } else {
            self.pending(Origin::Part(id, "object".to_owned()))
        };
        let mut drafts = Vec::new();
        for (member, values) in groups {
            let stripped = self.without_field(member, &tag, without_tag);
            if let (Some(stripped), Some(key)) = (stripped.filter(|stripped| *stripped != member), values.first()) {
                let member_of = (tagged, key.clone());
                self.get_mut(stripped).member_of.get_or_insert(member_of);
            }
            let doc = stripped.is_none().then(|| self.get(member).doc.clone()).flatten();
            drafts.extend(values.into_iter().map(|key| MemberDraft {
                key,
                expr: stripped.map(Expr::Named),
                doc: doc.clone(),
            }));
        }
        self.get_mut(tagged).kind = Kind::Tagged(tag, drafts);
        if tagged != id {
            self.get_mut(id).kind = Kind::Union(UnionDraft {
                members: others.into_iter().chain([Expr::Named(tagged)]).collect(),
                docs: union.docs,
                base: None,
                discriminator: None,
            });
        }
    }

    /// Returns the members with their values of the tag. Members with the same values are merged. Fails if values overlap
    /// otherwise, or if all members have the same ones.
    fn by_value(
        &mut self,
        id: TypeId,
        members: &[Expr],
        values: Vec<Vec<String>>,
    ) -> Option<Vec<(TypeId, Vec<String>)>> {
        let mut groups: Vec<(Vec<TypeId>, Vec<String>)> = Vec::new();
        for (member, values) in members.iter().zip(values) {
            let (member, _) = self.object_of(member)?;
            match groups.iter_mut().find(|(_, known)| *known == values) {
                Some((group, _)) => group.push(member),
                None => groups.push((vec![member], values)),
            }
        }
        let values: Vec<_> = groups.iter().map(|(_, values)| values.clone()).collect();
        if groups.len() < 2 || !are_distinct(&values) {
            return None;
        }
        let mut members = Vec::new();
        for (group, values) in groups {
            let member = if let [only] = group.as_slice() {
                *only
            } else {
                let tags = values.join("`, `");
                let text = format!("alternatives with the tag `{tags}` are one type with the fields of all");
                self.weaker_type(id, &text);
                self.merged(id, &group, &values.join("_"))
            };
            members.push((member, values));
        }
        Some(members)
    }

    /// Returns the key whose value tells the members apart, and its values for each member.
    fn tag(&self, members: &[Expr], discriminator: Option<&Discriminator>) -> Option<(String, Vec<Vec<String>>)> {
        if let Some(Discriminator { tag, mapping }) = discriminator {
            let values = members.iter().map(|member| {
                let mapped: Vec<_> = mapping
                    .iter()
                    .filter(|(_, target)| self.resolved(target) == *member)
                    .map(|(value, _)| value.clone())
                    .collect();
                let (id, _) = self.object_of(member)?;
                if !mapped.is_empty() {
                    return Some(mapped);
                }
                let constants = self.constants(member, tag);
                Some(constants.unwrap_or_else(|| vec![self.get(id).origin.word().to_owned()]))
            });
            let values: Vec<_> = values.collect::<Option<_>>()?;
            return Some((tag.clone(), values));
        }
        let (_, first) = self.object_of(members.first()?)?;
        let candidates = first.fields.iter().filter_map(|field| {
            let values: Option<Vec<_>> = members
                .iter()
                .map(|member| self.constants(member, &field.name))
                .collect();
            Some((field.name.clone(), values?))
        });
        // The key with most values says most about the members.
        let count = |values: &[Vec<String>]| values.iter().flatten().collect::<BTreeSet<_>>().len();
        let candidates: Vec<_> = candidates.collect();
        candidates
            .into_iter()
            .rev()
            .max_by_key(|(_, values)| (are_distinct(values), count(values)))
    }

    /// Returns the values of a required field that is an enum.
    fn constants(&self, member: &Expr, name: &str) -> Option<Vec<String>> {
        let (_, object) = self.object_of(member)?;
        let field = object.fields.iter().find(|field| field.name == name)?;
        let Expr::Named(id) = self.resolved(&field.expr) else {
            return None;
        };
        match &self.get(id).kind {
            Kind::Enum(values) if field.is_present() => Some(values.iter().map(|value| value.value.clone()).collect()),
            _ => None,
        }
    }

    /// Returns a copy of an object without a field, or `None` if nothing is left of it.
    fn without_field(&mut self, id: TypeId, name: &str, known: &mut WithoutTag) -> Option<TypeId> {
        let key = (id, name.to_owned());
        if let Some(known) = known.get(&key) {
            return *known;
        }
        let mut draft = self.get(id).clone();
        let copy = match &mut draft.kind {
            Kind::Object(object) => {
                let count = object.fields.len();
                object.fields.retain(|field| field.name != name);
                if object.fields.is_empty() && object.additional.is_none() {
                    None
                } else if object.fields.len() == count {
                    Some(id)
                } else {
                    Some(self.push(draft))
                }
            }
            _ => Some(id),
        };
        known.insert(key, copy);
        copy
    }
}

fn are_distinct(values: &[Vec<String>]) -> bool {
    let mut seen = BTreeSet::new();
    values.iter().all(|values| !values.is_empty()) && values.iter().flatten().all(|value| seen.insert(value))
}
