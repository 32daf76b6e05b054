//! The module `op` of a resource: its operations, as calls of the runtime's macro `operation!`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{paging, types};
use crate::rust::ir::{
    ByStatus, Constant, DerivedBody, Encoding, Operation, OperationInfo, Output, PageInfo, Parameter, PathParameter,
    RequestBody, Resource, StatusVariant,
};

pub fn emit(resource: &Resource) -> TokenStream {
    let imports = types::imports(&resource.operation_imports, &quote! { crate::generated::models });
    let mut pages = resource
        .operations
        .iter()
        .filter_map(|operation| operation.info.page.as_ref());
    let shares_paging = pages.any(|page| page.own_paging.is_none());
    let paging = shares_paging.then(|| quote! { use crate::generated::api::paging; });
    let operations = resource.operations.iter().map(emit_operation);
    quote! {
        #[doc = " Operation types of this resource."]
        pub mod op {
            #paging
            #imports
            #(#operations)*
        }
    }
}

fn emit_operation(operation: &Operation) -> TokenStream {
    let name = &operation.name;
    let output = output(&operation.output);
    let info = info(&operation.info);
    let path = operation.path.iter().map(|PathParameter { argument, codec }| {
        let (name, ty, codec) = (&argument.name, types::emit(&argument.ty), types::as_codec(*codec));
        quote! { path #name: #ty #codec }
    });
    let required = operation.required().map(|parameter| {
        let by = encoder(parameter);
        quote! { required #by }
    });
    let is_plain = |parameter: &&Parameter| parameter.encoding == Encoding::Query;
    let query = operation.optional().filter(is_plain).map(
        |Parameter {
             name,
             wire_name,
             ty,
             codec,
             ..
         }| {
            let (ty, codec) = (types::emit(ty), types::as_codec(*codec));
            quote! { query #name: #ty = #wire_name #codec }
        },
    );
    let optional = operation
        .optional()
        .filter(|parameter| !is_plain(parameter))
        .map(|parameter| {
            let by = encoder(parameter);
            quote! { optional #by }
        });
    let body = match &operation.body {
        RequestBody::Nothing => None,
        RequestBody::Empty => Some(quote! { send empty_json }),
        RequestBody::Whole(ty, codec) => {
            let (ty, codec) = (types::emit(ty), types::as_codec(*codec));
            Some(quote! { json body: #ty #codec })
        }
        RequestBody::Optional(ty, codec) => {
            let (ty, codec) = (types::emit(ty), types::as_codec(*codec));
            Some(quote! { optional_json body: #ty #codec })
        }
        RequestBody::Derived(DerivedBody { model, .. }) => Some(quote! { json body: #model }),
    };
    let entries = path.chain(required).chain(query).chain(optional).chain(body);
    let (fixed, responses) = (fixed(&operation.info), responses(operation));
    let own_paging = operation.info.page.as_ref().and_then(own_paging);
    quote! {
        #own_paging
        #fixed
        operation!(#name -> #output { info: #info, #(#entries,)* });
        #responses
    }
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

/// Emits a parameter with the method of the encoder that adds it.
fn encoder(parameter: &Parameter) -> TokenStream {
    let Parameter {
        name,
        wire_name,
        ty,
        codec,
        ..
    } = parameter;
    let (ty, codec) = (types::emit(ty), types::as_codec(*codec));
    let method = match parameter.encoding {
        Encoding::Query => quote! { query },
        Encoding::Comma => quote! { comma },
        Encoding::Brackets => quote! { brackets },
        Encoding::Deep => quote! { deep },
        Encoding::Header => quote! { header },
    };
    quote! { #name: #ty = #method(#wire_name) #codec }
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
    Some(quote! { const #name: &[(&str, Constant)] = &[#(#entries),*]; })
}

/// Emits the constant for the paging of an operation, if it differs from that of the API.
fn own_paging(PageInfo { items, own_paging }: &PageInfo) -> Option<TokenStream> {
    let (name, paging) = own_paging.as_ref()?;
    let paging = paging::emit(paging, &quote! { #items });
    Some(quote! { const #name: Paging = #paging; })
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

fn info(info: &OperationInfo) -> TokenStream {
    let OperationInfo {
        constructor,
        name,
        path,
        query,
        ..
    } = info;
    let query = (!query.is_empty()).then(|| quote! { .query(#query) });
    let paging = info
        .page
        .as_ref()
        .map(|PageInfo { items, own_paging }| match own_paging {
            None => quote! { .paging(paging(#items)) },
            Some((name, _)) => quote! { .paging(#name) },
        });
    let response_key = info.response_key.as_ref().map(|key| quote! { .response_key(#key) });
    let codec = info.codec.map(|codec| {
        let codec = types::codec(codec);
        quote! { .codec(crate::runtime::Codec::#codec) }
    });
    let request_key = info.request_key.as_ref().map(|key| quote! { .request_key(#key) });
    let fixed = info.fixed.as_ref().map(|(name, _)| quote! { .fixed(#name) });
    let statuses = info.statuses.iter().map(|(status, has_value)| {
        let status = Literal::u16_unsuffixed(*status);
        quote! { (#status, #has_value) }
    });
    let statuses = (!info.statuses.is_empty()).then(|| quote! { .statuses(&[#(#statuses),*]) });
    let idempotent = info.idempotent.then(|| quote! { .idempotent() });
    let without_auth = (!info.authenticated).then(|| quote! { .without_auth() });
    quote! {
        OperationInfo::#constructor(#name, #path)
            #query #paging #request_key #fixed #response_key #codec #statuses #idempotent #without_auth
    }
}
