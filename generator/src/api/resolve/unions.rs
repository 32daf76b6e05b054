//! Resolves unions and their members.

use super::resolver::Resolver;
use crate::api::model::{Member, Type, Union, UnionForm};
use crate::syntax::{Diagnostic, MemberDefinition, OrderedMap, Place, TypeExpr};

impl Resolver<'_> {
    pub fn union(&mut self, members: &Place, form: UnionForm, definitions: &OrderedMap<MemberDefinition>) -> Union {
        let mut resolved = Vec::new();
        for (key, definition) in definitions.iter() {
            let place = members.entry(key);
            let at = if definition.is_mapping {
                place.value("type")
            } else {
                members.value(key)
            };
            let ty = self.member_type(&at, &form, &definition.ty);
            resolved.extend(ty.map(|ty| Member {
                key: key.to_owned(),
                alias: definition.alias.clone(),
                doc: definition.doc.clone(),
                deprecated: definition.deprecated.clone(),
                ty,
                place,
            }));
        }
        Union {
            form,
            members: resolved,
        }
    }

    /// Resolves the type of a member, which is `None` for a member without a value. Fails after an error was reported.
    fn member_type(&mut self, place: &Place, form: &UnionForm, expression: &TypeExpr) -> Result<Option<Type>, ()> {
        match form {
            UnionForm::Tagged(_) if expression.is_nothing() => Ok(None),
            UnionForm::Keyed | UnionForm::Untagged if expression.is_nothing() => {
                self.errors.push(
                    Diagnostic::new(place.clone(), "only a member of a union with `tag` can be `nothing`")
                        .note("the tag is then the only key of the object")
                        .help("write a type, such as `json`"),
                );
                Err(())
            }
            _ => self.value_type(place, expression).map(Some).ok_or(()),
        }
    }
}

pub fn tag_without_one_of(ty: &Place) -> Diagnostic {
    Diagnostic::new(ty.entry("tag"), "`tag` is only allowed with `one_of`")
        .note("`tag` names the key whose value determines the member of a union")
        .help("add `one_of`, or remove `tag`")
}
