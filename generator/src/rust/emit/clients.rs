//! `client.rs`: the constructors of the clients, and their methods that return resource handles.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::docs;
use crate::rust::ir::{Api, RateLimit, Resource};

pub fn emit(api: &Api, resources: &[Resource]) -> TokenStream {
    let handles = resources.iter().map(|resource| &resource.handle);
    let imports = (!resources.is_empty()).then(|| quote! { use super::resources::{#(#handles),*}; });
    let constructors = constructors(api);
    let rate_limit = api.rate_limit.as_ref().map(|_| quote! { RATE_LIMIT });
    let idempotency_key = api.idempotency_key.as_ref().map(|header| idempotency_key(header));
    let call = idempotency_key.as_ref().map(|_| quote! { Call, });
    let entries = resources.iter().map(
        |Resource {
             module, handle, doc, ..
         }| {
            let doc = docs::text(doc);
            quote! { #doc #module: #handle }
        },
    );
    quote! {
        use super::api::{API, #rate_limit};
        #imports
        #[cfg(feature = "blocking")]
        use crate::runtime::blocking;
        use crate::runtime::{#call Client, ClientBuilder, Error, handles};

        #constructors
        #idempotency_key

        handles!({ #(#entries,)* });
    }
}

/// Emits the setter for the idempotency key of a call.
fn idempotency_key(header: &str) -> TokenStream {
    let doc = docs::idempotency_key(header);
    quote! {
        impl<C, O> Call<'_, C, O> {
            #doc
            pub fn idempotency_key(self, key: impl AsRef<str>) -> Self {
                self.header(#header, key)
            }
        }
    }
}

/// Emits the constructors of both clients and of the builder.
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
    let async_builder = builder(api, &quote! { ClientBuilder });
    let blocking_builder = builder(api, &quote! { blocking::ClientBuilder });
    quote! {
        #asynchronous
        #async_builder

        #[cfg(feature = "blocking")]
        #blocking
        #[cfg(feature = "blocking")]
        #blocking_builder
    }
}

/// Emits the functions of a builder that need the description of the API.
fn builder(api: &Api, builder: &TokenStream) -> TokenStream {
    let from_env = docs::from_env(
        "Creates a builder",
        "is not set, is empty, or is not valid Unicode",
        api,
    );
    let rate_limit = api.rate_limit.as_ref().map(api_rate_limit);
    quote! {
        impl #builder {
            #from_env
            pub fn from_env() -> Result<Self, Error> {
                Self::from_variable(&API)
            }

            #rate_limit
        }
    }
}

/// Emits the builder method `api_rate_limit`.
pub fn api_rate_limit(limit: &RateLimit) -> TokenStream {
    let doc = docs::api_rate_limit(limit);
    quote! {
        #doc
        pub fn api_rate_limit(self) -> Self {
            self.rate_limit(RATE_LIMIT)
        }
    }
}

/// Emits the constructors of a client. Those that create the default transport get the attribute `feature`.
fn client(api: &Api, client: &TokenStream, builder: &TokenStream, feature: &TokenStream) -> TokenStream {
    let new = docs::new_client();
    let from_env = docs::from_env(
        "Creates a client",
        "is not set, is empty, or is not a valid header value",
        api,
    );
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

            #[doc = " Returns a builder for a client with the given API key."]
            pub fn builder(api_key: impl Into<String>) -> #builder {
                #builder::new(&API, api_key.into())
            }
        }
    }
}
