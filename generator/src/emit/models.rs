//! Structs of the API's objects.

use super::types;
use crate::docs;
use crate::rust::{Field, Model, Shared};
use proc_macro2::TokenStream;
use quote::quote;

/// `shared.rs`: the types that several resources use.
pub fn emit_shared(shared: &Shared) -> TokenStream {
    let imports = types::imports(&shared.imports, &quote! { super::models });
    let models = shared.models.iter().map(emit);
    quote! {
        #imports
        #(#models)*
    }
}

pub fn emit(model: &Model) -> TokenStream {
    let name = &model.name;
    let doc = docs::text(&model.doc);
    let fields = model.fields.iter().map(|field| {
        let (name, ty) = (&field.name, types::emit(&field.ty));
        let doc = docs::text(&field.doc);
        quote! { #doc pub #name: #ty }
    });
    let entries = model.fields.iter().map(entry);
    quote! {
        #doc
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }

        object!(#name { #(#entries,)* });
    }
}

/// How a field reads and writes, as the runtime's macro takes it.
fn entry(field: &Field) -> TokenStream {
    let (wire_name, name) = (&field.wire_name, &field.name);
    let required = field.required.then(|| quote! { required });
    quote! { #wire_name => #name #required }
}
