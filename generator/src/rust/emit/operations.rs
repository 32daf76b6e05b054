//! The module `op` of a resource: its operations, as a call of the runtime's macro `operations!`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{paging, types};
use crate::rust::ir::{
    ByStatus, Constant, DerivedBody, Encoding, Operation, OperationInfo, Output, PageInfo, Parameter, RequestBody,
    Resource, StatusVariant,
};

pub fn emit(resource: &Resource) -> TokenStream {
    let imports = types::imports(&resource.operation_imports, &quote! { crate::generated::models });
    let mut pages = resource
        .operations
        .iter()
        .filter_map(|operation| operation.info.page.as_ref());
    let shares_paging = pages.any(|page| page.own_paging.is_none());
    let paging = shares_paging.then(|| quote! { use crate::generated::api::paging; });
    let constants = constants(resource);
    let operations = resource.operations.iter().map(entry);
    let responses = resource.operations.iter().map(responses);
    quote! {
        #[doc = " Operation types of this resource."]
        pub mod op {
            #paging
            #imports
            #constants
            operations!({ #(#operations,)* });
            #(#responses)*
        }
    }
}

/// Emits the entry of an operation: the type of its request body, its output and its metadata.
fn entry(operation: &Operation) -> TokenStream {
    let (name, output, info) = (&operation.name, output(&operation.output), info(operation));
    let body = match &operation.body {
        RequestBody::Nothing => None,
        RequestBody::Empty => Some(quote! { EmptyBody }),
        RequestBody::Whole(ty, _) => {
            let ty = types::emit(ty);
            Some(quote! { JsonBody<#ty> })
        }
        RequestBody::Optional(ty, _) => {
            let ty = types::emit(ty);
            Some(quote! { Option<JsonBody<#ty>> })
        }
        RequestBody::Derived(DerivedBody { model, .. }) => Some(quote! { JsonBody<#model> }),
    };
    quote! { #name(#body) -> #output = #info }
}

/// Emits the constants to which the metadata of operations refers. They are in a module of their own, because `op` can contain
/// types of the API with the same names as their types, such as `Paging`.
fn constants(resource: &Resource) -> Option<TokenStream> {
    let constants = resource.operations.iter().flat_map(|Operation { info, .. }| {
        let paging = info.page.as_ref().and_then(own_paging);
        paging.into_iter().chain(fixed(info))
    });
    let constants: Vec<_> = constants.collect();
    let imports = types::imports(&resource.constant_imports, &TokenStream::new());
    (!constants.is_empty()).then(|| {
        quote! {
            mod constants {
                #imports
                #(#constants)*
            }
        }
    })
}

/// Emits the enum of a result that depends on the status.
fn responses(operation: &Operation) -> Option<TokenStream> {
    let Output::ByStatus(ByStatus { name, variants }) = &operation.output else {
        return None;
    };
    let variants = variants.iter().map(|StatusVariant { name, ty, statuses }| {
        let ty = ty.as_ref().map(types::emit).map(|ty| quote! { (#ty) });
        let statuses = statuses.iter().map(|status| Literal::u16_unsuffixed(*status));
        quote! { #(#statuses)|* => #name #ty }
    });
    let id = &operation.info.name;
    Some(quote! { responses!(#name of #id { #(#variants,)* }); })
}

/// Emits the constant for the constant keys of the request body.
fn fixed(OperationInfo { fixed, .. }: &OperationInfo) -> Option<TokenStream> {
    let (name, fixed) = fixed.as_ref()?;
    let entries = fixed.iter().map(|(key, value)| {
        let value = match value {
            Constant::Boolean(value) => quote! { Constant::Boolean(#value) },
            Constant::Integer(value) => {
                let value = Literal::i64_unsuffixed(*value);
                quote! { Constant::Integer(#value) }
            }
            Constant::Text(value) => quote! { Constant::Text(#value) },
        };
        quote! { (#key, #value) }
    });
    Some(quote! { pub(super) const #name: &[(&str, Constant)] = &[#(#entries),*]; })
}

/// Emits the constant for the paging of an operation, if it differs from that of the API.
fn own_paging(PageInfo { items, own_paging }: &PageInfo) -> Option<TokenStream> {
    let (name, paging) = own_paging.as_ref()?;
    let paging = paging::emit(paging, &quote! { #items });
    Some(quote! { pub(super) const #name: Paging = #paging; })
}

fn output(output: &Output) -> TokenStream {
    match output {
        Output::Nothing => quote! { () },
        Output::Headers => quote! { http::HeaderMap },
        Output::Value(ty) => types::emit(ty),
        Output::ByStatus(ByStatus { name, .. }) => quote! { #name },
        Output::Page(item) => {
            let item = types::emit(item);
            quote! { Page<#item> }
        }
    }
}

fn info(operation: &Operation) -> TokenStream {
    let info = &operation.info;
    let OperationInfo {
        constructor,
        name,
        path,
        query,
        ..
    } = info;
    let query = (!query.is_empty()).then(|| quote! { .query(#query) });
    let order = query_order(operation);
    let paging = info
        .page
        .as_ref()
        .map(|PageInfo { items, own_paging }| match own_paging {
            None => quote! { .paging(paging(#items)) },
            Some((name, _)) => quote! { .paging(constants::#name) },
        });
    let response_key = info.response_key.as_ref().map(|key| quote! { .response_key(#key) });
    let codec = info.codec.map(|codec| {
        let codec = types::codec(codec);
        quote! { .codec(crate::runtime::Codec::#codec) }
    });
    let request_key = info.request_key.as_ref().map(|key| quote! { .request_key(#key) });
    let fixed = info.fixed.as_ref().map(|(name, _)| quote! { .fixed(constants::#name) });
    let statuses = info.statuses.iter().map(|(status, has_value)| {
        let status = Literal::u16_unsuffixed(*status);
        quote! { (#status, #has_value) }
    });
    let statuses = (!info.statuses.is_empty()).then(|| quote! { .statuses(&[#(#statuses),*]) });
    let idempotent = info.idempotent.then(|| quote! { .idempotent() });
    let without_auth = (!info.authenticated).then(|| quote! { .without_auth() });
    quote! {
        #constructor(#name, #path)
            #query #order #paging #request_key #fixed #response_key #codec #statuses #idempotent #without_auth
    }
}

/// Emits the order of the optional query parameters: those in the default style first.
fn query_order(operation: &Operation) -> Option<TokenStream> {
    let in_query = || {
        let optional = operation.optional();
        optional.filter(|parameter| parameter.encoding != Encoding::Header)
    };
    let is_plain = |parameter: &&Parameter| parameter.encoding == Encoding::Query;
    let plain = in_query().filter(is_plain);
    let styled = in_query().filter(|parameter| !is_plain(parameter));
    let names: Vec<_> = plain.chain(styled).map(|parameter| &parameter.wire_name).collect();
    (names.len() > 1).then(|| quote! { .query_order(&[#(#names),*]) })
}
