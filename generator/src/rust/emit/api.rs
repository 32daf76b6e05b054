//! `api.rs`: the settings of the API, as one constant.

use proc_macro2::TokenStream;
use quote::quote;

use super::paging;
use crate::rust::ir::{Api, Auth, Failed, KeyPlace, Paging, RateLimit};

pub fn emit(api: &Api) -> TokenStream {
    let Api { base_url, .. } = api;
    let auth = auth(&api.auth);
    let headers = api.headers.iter().map(|(name, value)| quote! { (#name, #value) });
    let paging = api.paging.as_ref().map(paging);
    let errors = error_fields(api);
    let idempotency_key = option(api.idempotency_key.as_ref());
    let rate_limit = option(api.rate_limit.as_ref().map(|_| quote! { RATE_LIMIT }));
    let rate_limit_constant = api.rate_limit.as_ref().map(self::rate_limit);
    let last_page_import = api.paging.as_ref().filter(|paging| paging::uses_last_page(paging));
    let last_page_import = last_page_import.map(|_| quote! { LastPage, });
    let paging_imports = api.paging.as_ref().map(|_| quote! { NextPage, Paging, });
    let failed_import = api.failed.as_ref().map(|_| quote! { Failed, });
    let rate_limit_import = api.rate_limit.as_ref().map(|_| quote! { RateLimit, });
    let duration_import = api.rate_limit.as_ref().map(|_| quote! { use std::time::Duration; });
    quote! {
        #duration_import
        use crate::runtime::{
            Api, Auth, ErrorFields, #failed_import #last_page_import #paging_imports #rate_limit_import
        };

        #[doc = " Settings shared by all operations of the API."]
        pub(crate) static API: Api = Api {
            base_url: #base_url,
            auth: #auth,
            headers: &[#(#headers),*],
            errors: #errors,
            rate_limit: #rate_limit,
            idempotency_key: #idempotency_key,
        };

        #rate_limit_constant

        #paging
    }
}

fn auth(auth: &Auth) -> TokenStream {
    match auth {
        Auth::None => quote! { Auth::None },
        Auth::Basic { .. } => quote! { Auth::Basic },
        Auth::Key { place, .. } => match place {
            KeyPlace::Bearer => quote! { Auth::Bearer },
            KeyPlace::Header { name, prefix } => {
                let prefix = prefix.as_deref().unwrap_or_default();
                quote! { Auth::Header { name: #name, prefix: #prefix } }
            }
            KeyPlace::Query(name) => quote! { Auth::Query(#name) },
        },
    }
}

/// Emits a function that returns the paging settings of an operation.
fn paging(paging: &Paging) -> TokenStream {
    let paging = paging::emit(paging, &quote! { items });
    quote! {
        #[doc = " Returns the paging settings of a list with its items at the given location."]
        pub(crate) const fn paging(items: &'static str) -> Paging {
            #paging
        }
    }
}

fn error_fields(api: &Api) -> TokenStream {
    let errors = &api.errors;
    let code = option(errors.code.as_ref());
    let message = option(errors.message.as_ref());
    let details = option(errors.details.as_ref());
    let request_id = option(errors.request_id.as_ref());
    let docs_url = option(errors.docs_url.as_ref());
    // Header names are case-insensitive, and Rust's HTTP libraries use lower case.
    let request_id_header = option(errors.request_id_header.as_ref().map(|name| name.to_lowercase()));
    let reset = api.rate_limit.as_ref().and_then(|limit| limit.reset.as_ref());
    let rate_limit_reset = option(reset.map(|name| name.to_lowercase()));
    let failed = option(api.failed.as_ref().map(failed));
    quote! {
        ErrorFields {
            code: #code,
            message: #message,
            details: #details,
            request_id: #request_id,
            request_id_header: #request_id_header,
            docs_url: #docs_url,
            rate_limit_reset: #rate_limit_reset,
            failed: #failed,
        }
    }
}

fn failed(failed: &Failed) -> TokenStream {
    match failed {
        Failed::Present(location) => quote! { Failed::Present(#location) },
        Failed::Boolean(location, value) => quote! { Failed::Boolean(#location, #value) },
        Failed::Integer(location, value) => {
            let value = proc_macro2::Literal::i64_unsuffixed(*value);
            quote! { Failed::Integer(#location, #value) }
        }
        Failed::Text(location, value) => quote! { Failed::Text(#location, #value) },
    }
}

/// The constant for the API's rate limit.
fn rate_limit(limit: &RateLimit) -> TokenStream {
    let (requests, seconds) = (plain(limit.requests), plain(limit.seconds));
    quote! {
        #[doc = " Rate limit that the API states."]
        pub(crate) const RATE_LIMIT: RateLimit = RateLimit::new(#requests, Duration::from_secs(#seconds));
    }
}

/// Returns a number without a type suffix.
fn plain(number: u32) -> proc_macro2::Literal {
    proc_macro2::Literal::u32_unsuffixed(number)
}

/// Emits an optional value as an expression.
pub fn option(value: Option<impl quote::ToTokens>) -> TokenStream {
    value.map_or_else(|| quote! { None }, |value| quote! { Some(#value) })
}
