//! `client.rs`: constructors of the clients, and their methods that lead to the resources.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::docs;
use crate::rust::ir::{Api, RateLimit, Resource};

pub fn emit(api: &Api, resources: &[Resource]) -> TokenStream {
    let handles = resources.iter().map(|resource| &resource.handle);
    let imports = (!resources.is_empty()).then(|| quote! { use super::resources::{#(#handles),*}; });
    let constructors = constructors(api);
    let rate_limit = api.rate_limit.map(|_| quote! { RateLimit, });
    let entries = resources.iter().map(
        |Resource {
             module, handle, doc, ..
         }| {
            let doc = docs::text(doc);
            quote! { #doc #module: #handle }
        },
    );
    quote! {
        use super::api::API;
        #imports
        #[cfg(feature = "blocking")]
        use crate::runtime::blocking;
        use crate::runtime::{Builder, Client, ClientBuilder, Error, #rate_limit handles};

        #constructors

        handles!({ #(#entries,)* });
    }
}

/// The functions that hand the description of the API to the runtime.
fn constructors(api: &Api) -> TokenStream {
    let asynchronous = client(
        api,
        &quote! { Client },
        &quote! { ClientBuilder },
        &quote! { #[cfg(feature = "async")] },
    );
    let blocking = client(
        api,
        &quote! { blocking::Client },
        &quote! { blocking::ClientBuilder },
        &TokenStream::new(),
    );
    let from_env = docs::from_env("Starts building a client", api);
    let rate_limit = api.rate_limit.map(api_rate_limit);
    quote! {
        #asynchronous

        #[cfg(feature = "blocking")]
        #blocking

        impl<T: ?Sized> Builder<T> {
            #from_env
            pub fn from_env() -> Result<Self, Error> {
                Self::from_variable(&API)
            }

            #rate_limit
        }
    }
}

/// The method of a builder that sets the rate limit of the API.
pub fn api_rate_limit(limit: RateLimit) -> TokenStream {
    let doc = docs::api_rate_limit(limit);
    let limit = super::api::rate_limit(limit);
    quote! {
        #doc
        pub fn api_rate_limit(self) -> Self {
            self.rate_limit(#limit)
        }
    }
}

/// The constructors of a client; those with a transport of their own may need a feature.
fn client(api: &Api, client: &TokenStream, builder: &TokenStream, feature: &TokenStream) -> TokenStream {
    let new = docs::new_client();
    let from_env = docs::from_env("Creates a client", api);
    quote! {
        impl #client {
            #new
            #feature
            #[must_use]
            pub fn new(api_key: impl Into<String>) -> Self {
                Self::of(&API, api_key.into())
            }

            #from_env
            #feature
            pub fn from_env() -> Result<Self, Error> {
                #builder::from_env()?.build()
            }

            #[doc = " Starts building a client with this API key."]
            pub fn builder(api_key: impl Into<String>) -> #builder {
                Builder::new(&API, api_key.into())
            }
        }
    }
}
