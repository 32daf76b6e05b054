//! The file of a resource: handle, request builders, operations and models.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{models, operations, setters, types};
use crate::rust::docs;
use crate::rust::ir::{Codec, DerivedBody, Operation, PathParameter, RequestBody, Resource, RustType};

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
    let methods = resource.operations.iter().map(methods);
    quote! {
        #doc
        #[must_use]
        pub struct #handle<'c, C> {
            pub(super) client: &'c C,
        }

        impl<'c, C> #handle<'c, C> {
            #(#methods)*
        }
    }
}

/// Emits the methods of an operation.
fn methods(operation: &Operation) -> TokenStream {
    let Operation { method, call, .. } = operation;
    let doc = docs::operation(operation);
    let deprecated = docs::deprecated(operation.deprecated.as_ref());
    match &operation.body {
        RequestBody::Nothing | RequestBody::Empty | RequestBody::Optional(..) => {
            let arguments = types::arguments(&operation.leading_arguments());
            let body = prepare(operation);
            quote! {
                #doc
                #deprecated
                pub fn #method(&self, #(#arguments),*) -> #call<'c, C> { #body }
            }
        }
        RequestBody::Whole(ty, _) => {
            let arguments = types::arguments(&operation.leading_arguments());
            let whole = types::emit(ty);
            let body = prepare(operation);
            quote! {
                #doc
                #deprecated
                pub fn #method(&self, #(#arguments,)* body: #whole) -> #call<'c, C> { #body }
            }
        }
        RequestBody::Derived(derived) => {
            let derived = derived_methods(operation, derived, deprecated.as_ref());
            quote! { #doc #derived }
        }
    }
}

/// Emits a method that takes the required values, and one that takes a complete request body.
fn derived_methods(operation: &Operation, derived: &DerivedBody, deprecated: Option<&TokenStream>) -> TokenStream {
    let Operation { method, call, .. } = operation;
    let DerivedBody { model, from, .. } = derived;
    let leading = operation.leading_arguments();
    let arguments = types::arguments(leading.iter().chain(&derived.arguments));
    let model_names = derived.arguments.iter().map(|argument| &argument.name);
    let new = quote! { #model::new(#(#model_names),*) };
    let body = if leading.is_empty() {
        quote! { self.#from(#new) }
    } else {
        // Converts the leading arguments before it creates the model. If the model were an argument of a function that converts
        // them, programs would also contain the code that drops it there.
        call_with(operation, &quote! { JsonBody::new(#new) })
    };
    let from_doc = docs::from_model(operation);
    let from_arguments = types::arguments(&leading);
    let from_body = prepare(operation);
    quote! {
        #deprecated
        pub fn #method(&self, #(#arguments),*) -> #call<'c, C> { #body }

        #from_doc
        #deprecated
        pub fn #from(&self, #(#from_arguments,)* body: #model) -> #call<'c, C> { #from_body }
    }
}

/// Emits the expression that creates a request builder from the arguments of a method.
fn prepare(operation: &Operation) -> TokenStream {
    let body = match &operation.body {
        RequestBody::Nothing => quote! { () },
        RequestBody::Empty => quote! { EmptyBody },
        RequestBody::Whole(_, None) | RequestBody::Derived(_) => quote! { JsonBody::new(body) },
        RequestBody::Whole(_, Some(codec)) => {
            let codec = types::codec(*codec);
            quote! { JsonBody::coded(body, crate::runtime::Codec::#codec) }
        }
        RequestBody::Optional(..) => quote! { None },
    };
    call_with(operation, &body)
}

/// Emits the expression that creates a request builder from the leading arguments of a method and a request body.
fn call_with(operation: &Operation, body: &TokenStream) -> TokenStream {
    let path = operation.path.iter().map(|PathParameter { argument, codec }| {
        let (ty, value) = encoded(&argument.name, &argument.ty, *codec);
        quote! { .path::<#ty>(#value) }
    });
    let required = operation.required().map(|parameter| {
        let (encode, wire_name) = (setters::encode(parameter.encoding), &parameter.wire_name);
        let (ty, value) = encoded(&parameter.name, &parameter.ty, parameter.codec);
        quote! { .#encode::<#ty>(#wire_name, #value) }
    });
    quote! { Call::new(self.client, CallParameters::new() #(#path)* #(#required)*, #body) }
}

/// Emits the type of a parameter, and a value that converts to it, made from the argument of the same name.
fn encoded(name: &Ident, ty: &RustType, codec: Option<Codec>) -> (TokenStream, TokenStream) {
    let held = types::emit(ty);
    let Some(codec) = codec.map(types::codec) else {
        return (held, types::convertible(name, ty));
    };
    let value = types::converted(name, ty).unwrap_or_else(|| quote! { #name });
    (
        quote! { crate::runtime::Coded<#held> },
        quote! { crate::runtime::Coded(&#value, crate::runtime::Codec::#codec) },
    )
}

fn call(resource: &Resource, operation: &Operation) -> TokenStream {
    let Operation { name, call, .. } = operation;
    let doc = docs::call(resource, operation);
    let parameters = setters::of_parameters(call, operation.optional());
    let body = match &operation.body {
        RequestBody::Derived(derived) => {
            let setters = setters::of_request(&derived.model, call, &derived.setters);
            let clears = setters::clears(&derived.model, call, &derived.clears);
            quote! { #setters #clears }
        }
        RequestBody::Optional(ty, codec) => setters::of_body(call, ty, *codec),
        RequestBody::Nothing | RequestBody::Empty | RequestBody::Whole(..) => TokenStream::new(),
    };
    quote! {
        #doc
        pub type #call<'c, C> = Call<'c, C, op::#name>;

        #parameters
        #body
    }
}
