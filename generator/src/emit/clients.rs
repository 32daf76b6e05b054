//! `client.rs`: the methods of the clients that lead to the resources.

use crate::docs;
use crate::rust::Resource;
use proc_macro2::TokenStream;
use quote::quote;

pub fn emit(resources: &[Resource]) -> TokenStream {
    let handles = resources.iter().map(|resource| &resource.handle);
    let accessors: Vec<_> = resources.iter().map(accessor).collect();
    quote! {
        use super::resources::{#(#handles),*};
        use crate::runtime::Client;
        #[cfg(feature = "blocking")]
        use crate::runtime::blocking;

        impl Client {
            #(#accessors)*
        }

        #[cfg(feature = "blocking")]
        impl blocking::Client {
            #(#accessors)*
        }
    }
}

fn accessor(resource: &Resource) -> TokenStream {
    let Resource { module, handle, .. } = resource;
    let doc = docs::text(&resource.doc);
    quote! {
        #doc
        pub fn #module(&self) -> #handle<'_, Self> {
            #handle::new(self)
        }
    }
}
