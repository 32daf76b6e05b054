//! The module `op` of a resource: its operations as plain data that encodes itself.

use super::types;
use crate::docs;
use crate::rust::{Body, Operation, Output, Resource, Spec};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

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
    let derive = (!operation.query.is_empty()).then(|| quote! { #[derive(Default)] });
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
        #derive
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
    let path = operation.path.iter().map(|argument| {
        let (name, ty) = (&argument.name, types::emit(&argument.ty));
        quote! { pub(super) #name: #ty }
    });
    let query = operation.query.iter().map(|parameter| {
        let (name, ty) = (&parameter.name, types::emit(&parameter.ty));
        quote! { pub(super) #name: Option<#ty> }
    });
    let body = match &operation.body {
        Body::Nothing | Body::Empty => None,
        Body::Whole(ty) => Some(types::emit(ty)),
        Body::Built(built) => Some(built.model.to_token_stream()),
    };
    let body = body.map(|ty| quote! { pub(super) body: #ty });
    path.chain(query).chain(body).collect()
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
    let idempotent = spec.idempotent.then(|| quote! { .idempotent() });
    quote! { Spec::#constructor(#name, #path) #items #idempotent }
}

fn encode(operation: &Operation) -> Option<TokenStream> {
    let path = operation.path.iter().map(|argument| {
        let name = &argument.name;
        quote! { request.path(&self.#name); }
    });
    let query = operation.query.iter().map(|parameter| {
        let (name, wire_name) = (&parameter.name, &parameter.wire_name);
        quote! { request.query(#wire_name, &self.#name); }
    });
    let body = match &operation.body {
        Body::Nothing => None,
        Body::Empty => Some(quote! { request.empty_json(); }),
        Body::Whole(_) | Body::Built(_) => Some(quote! { request.json(&self.body); }),
    };
    let statements: Vec<_> = path.chain(query).chain(body).collect();
    (!statements.is_empty()).then(|| {
        quote! {
            fn encode(&self, request: &mut Encoder) {
                #(#statements)*
            }
        }
    })
}
