//! Emits enums of strings and integers, as calls of the runtime's macros `values!` and `integer_values!`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::rust::docs;
use crate::rust::ir::Enum;

pub fn of_strings(values: &Enum) -> TokenStream {
    let name = &values.name;
    let definition = definition(values, &quote! { Clone, }, &quote! { UnknownValue });
    let entries = values.values.iter().map(|value| {
        let (wire, name) = (&value.wire, &value.name);
        quote! { #wire => #name }
    });
    quote! {
        #definition

        values!(#name { #(#entries,)* });
    }
}

pub fn of_integers(values: &Enum<i64>) -> TokenStream {
    let name = &values.name;
    let definition = definition(values, &quote! { Clone, Copy, }, &quote! { UnknownInteger });
    let entries = values.values.iter().map(|value| {
        let (wire, name) = (Literal::i64_unsuffixed(value.wire), &value.name);
        quote! { #wire => #name }
    });
    quote! {
        #definition

        integer_values!(#name { #(#entries,)* });
    }
}

/// Emits an enum, given the traits that it derives beside the common ones, and the type of unknown values.
fn definition<W>(values: &Enum<W>, traits: &TokenStream, unknown: &TokenStream) -> TokenStream {
    let name = &values.name;
    let (doc, deprecated) = (docs::text(&values.doc), docs::deprecated(values.deprecated.as_ref()));
    let variants = values.values.iter().map(|value| {
        let (name, doc) = (&value.name, docs::text(&value.doc));
        let deprecated = docs::deprecated(value.deprecated.as_ref());
        quote! { #doc #deprecated #name }
    });
    quote! {
        #doc
        #deprecated
        #[derive(#traits Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " A value unknown to this version of the client, kept verbatim. Empty if there is none."]
            Unknown(#unknown),
        }
    }
}
