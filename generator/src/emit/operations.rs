//! The module `op` of a resource: its operations as plain data that encodes itself.

use super::types;
use crate::docs;
use crate::rust::{Operation, Output, Resource, Spec};
use proc_macro2::TokenStream;
use quote::quote;

pub fn emit(resource: &Resource) -> TokenStream {
    let imports = types::imports(&resource.operation_imports, &quote! { crate::generated::models });
    let operations = resource
        .operations
        .iter()
        .map(|operation| emit_operation(resource, operation));
    quote! {
        #[doc = " The operations as plain data."]
        pub mod op {
            #imports
            #(#operations)*
        }
    }
}

fn emit_operation(resource: &Resource, operation: &Operation) -> TokenStream {
    let name = &operation.name;
    let doc = docs::operation_struct(resource, operation);
    let default = (!operation.query.is_empty()).then(|| quote! { , Default });
    let definition = match fields(operation) {
        fields if fields.is_empty() => quote! { pub struct #name; },
        fields => quote! { pub struct #name { #(#fields,)* } },
    };
    let output = output(&operation.output);
    let spec = spec(&operation.spec);
    let encode = encode(operation);
    let paged = match &operation.output {
        Output::Page(item) => {
            let item = types::emit(item);
            Some(quote! { impl Paged for #name { type Item = #item; } })
        }
        Output::Value(_) | Output::Nothing => None,
    };
    quote! {
        #doc
        #[derive(Clone, Debug #default)]
        #definition

        impl Operation for #name {
            type Output = #output;
            const SPEC: Spec = #spec;
            #encode
        }

        #paged
    }
}

fn fields(operation: &Operation) -> Vec<TokenStream> {
    let arguments = operation.arguments.iter().map(|argument| {
        let (name, ty) = (&argument.name, types::emit(&argument.ty));
        quote! { pub(super) #name: #ty }
    });
    let query = operation.query.iter().map(|parameter| {
        let (name, ty) = (&parameter.name, types::emit(&parameter.ty));
        quote! { pub(super) #name: Option<#ty> }
    });
    arguments.chain(query).collect()
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

fn spec(spec: &Spec) -> TokenStream {
    let Spec {
        constructor,
        name,
        path,
        ..
    } = spec;
    let items = spec.items.as_ref().map(|items| quote! { .items(#items) });
    quote! { Spec::#constructor(#name, #path) #items }
}

fn encode(operation: &Operation) -> Option<TokenStream> {
    let path = operation.arguments.iter().map(|argument| {
        let name = &argument.name;
        quote! { request.path(&self.#name); }
    });
    let query = operation.query.iter().map(|parameter| {
        let (name, wire_name) = (&parameter.name, &parameter.wire_name);
        quote! { request.query(#wire_name, &self.#name); }
    });
    let statements: Vec<_> = path.chain(query).collect();
    (!statements.is_empty()).then(|| {
        quote! {
            fn encode(&self, request: &mut Encoder) {
                #(#statements)*
            }
        }
    })
}
