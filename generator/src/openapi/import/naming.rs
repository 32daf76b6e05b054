//! Names types.

use std::collections::{BTreeSet, HashMap};

use super::draft::{Expr, FieldDraft, Kind, ObjectDraft, OperationDraft, Origin, ResourceDraft, TypeId};
use super::names::{camel, claim};
use super::types::{Types, Usage};
use crate::names::{Scope, model};

/// The number of types within each other that a name is made from.
const MAX_DEPTH: usize = 16;

/// Returns the name of each type that an operation uses.
pub fn names(
    types: &Types,
    usage: &Usage,
    operations: &[OperationDraft],
    resources: &[ResourceDraft],
    scope: &mut Scope<()>,
) -> HashMap<TypeId, String> {
    let mut namer = Namer {
        types,
        operations,
        resources,
        names: HashMap::new(),
    };
    let used: Vec<_> = types
        .ids()
        .filter(|id| usage.contains(*id) && types.resolved(&Expr::Named(*id)) == Expr::Named(*id))
        .collect();
    // Names of the document come before those that are made up.
    let (components, parts): (Vec<_>, Vec<_>) = used
        .into_iter()
        .partition(|id| matches!(types.get(*id).origin, Origin::Component(_)));
    for id in components.into_iter().chain(parts) {
        let wanted = camel(&namer.wanted(id, scope));
        let end = match types.get(id).kind {
            Kind::Enum(_) | Kind::Integers(_) => "Kind",
            _ => "Data",
        };
        let name = claim(scope, &[&wanted, &format!("{wanted}{end}")], |name| [model(name)]);
        namer.names.insert(id, name);
    }
    namer.names
}

/// Returns the names of types that the document names.
pub fn components(types: &Types, usage: &Usage) -> BTreeSet<String> {
    let used = types.ids().filter(|id| usage.contains(*id));
    let names = used.filter_map(|id| match &types.get(id).origin {
        Origin::Component(name) => Some(camel(name)),
        Origin::Part(..) | Origin::Operation(..) => None,
    });
    names.collect()
}

struct Namer<'t, 'd> {
    types: &'t Types<'d>,
    operations: &'t [OperationDraft],
    resources: &'t [ResourceDraft],
    names: HashMap<TypeId, String>,
}

impl Namer<'_, '_> {
    /// Returns the name that a type should have.
    fn wanted(&self, id: TypeId, scope: &Scope<()>) -> String {
        let draft = self.types.get(id);
        if let Some(title) = draft
            .title
            .as_ref()
            .filter(|_| !matches!(draft.origin, Origin::Component(_)))
        {
            let name = camel(title);
            if scope.is_free(&model(&name)) {
                return name;
            }
        }
        let name = self.described(id, 0);
        let is_numbered = draft.origin.word().starts_with("variant_");
        match &draft.member_of {
            Some((union, key)) if is_numbered || !scope.is_free(&model(&name)) => {
                let union = self
                    .names
                    .get(union)
                    .cloned()
                    .unwrap_or_else(|| self.described(*union, 0));
                joined(&union, &camel(key))
            }
            None if is_numbered => self.alternative(id).unwrap_or(name),
            _ => name,
        }
    }

    /// Returns the name of an alternative of a union, which the document does not name.
    fn alternative(&self, id: TypeId) -> Option<String> {
        let Origin::Part(union, _) = self.types.get(id).origin else {
            return None;
        };
        let Kind::AnyOf(members) = &self.types.get(union).kind else {
            return None;
        };
        let name = self
            .names
            .get(&union)
            .cloned()
            .unwrap_or_else(|| self.described(union, 0));
        let word = match &self.types.get(id).kind {
            Kind::Enum(values) => match values.as_slice() {
                [only] => camel(&only.value),
                _ => "Value".to_owned(),
            },
            Kind::Integers(_) => "Number".to_owned(),
            Kind::Object(object) => {
                let others = members.iter().filter_map(|member| member.expr.as_ref());
                let others = others
                    .filter_map(|expr| self.types.object_of(expr))
                    .filter(|(other, _)| *other != id);
                let others: Vec<_> = others.map(|(_, other)| other).collect();
                let has = |other: &ObjectDraft, name: &str| other.fields.iter().any(|field| field.name == name);
                let is_own =
                    |field: &&FieldDraft| field.is_present() && !others.iter().any(|other| has(other, &field.name));
                if others.is_empty() {
                    "Object".to_owned()
                } else {
                    format!("With{}", camel(&object.fields.iter().find(is_own)?.name))
                }
            }
            _ => return None,
        };
        Some(joined(&name, &word))
    }

    fn described(&self, id: TypeId, depth: usize) -> String {
        match &self.types.get(id).origin {
            Origin::Component(name) => camel(name),
            Origin::Part(parent, word) => {
                let parent = match self.types.resolved(&Expr::Named(*parent)) {
                    // The type stands for its parent.
                    Expr::Named(same) if same == id && depth < MAX_DEPTH => return self.described(*parent, depth + 1),
                    Expr::Named(parent) => parent,
                    _ => *parent,
                };
                let known = self.names.get(&parent).cloned();
                let prefix = known.unwrap_or_else(|| {
                    if depth < MAX_DEPTH && parent != id {
                        self.described(parent, depth + 1)
                    } else {
                        String::new()
                    }
                });
                joined(&prefix, &camel(word))
            }
            Origin::Operation(index, word) => match self.operations.get(*index) {
                Some(operation) => {
                    let resource = &self.resources[operation.resource];
                    let name = crate::names::operation(&operation.name, &resource.name, resource.singular.as_deref());
                    format!("{name}{}", camel(word))
                }
                None => camel(word),
            },
        }
    }
}

/// Returns the name of a part. The last word of what it is a part of is not repeated.
fn joined(name: &str, part: &str) -> String {
    let rest = part.strip_prefix(last_word(name)).filter(|_| !name.is_empty());
    let is_word = |rest: &&str| rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_uppercase());
    format!("{name}{}", rest.filter(is_word).unwrap_or(part))
}

fn last_word(name: &str) -> &str {
    name.rfind(|c: char| c.is_ascii_uppercase())
        .map_or(name, |start| &name[start..])
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn words_are_not_repeated() {
        for (name, part, expected) in [
            ("Issue", "Issue", "Issue"),
            ("VectorStoreObject", "Object", "VectorStoreObject"),
            ("TaskGroup", "GroupName", "TaskGroupName"),
            ("Task", "Tasks", "TaskTasks"),
            ("", "Task", "Task"),
        ] {
            assert_eq!(joined(name, part), expected);
        }
    }
}
