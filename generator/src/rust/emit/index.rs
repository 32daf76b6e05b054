//! `mod.rs`: the modules and their public re-exports.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

use super::condition::condition;
use crate::rust::ir::{Generated, Model, Resource};

pub fn emit(generated: &Generated) -> TokenStream {
    let resources = &generated.resources;
    let modules = modules(generated);
    let own_models = resources
        .iter()
        .map(|resource| reexport(resource, &model_names(&resource.models)));
    let shared_models = generated.shared.as_ref().map(|shared| {
        let names = model_names(&shared.models);
        quote! { pub use super::shared::{#(#names),*}; }
    });
    let calls = resources.iter().map(|resource| {
        let mut names = call_names(resource);
        names.push(&resource.handle);
        names.sort();
        reexport(resource, &names)
    });
    let operations = resources.iter().map(|resource| {
        let (condition, module) = (condition(resource.feature.as_ref()), &resource.module);
        quote! { #condition pub use super::#module::op::*; }
    });
    let has_features = resources.iter().any(|resource| resource.feature.is_some());
    let incomplete = has_features.then(|| {
        quote! {
            #![cfg_attr(
                not(feature = "all-resources"),
                allow(dead_code, unused_imports, reason = "some resources may be missing")
            )]
        }
    });
    quote! {
        #![allow(deprecated, reason = "deprecated parts of the API use each other")]
        #![allow(clippy::should_implement_trait, reason = "an API may have a field `add` or `not`")]

        #incomplete

        #(#modules)*

        #[doc = " Objects, enums and unions of the API."]
        pub mod models {
            #(#own_models)*
            #shared_models
        }

        #[doc = " Resource handles, with one method per operation, and the request builders they return."]
        pub mod resources {
            #(#calls)*
        }

        #[doc = " Operation types, for use with `Fault::on` and in generic code."]
        pub mod operations {
            #(#operations)*
        }
    }
}

/// Emits the modules, sorted by name.
fn modules(generated: &Generated) -> Vec<TokenStream> {
    let shared = generated.shared.as_ref().map(|_| quote! { shared });
    let resources = generated
        .resources
        .iter()
        .map(|resource| (resource.module.to_string(), resource_module(resource)));
    let mut modules: Vec<_> = [quote! { api }, quote! { client }]
        .into_iter()
        .chain(shared)
        .map(|module| (module.to_string(), quote! { mod #module; }))
        .chain(resources)
        .chain([
            ("exports".to_owned(), quote! { pub mod exports; }),
            ("fake".to_owned(), quote! { #[cfg(feature = "fake")] mod fake; }),
        ])
        .collect();
    modules.sort_by(|(a, _), (b, _)| a.cmp(b));
    modules.into_iter().map(|(_, module)| module).collect()
}

/// Emits the module of a resource, with the path of its file if that has another name.
fn resource_module(resource: &Resource) -> TokenStream {
    let (condition, module) = (condition(resource.feature.as_ref()), &resource.module);
    if *module.unraw().to_string() == resource.file_stem {
        quote! { #condition mod #module; }
    } else {
        let file = format!("{}.rs", resource.file_stem);
        quote! { #condition #[path = #file] mod #module; }
    }
}

/// Emits a re-export of sorted names from a resource's module.
fn reexport(resource: &Resource, names: &[&Ident]) -> Option<TokenStream> {
    let (condition, module) = (condition(resource.feature.as_ref()), &resource.module);
    (!names.is_empty()).then(|| quote! { #condition pub use super::#module::{#(#names),*}; })
}

fn model_names(models: &[Model]) -> Vec<&Ident> {
    let mut names: Vec<_> = models.iter().map(Model::name).collect();
    names.sort();
    names
}

fn call_names(resource: &Resource) -> Vec<&Ident> {
    resource.operations.iter().map(|operation| &operation.call).collect()
}
