//! Resolves named types and their fields.

use super::resolver::Resolver;
use super::unions;
use crate::api::model::{Additional, Field, Type, TypeDef, TypeId, TypeKind, UnionForm, Value};
use crate::syntax::{Diagnostic, FieldDefinition, OrderedMap, Place, TypeDefinition, ValueDefinition};

impl Resolver<'_> {
    /// Adds the types of a file to the types of the API and returns their IDs.
    pub fn types(
        &mut self,
        file: &Place,
        definitions: &OrderedMap<TypeDefinition>,
        types: &mut Vec<TypeDef>,
    ) -> Vec<TypeId> {
        let first = types.len();
        for (name, definition) in definitions.iter() {
            let place = file.entry("types").entry(name);
            let additional = self.additional(&place, definition);
            types.extend(self.kind(&place, name, definition).map(|kind| TypeDef {
                name: name.to_owned(),
                doc: definition.doc.clone(),
                id_prefix: definition.id_prefix.clone(),
                additional,
                deprecated: definition.deprecated.clone(),
                kind,
                place,
            }));
        }
        (first..types.len()).map(TypeId).collect()
    }

    fn kind(&mut self, place: &Place, name: &str, definition: &TypeDefinition) -> Option<TypeKind> {
        let TypeDefinition {
            fields,
            values,
            integers,
            one_of,
            tag,
            any_of,
            ..
        } = definition;
        if tag.is_some() && one_of.is_none() {
            self.errors.push(unions::tag_without_one_of(place));
        }
        match (fields, values, integers, one_of, any_of) {
            (Some(fields), None, None, None, None) => {
                Some(TypeKind::Object(self.fields(&place.entry("fields"), fields)))
            }
            (None, Some(values), None, None, None) => {
                let place = place.entry("values");
                let values = values.iter();
                Some(TypeKind::Enum(
                    values
                        .map(|(name, definition)| value(&place, name.to_owned(), definition))
                        .collect(),
                ))
            }
            (None, None, Some(integers), None, None) => {
                let place = place.entry("integers");
                let integers = integers.iter();
                Some(TypeKind::IntegerEnum(
                    integers
                        .map(|(number, definition)| value(&place, number, definition))
                        .collect(),
                ))
            }
            (None, None, None, Some(members), None) => {
                let form = tag.clone().map_or(UnionForm::Keyed, UnionForm::Tagged);
                Some(TypeKind::Union(self.union(&place.entry("one_of"), form, members)))
            }
            (None, None, None, None, Some(members)) => {
                let union = self.union(&place.entry("any_of"), UnionForm::Untagged, members);
                Some(TypeKind::Union(union))
            }
            _ => {
                self.errors.push(
                    Diagnostic::new(
                        place.clone(),
                        format!(
                            "type `{name}` needs exactly one of `fields`, `values`, `integers`, `one_of` and `any_of`"
                        ),
                    )
                    .note(
                        "an object has `fields`, an enum has `values` or `integers`, a union has `one_of` or `any_of`",
                    ),
                );
                None
            }
        }
    }

    fn additional(&mut self, ty: &Place, definition: &TypeDefinition) -> Option<Additional> {
        let additional = definition.additional.as_ref()?;
        let place = ty.entry("additional");
        if definition.fields.is_none() {
            let error = Diagnostic::new(place, "`additional` is only allowed with `fields`");
            let error = error.note("`additional` is the type of the keys of an object that are not in `fields`");
            self.errors
                .push(error.help("remove `additional`, or use `map<T>` where the type is used"));
            return None;
        }
        let at = if additional.is_mapping {
            place.value("type")
        } else {
            ty.value("additional")
        };
        let value = self.value_type(&at, &additional.ty)?;
        Some(Additional {
            name: additional.alias.clone().unwrap_or_else(|| "additional".to_owned()),
            doc: additional.doc.clone(),
            deprecated: additional.deprecated.clone(),
            ty: Type::Map(Box::new(value)),
            place,
        })
    }

    fn fields(&mut self, fields: &Place, definitions: &OrderedMap<FieldDefinition>) -> Vec<Field> {
        let mut resolved = Vec::new();
        for (name, definition) in definitions.iter() {
            resolved.extend(self.field(fields.entry(name), name, definition));
        }
        resolved
    }

    fn field(&mut self, place: Place, name: &str, definition: &FieldDefinition) -> Option<Field> {
        let ty = self.value_type(&place.value("type"), &definition.ty);
        let send = match &definition.send {
            Some(send) => Some(self.value_type(&place.value("send"), send)?),
            None => None,
        };
        Some(Field {
            name: name.to_owned(),
            alias: definition.alias.clone(),
            doc: definition.doc.clone(),
            ty: ty?,
            create: definition.create,
            update: definition.update,
            in_response: definition.read,
            required: definition.required,
            send,
            secret: definition.secret,
            deprecated: definition.deprecated.clone(),
            default: definition.default.clone(),
            max_bytes: definition.max_bytes,
            example: definition.example.clone(),
            shows_as: definition.shows_as.clone(),
            once: definition.once,
            place,
        })
    }
}

/// Resolves a value of an enum.
fn value<W: ToString>(values: &Place, name: W, definition: &ValueDefinition) -> Value<W> {
    Value {
        place: values.entry(&name.to_string()),
        name,
        alias: definition.alias.clone(),
        doc: definition.doc.clone(),
        deprecated: definition.deprecated.clone(),
    }
}
