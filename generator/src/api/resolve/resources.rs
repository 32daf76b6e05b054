//! Resolves resources and their references to each other.

use super::resolver::Resolver;
use crate::api::model::{FieldId, ModuleOf, Resource, ResourceId, TypeDef};
use crate::syntax::{Diagnostic, OrderedMap, Place, ResourceFile};

impl Resolver<'_> {
    pub fn resource(&mut self, source: usize, file: &ResourceFile, types: &mut Vec<TypeDef>) -> Resource {
        let place = Place::file(source);
        let parent = file.parent.as_ref();
        let module_of = file.module_of.as_ref();
        let mut operations = Vec::new();
        for (name, definition) in file.operations.iter() {
            let place = place.entry("operations").entry(name);
            operations.extend(self.operation(place, name, definition, &file.resource));
        }
        Resource {
            name: file.resource.clone(),
            singular: file.singular.clone(),
            doc: file.doc.clone(),
            parent: parent.and_then(|parent| self.resource_id(&place.value("parent"), parent)),
            module_of: module_of.and_then(|module| self.module_of(&place.value("module_of"), module)),
            operations,
            types: self.types(&place, &file.types, types),
            place: place.value("resource"),
            file: place,
        }
    }

    fn resource_id(&mut self, place: &Place, name: &str) -> Option<ResourceId> {
        let found = self.names.resource(name).map(|(id, _)| id);
        if found.is_none() {
            let unknown = Diagnostic::new(place.word(name), format!("unknown resource `{name}`"));
            self.errors.push_with_suggestion(unknown, name, self.names.resources());
        }
        found
    }

    fn module_of(&mut self, place: &Place, module: &str) -> Option<ModuleOf> {
        let Some((name, field)) = module.split_once('.') else {
            self.errors.push(
                Diagnostic::new(
                    place.clone(),
                    format!("expected a resource and a field, found `{module}`"),
                )
                .help("write `RESOURCE.FIELD`, such as `users.address`"),
            );
            return None;
        };
        let resource = self.resource_id(place, name)?;
        let field = self.field_id(place, name, field)?;
        Some(ModuleOf { resource, field })
    }

    /// Finds a field by name in the types of a resource.
    fn field_id(&mut self, place: &Place, resource: &str, field: &str) -> Option<FieldId> {
        let (_, file) = self.names.resource(resource)?;
        let types = || {
            let types = file.types.iter();
            types.filter_map(|(name, definition)| Some((name, definition.fields.as_ref()?)))
        };
        let found = types().find_map(|(name, fields)| {
            let index = fields.keys().position(|known| known == field)?;
            let (ty, _) = self.names.ty(name)?;
            Some(FieldId { ty, index })
        });
        if found.is_none() {
            let known = types().flat_map(|(_, fields)| OrderedMap::keys(fields));
            let error = Diagnostic::new(
                place.word(field),
                format!("no type of `{resource}` has a field `{field}`"),
            );
            self.errors.push_with_suggestion(error, field, known);
        }
        found
    }
}
