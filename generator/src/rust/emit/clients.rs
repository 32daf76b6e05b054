//! `client.rs`: the methods of the clients that lead to the resources.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::docs;
use crate::rust::ir::Resource;

pub fn emit(resources: &[Resource]) -> TokenStream {
    let handles = resources.iter().map(|resource| &resource.handle);
    let entries = resources.iter().map(
        |Resource {
             module, handle, doc, ..
         }| {
            let doc = docs::text(doc);
            quote! { #doc #module: #handle }
        },
    );
    quote! {
        use super::resources::{#(#handles),*};
        use crate::runtime::handles;

        handles!({ #(#entries,)* });
    }
}
