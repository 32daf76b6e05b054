//! The imports of each file.

use std::collections::BTreeSet;

use proc_macro2::Ident;

use crate::names;
use crate::rust::ir::{
    self, Model, NextPage, Operation, OperationInfo, Output, Paging, RequestBody, RustType, SetterKind, UnionForm,
};

/// Collects the names that a file uses.
#[derive(Default)]
pub struct Imports {
    models: BTreeSet<Ident>,
    /// The models that the file itself defines.
    own: BTreeSet<Ident>,
    runtime: BTreeSet<Ident>,
    map: bool,
}

impl Imports {
    /// Collects the imports of a file that contains only models.
    pub fn of_models(models: &[Model]) -> Self {
        let mut imports = Self::default();
        imports.models(models);
        imports
    }

    /// Collects the imports of a resource's file, without those of its module `op`.
    pub fn of_resource(operations: &[Operation], models: &[Model]) -> Self {
        let mut imports = Self::of_models(models);
        imports.runtime("Call");
        imports.runtime("CallParameters");
        for operation in operations {
            let path = operation.path.iter().map(|parameter| &parameter.argument.ty);
            let others = operation.parameters.iter().map(|parameter| &parameter.ty);
            path.chain(others).for_each(|ty| imports.ty(ty));
            if operation.optional().next().is_some() {
                imports.runtime("setters");
            }
            imports.body(&operation.body);
            match &operation.body {
                RequestBody::Nothing | RequestBody::Empty => {}
                RequestBody::Whole(ty, _) => imports.ty(ty),
                RequestBody::Optional(ty, _) => imports.argument(ty),
                RequestBody::Derived(derived) => imports.derived(derived),
            }
        }
        imports
    }

    /// Collects the imports of a resource's module `op`.
    pub fn of_operations(operations: &[Operation]) -> Self {
        let mut imports = Self::default();
        imports.runtime("operations");
        for operation in operations {
            match &operation.output {
                Output::Nothing | Output::Headers => {}
                Output::Value(ty) => imports.ty(ty),
                Output::Page(item) => {
                    imports.ty(item);
                    imports.runtime("Page");
                }
                Output::ByStatus(result) => {
                    imports.runtime("responses");
                    let types = result.variants.iter().filter_map(|variant| variant.ty.as_ref());
                    types.for_each(|ty| imports.ty(ty));
                }
            }
            imports.body(&operation.body);
            match &operation.body {
                RequestBody::Nothing | RequestBody::Empty => {}
                RequestBody::Whole(ty, _) | RequestBody::Optional(ty, _) => imports.ty(ty),
                RequestBody::Derived(derived) => drop(imports.models.insert(derived.model.clone())),
            }
        }
        imports
    }

    /// Collects the imports of the constants in a resource's module `op`.
    pub fn of_constants(operations: &[Operation]) -> Self {
        let mut imports = Self::default();
        for OperationInfo { fixed, page, .. } in operations.iter().map(|operation| &operation.info) {
            if fixed.is_some() {
                imports.runtime("Constant");
            }
            if let Some((_, paging)) = page.as_ref().and_then(|page| page.own_paging.as_ref()) {
                imports.paging(paging);
            }
        }
        imports
    }

    /// Collects the name of the type that wraps a request body.
    fn body(&mut self, body: &RequestBody) {
        match body {
            RequestBody::Nothing => {}
            RequestBody::Empty => self.runtime("EmptyBody"),
            RequestBody::Whole(..) | RequestBody::Optional(..) | RequestBody::Derived(_) => self.runtime("JsonBody"),
        }
    }

    fn paging(&mut self, paging: &Paging) {
        self.runtime("NextPage");
        self.runtime("Paging");
        match paging.next {
            NextPage::None | NextPage::Uri(_) | NextPage::Link(_) | NextPage::Cursor { .. } => {}
            NextPage::Page { .. } | NextPage::Offset { .. } | NextPage::LastItem { .. } => self.runtime("LastPage"),
        }
    }

    fn derived(&mut self, derived: &ir::DerivedBody) {
        self.models.insert(derived.model.clone());
        derived
            .arguments
            .iter()
            .for_each(|argument| self.argument(&argument.ty));
        derived.setters.iter().for_each(|setter| self.argument(&setter.ty));
        if derived.setters.iter().any(|setter| setter.method == setter.name) {
            self.runtime("setters");
        }
        if derived
            .setters
            .iter()
            .any(|setter| setter.kind == SetterKind::Clearable)
        {
            self.runtime("Patch");
        }
    }

    /// Collects the names in the type of an argument. A map is passed as an iterator.
    fn argument(&mut self, ty: &RustType) {
        match ty {
            RustType::Map(inner) => self.ty(inner),
            other => self.ty(other),
        }
    }

    fn models(&mut self, models: &[Model]) {
        for model in models {
            self.own.insert(model.name().clone());
            match model {
                Model::Struct(object) => {
                    self.runtime("object");
                    if let Some(builder) = &object.builder
                        && (1..object.fields.len()).contains(&builder.arguments.len())
                    {
                        self.runtime("JsonValue");
                    }
                    object.fields.iter().for_each(|field| self.ty(&field.ty));
                    if object
                        .builder
                        .as_ref()
                        .is_some_and(|builder| !builder.setters.is_empty())
                    {
                        self.runtime("setters");
                    }
                }
                Model::Enum(_) => {
                    self.runtime("UnknownValue");
                    self.runtime("values");
                }
                Model::IntegerEnum(_) => {
                    self.runtime("UnknownInteger");
                    self.runtime("integer_values");
                }
                Model::Union(union) => {
                    let (code, unknown) = match union.form {
                        UnionForm::Keyed => ("one_of", "UnknownKeys"),
                        UnionForm::Tagged(_) => ("tagged", "UnknownMember"),
                        UnionForm::Untagged => ("any_of", "UnknownJson"),
                    };
                    self.runtime(code);
                    self.runtime(unknown);
                    if !union.conversions.is_empty() {
                        self.runtime("from_members");
                    }
                    let types = union.variants.iter().filter_map(|variant| variant.ty.as_ref());
                    types.for_each(|ty| self.ty(ty));
                }
            }
        }
    }

    fn ty(&mut self, ty: &RustType) {
        match ty {
            RustType::String
            | RustType::Bool
            | RustType::I32
            | RustType::I64
            | RustType::U32
            | RustType::U64
            | RustType::F64
            | RustType::Json => {}
            RustType::Timestamp => self.runtime("Timestamp"),
            RustType::Date => self.runtime("Date"),
            RustType::Uuid => self.runtime("Uuid"),
            RustType::Bytes => self.runtime("Bytes"),
            RustType::Secret => self.runtime("SecretString"),
            RustType::Vec(inner) | RustType::Option(inner) | RustType::Box(inner) => self.ty(inner),
            RustType::Patch(inner) => {
                self.runtime("Patch");
                self.ty(inner);
            }
            RustType::Map(inner) => {
                self.map = true;
                self.ty(inner);
            }
            RustType::Model(name) => drop(self.models.insert(name.clone())),
        }
    }

    fn runtime(&mut self, name: &str) {
        self.runtime.insert(names::runtime(name));
    }

    pub fn finish(self) -> ir::Imports {
        ir::Imports {
            models: self.models.difference(&self.own).cloned().collect(),
            runtime: self.runtime.into_iter().collect(),
            map: self.map,
        }
    }
}
