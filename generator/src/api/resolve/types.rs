//! Named types and their fields.

use super::Resolver;
use crate::api::model::{Field, TypeDef, TypeKind, Value, Variant};
use crate::syntax::{Diagnostic, Place};
use crate::syntax::{Entries, FieldDefinition, TypeDefinition, TypeExpr};

impl Resolver<'_> {
    pub(super) fn types(&mut self, file: &Place, types: &Entries<TypeDefinition>) -> Vec<TypeDef> {
        types
            .iter()
            .map(|(name, definition)| {
                let place = file.entry("types").entry(name);
                TypeDef {
                    name: name.to_owned(),
                    doc: definition.doc.clone(),
                    id_prefix: definition.id_prefix.clone(),
                    kind: self.kind(&place, name, definition),
                    place,
                }
            })
            .collect()
    }

    fn kind(&mut self, place: &Place, name: &str, definition: &TypeDefinition) -> TypeKind {
        match (&definition.fields, &definition.values, &definition.one_of) {
            (Some(fields), None, None) => TypeKind::Object(self.fields(&place.entry("fields"), fields)),
            (None, Some(values), None) => TypeKind::Enum(Self::values(&place.entry("values"), values)),
            (None, None, Some(keys)) => TypeKind::Union(self.variants(&place.entry("one_of"), keys)),
            _ => {
                self.errors.push(
                    Diagnostic::new(place.clone(), format!("type `{name}` is not of one kind"))
                        .note("an object has `fields`, an open enumeration `values`, a union by its key `one_of`")
                        .help("give it one of the three"),
                );
                TypeKind::Object(Vec::new())
            }
        }
    }

    fn fields(&mut self, fields: &Place, definitions: &Entries<FieldDefinition>) -> Vec<Field> {
        let mut resolved = Vec::new();
        for (name, definition) in definitions.iter() {
            let place = fields.entry(name);
            resolved.push(self.field(place, name, definition));
        }
        resolved
    }

    fn field(&mut self, place: Place, name: &str, definition: &FieldDefinition) -> Field {
        Field {
            name: name.to_owned(),
            alias: definition.alias.clone(),
            doc: definition.doc.clone(),
            ty: self.value_type(&place.value("type"), &definition.ty),
            create: definition.create,
            update: definition.update,
            read: definition.read,
            required: definition.required,
            send: definition
                .send
                .as_ref()
                .map(|send| self.value_type(&place.value("send"), send)),
            secret: definition.secret,
            deprecated: definition.deprecated.clone(),
            default: definition.default.clone(),
            max_bytes: definition.max_bytes,
            example: definition.example.clone(),
            shows_as: definition.shows_as.clone(),
            once: definition.once,
            place,
        }
    }

    fn values(values: &Place, definitions: &Entries<String>) -> Vec<Value> {
        let value = |(name, doc): (&str, &String)| Value {
            name: name.to_owned(),
            doc: doc.clone(),
            place: values.entry(name),
        };
        definitions.iter().map(value).collect()
    }

    fn variants(&mut self, keys: &Place, definitions: &Entries<TypeExpr>) -> Vec<Variant> {
        let mut variants = Vec::new();
        for (key, expression) in definitions.iter() {
            let ty = self.value_type(&keys.value(key), expression);
            variants.push(Variant {
                key: key.to_owned(),
                ty,
                place: keys.entry(key),
            });
        }
        variants
    }
}
