//! The file of a resource: handle, calls, operations, models.

use super::{models, operations, types};
use crate::docs;
use crate::rust::{Argument, Operation, QueryParameter, Resource};
use proc_macro2::TokenStream;
use quote::quote;

pub fn emit(resource: &Resource) -> TokenStream {
    let imports = types::imports(&resource.imports, &quote! { super::models });
    let handle = handle(resource);
    let calls = resource.operations.iter().map(|operation| call(resource, operation));
    let operations = operations::emit(resource);
    let models = resource.models.iter().map(models::emit);
    quote! {
        #imports
        #handle
        #(#calls)*
        #operations
        #(#models)*
    }
}

fn handle(resource: &Resource) -> TokenStream {
    let handle = &resource.handle;
    let doc = docs::handle(resource);
    let methods = resource.operations.iter().map(method);
    quote! {
        #doc
        #[derive(Debug)]
        #[must_use]
        pub struct #handle<'c, C> {
            client: &'c C,
        }

        impl<'c, C> #handle<'c, C> {
            pub(super) fn new(client: &'c C) -> Self {
                Self { client }
            }

            #(#methods)*
        }
    }
}

fn method(operation: &Operation) -> TokenStream {
    let Operation { method, name, .. } = operation;
    let doc = docs::operation(operation);
    let arguments = operation.arguments.iter().map(|argument| {
        let (name, ty) = (&argument.name, types::argument(&argument.ty));
        quote! { #name: #ty }
    });
    let body = prepare(operation);
    quote! {
        #doc
        pub fn #method(&self, #(#arguments),*) -> #name<'c, C> {
            #body
        }
    }
}

/// Makes a call from the arguments of a method.
fn prepare(operation: &Operation) -> TokenStream {
    let name = &operation.name;
    let fields = operation.arguments.iter().map(|Argument { name, ty }| {
        types::converted(name, ty).map_or_else(|| quote! { #name }, |value| quote! { #name: #value })
    });
    let rest = (!operation.query.is_empty()).then(|| quote! { ..Default::default() });
    match (operation.arguments.is_empty(), &rest) {
        (true, None) => quote! { Call::new(self.client, op::#name) },
        (true, Some(_)) => quote! { Call::new(self.client, op::#name::default()) },
        (false, _) => quote! {
            let operation = op::#name { #(#fields,)* #rest };
            Call::new(self.client, operation)
        },
    }
}

fn call(resource: &Resource, operation: &Operation) -> TokenStream {
    let name = &operation.name;
    let doc = docs::call(resource, operation);
    let setters = operation.query.iter().map(setter);
    let setters = (!operation.query.is_empty()).then(|| quote! { impl<C> #name<'_, C> { #(#setters)* } });
    quote! {
        #doc
        pub type #name<'c, C> = Call<'c, C, op::#name>;

        #setters
    }
}

fn setter(parameter: &QueryParameter) -> TokenStream {
    let QueryParameter { name, ty, .. } = parameter;
    let doc = docs::text(&parameter.doc);
    let argument = types::argument(ty);
    let value = types::converted(name, ty).unwrap_or_else(|| quote! { #name });
    quote! {
        #doc
        pub fn #name(mut self, #name: #argument) -> Self {
            self.operation.#name = Some(#value);
            self
        }
    }
}
