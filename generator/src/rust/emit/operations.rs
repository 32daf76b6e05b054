//! The module `op` of a resource: its operations, as calls of the runtime's macro `operation!`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{paging, types};
use crate::rust::ir::{DerivedBody, Operation, OperationInfo, Output, PageInfo, QueryParameter, RequestBody, Resource};

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
    let path = operation.path.iter().map(|argument| {
        let (name, ty) = (&argument.name, types::emit(&argument.ty));
        quote! { path #name: #ty }
    });
    let query = operation.query.iter().map(
        |QueryParameter {
             name, wire_name, ty, ..
         }| {
            let ty = types::emit(ty);
            quote! { query #name: #ty = #wire_name }
        },
    );
    let body = match &operation.body {
        RequestBody::Nothing => None,
        RequestBody::Empty => Some(quote! { send empty_json }),
        RequestBody::Whole(ty) => {
            let ty = types::emit(ty);
            Some(quote! { json body: #ty })
        }
        RequestBody::Derived(DerivedBody { model, .. }) => Some(quote! { json body: #model }),
    };
    let entries = path.chain(query).chain(body);
    let own_paging = operation.info.page.as_ref().and_then(own_paging);
    quote! {
        #own_paging
        operation!(#name -> #output { info: #info, #(#entries,)* });
    }
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
        Output::Value(ty) => types::emit(ty),
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
        ..
    } = info;
    let paging = info
        .page
        .as_ref()
        .map(|PageInfo { items, own_paging }| match own_paging {
            None => quote! { .paging(paging(#items)) },
            Some((name, _)) => quote! { .paging(#name) },
        });
    let response_key = info.response_key.as_ref().map(|key| quote! { .response_key(#key) });
    let idempotent = info.idempotent.then(|| quote! { .idempotent() });
    quote! { OperationInfo::#constructor(#name, #path) #paging #response_key #idempotent }
}
