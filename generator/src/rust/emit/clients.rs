//! `client.rs`: the constructors of the clients, and their methods that return resource handles.

use proc_macro2::TokenStream;
use quote::quote;

use super::condition::condition;
use crate::rust::docs;
use crate::rust::ir::{Api, Auth, RateLimit, Resource};

pub fn emit(api: &Api, resources: &[Resource]) -> TokenStream {
    let imports = imports(resources);
    let constructors = constructors(api);
    let rate_limit = api.rate_limit.as_ref().map(|_| quote! { RATE_LIMIT });
    let idempotency_key = api.idempotency_key.as_ref().map(|header| idempotency_key(header));
    let call = idempotency_key.as_ref().map(|_| quote! { Call, });
    let error = from_variables(&api.auth).map(|_| quote! { Error, });
    let entries = resources.iter().map(
        |Resource {
             module,
             handle,
             doc,
             feature,
             ..
         }| {
            let doc = docs::text(doc);
            let condition = condition(feature.as_ref());
            quote! { #doc #condition #module: #handle }
        },
    );
    quote! {
        use super::api::{API, #rate_limit};
        #imports
        #[cfg(feature = "blocking")]
        use crate::runtime::blocking;
        use crate::runtime::{self, #call Client, ClientBuilder, #error handles};

        #constructors
        #idempotency_key

        handles!({ #(#entries,)* });
    }
}

/// Emits the imports of the handles.
fn imports(resources: &[Resource]) -> TokenStream {
    let always = resources.iter().filter(|resource| resource.feature.is_none());
    let always: Vec<_> = always.map(|resource| &resource.handle).collect();
    let always = (!always.is_empty()).then(|| quote! { use super::resources::{#(#always),*}; });
    let by_feature = resources.iter().filter(|resource| resource.feature.is_some());
    let by_feature = by_feature.map(|Resource { handle, feature, .. }| {
        let condition = condition(feature.as_ref());
        quote! { #condition use super::resources::#handle; }
    });
    quote! { #always #(#by_feature)* }
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

/// The async or the blocking client.
struct Kind {
    client: TokenStream,
    builder: TokenStream,
    /// The attribute of the implementations.
    feature: TokenStream,
    /// The attribute of functions that create the default transport.
    transport_feature: TokenStream,
}

impl Kind {
    fn asynchronous() -> Self {
        Self {
            client: quote! { Client },
            builder: quote! { ClientBuilder },
            feature: TokenStream::new(),
            transport_feature: quote! { #[cfg(feature = "async")] },
        }
    }

    fn blocking() -> Self {
        Self {
            client: quote! { blocking::Client },
            builder: quote! { blocking::ClientBuilder },
            feature: quote! { #[cfg(feature = "blocking")] },
            transport_feature: TokenStream::new(),
        }
    }
}

/// Emits the constructors of both clients and of their builders.
fn constructors(api: &Api) -> TokenStream {
    let constructors = [Kind::asynchronous(), Kind::blocking()].map(|kind| {
        let client = client(api, &kind);
        let builder = builder(api, &kind);
        quote! { #client #builder }
    });
    quote! { #(#constructors)* }
}

/// Emits the functions of a builder that need the description of the API.
fn builder(api: &Api, kind: &Kind) -> Option<TokenStream> {
    let Kind { builder, feature, .. } = kind;
    let from_env = from_variables(&api.auth).map(|credentials| {
        let doc = docs::builder_from_env(&api.auth);
        quote! {
            #doc
            pub fn from_env() -> Result<Self, Error> {
                let credentials = #credentials?;
                Ok(Self::new(&API, &credentials))
            }
        }
    });
    let rate_limit = api.rate_limit.as_ref().map(api_rate_limit);
    (from_env.is_some() || rate_limit.is_some()).then(|| {
        quote! {
            #feature
            impl #builder {
                #from_env

                #rate_limit
            }
        }
    })
}

/// Emits the call that reads the credentials from the environment, if there are credentials.
fn from_variables(auth: &Auth) -> Option<TokenStream> {
    match auth {
        Auth::None => None,
        Auth::Basic {
            user_variable,
            password_variable,
        } => Some(quote! { runtime::Credentials::login_from_variables(#user_variable, #password_variable) }),
        Auth::Key { variable, .. } => Some(quote! { runtime::Credentials::key_from_variable(#variable) }),
    }
}

/// Emits the arguments of a constructor, and the credentials created from them.
fn credentials(auth: &Auth) -> (TokenStream, TokenStream) {
    match auth {
        Auth::None => (TokenStream::new(), quote! { runtime::Credentials::None }),
        Auth::Basic { .. } => (
            quote! { user: impl Into<String>, password: impl Into<String> },
            quote! { runtime::Credentials::login(user, password) },
        ),
        Auth::Key { .. } => (
            quote! { api_key: impl Into<String> },
            quote! { runtime::Credentials::key(api_key) },
        ),
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

/// Emits the constructors of a client.
fn client(api: &Api, kind: &Kind) -> TokenStream {
    let Kind {
        client,
        builder,
        feature,
        transport_feature,
    } = kind;
    let new = docs::new_client(api);
    let builder_doc = docs::client_builder(&api.auth);
    let (arguments, credentials) = credentials(&api.auth);
    let from_env = from_variables(&api.auth).map(|_| {
        let doc = docs::client_from_env(&api.auth);
        quote! {
            #doc
            #transport_feature
            pub fn from_env() -> Result<Self, Error> {
                #builder::from_env()?.build()
            }
        }
    });
    let default = arguments.is_empty().then(|| {
        quote! {
            #feature
            #transport_feature
            impl Default for #client {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    quote! {
        #feature
        impl #client {
            #new
            #transport_feature
            #[must_use]
            pub fn new(#arguments) -> Self {
                Self::of(&API, &#credentials)
            }

            #from_env

            #builder_doc
            pub fn builder(#arguments) -> #builder {
                #builder::new(&API, &#credentials)
            }
        }

        #default
    }
}
