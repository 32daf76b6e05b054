//! `mod.rs`: the modules and the public paths.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

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
    let operations = resources.iter().map(|resource| &resource.module);
    quote! {
        #(#modules)*

        #[cfg(feature = "fake")]
        pub(crate) use api::API;

        #[doc = " The objects and enums of the API."]
        pub mod models {
            #(#own_models)*
            #shared_models
        }

        #[doc = " The resources of the API: handles with a method for each operation, and request builders."]
        pub mod resources {
            #(#calls)*
        }

        #[doc = " The types of the operations: what `Fault::on` and generic helpers name."]
        pub mod operations {
            #(pub use super::#operations::op::*;)*
        }
    }
}

/// The modules in the order of their names.
fn modules(generated: &Generated) -> Vec<TokenStream> {
    let shared = generated.shared.as_ref().map(|_| quote! { shared });
    let resources = generated
        .resources
        .iter()
        .map(|resource| resource.module.to_token_stream());
    let mut modules: Vec<_> = [quote! { api }, quote! { client }]
        .into_iter()
        .chain(shared)
        .chain(resources)
        .map(|module| (module.to_string(), quote! { mod #module; }))
        .chain([("fake".to_owned(), quote! { #[cfg(feature = "fake")] mod fake; })])
        .collect();
    modules.sort_by(|(a, _), (b, _)| a.cmp(b));
    modules.into_iter().map(|(_, module)| module).collect()
}

/// Makes sorted names of a resource's module public.
fn reexport(resource: &Resource, names: &[&Ident]) -> Option<TokenStream> {
    let module = &resource.module;
    (!names.is_empty()).then(|| quote! { pub use super::#module::{#(#names),*}; })
}

fn model_names(models: &[Model]) -> Vec<&Ident> {
    let mut names: Vec<_> = models.iter().map(Model::name).collect();
    names.sort();
    names
}

fn call_names(resource: &Resource) -> Vec<&Ident> {
    resource.operations.iter().map(|operation| &operation.call).collect()
}
