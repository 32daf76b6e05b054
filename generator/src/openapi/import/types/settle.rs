//! Determines the form of each union, once all types are known.

use std::collections::{BTreeSet, HashMap};

use super::{Owner, Types, Usage};
use crate::openapi::import::draft::{Discriminator, Expr, Kind, MemberDraft, ObjectDraft, Origin, TypeId, UnionDraft};
use crate::openapi::import::finding::Loss;
use crate::syntax::Scalar;

/// The number of aliases and unions within each other that are followed.
const MAX_DEPTH: usize = 128;

/// Types without the tag of the union that they are members of.
type WithoutTag = HashMap<(TypeId, String), Option<TypeId>>;

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

    fn push(&mut self, draft: crate::openapi::import::draft::TypeDraft) -> TypeId {
        let id = self.pending(draft.origin.clone());
        *self.get_mut(id) = draft;
        id
    }

    fn weaker_type(&mut self, id: TypeId, text: &str) {
        self.find_type(id, Loss::Weaker, text);
    }

    fn find_type(&mut self, id: TypeId, loss: Loss, text: &str) {
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
    fn members_of(&self, union: &UnionDraft) -> Vec<Expr> {
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

    /// Makes a union tagged if a constant of its members tells them apart.
    fn settle_tagged(&mut self, id: TypeId, without_tag: &mut WithoutTag) {
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

    /// Settles a union without a tag: members that cannot be told apart are merged.
    fn settle_untagged(&mut self, id: TypeId) {
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

    /// Returns members of which each is chosen for some values.
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

    /// Returns the members that are strings: forms first, then known values, then any string.
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
        if any && forms.contains(&Expr::Scalar(Scalar::Base64)) {
            forms.retain(|form| *form != Expr::Scalar(Scalar::Base64));
        }
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
    fn merged(&mut self, id: TypeId, group: &[TypeId], word: &str) -> TypeId {
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

fn are_distinct(values: &[Vec<String>]) -> bool {
    let mut seen = BTreeSet::new();
    values.iter().all(|values| !values.is_empty()) && values.iter().flatten().all(|value| seen.insert(value))
}

/// Returns the keys that every object has.
fn keys(object: &ObjectDraft) -> BTreeSet<String> {
    let present = object.fields.iter().filter(|field| field.is_present());
    present.map(|field| field.name.clone()).collect()
}
