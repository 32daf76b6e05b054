//! The module `op` of a resource: its operations, as calls of the runtime's macro `operation!`.

use proc_macro2::TokenStream;
use quote::quote;

use super::types;
use crate::rust::ir::{DerivedBody, Operation, OperationInfo, Output, QueryParameter, RequestBody, Resource};

pub fn emit(resource: &Resource) -> TokenStream {
    let imports = types::imports(&resource.operation_imports, &quote! { crate::generated::models });
    let lists = resource
        .operations
        .iter()
        .any(|operation| operation.info.items.is_some());
    let paging = lists.then(|| quote! { use crate::generated::api::paging; });
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
    quote! {
        operation!(#name -> #output { info: #info, #(#entries,)* });
    }
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
    let paging = info.items.as_ref().map(|items| quote! { .paging(paging(#items)) });
    let idempotent = info.idempotent.then(|| quote! { .idempotent() });
    let without_auth = (!info.authenticated).then(|| quote! { .without_auth() });
    quote! { OperationInfo::#constructor(#name, #path) #paging #idempotent #without_auth }
}
