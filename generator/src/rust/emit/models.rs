//! Emits objects, enums and unions.

use proc_macro2::TokenStream;
use quote::quote;

use super::{enums, setters, types};
use crate::rust::docs;
use crate::rust::ir::{Builder, Field, Model, Presence, RustType, Shared, Struct, Union, UnionForm, Variant};

/// Emits `shared.rs`: the types used by several resources.
pub fn emit_shared(shared: &Shared) -> TokenStream {
    let imports = types::imports(&shared.imports, &quote! { super::models });
    let models = shared.models.iter().map(emit);
    quote! {
        #imports
        #(#models)*
    }
}

pub fn emit(model: &Model) -> TokenStream {
    match model {
        Model::Struct(object) => emit_struct(object),
        Model::Enum(values) => enums::of_strings(values),
        Model::IntegerEnum(values) => enums::of_integers(values),
        Model::Union(union) => emit_union(union),
    }
}

fn emit_struct(object: &Struct) -> TokenStream {
    let name = &object.name;
    let (doc, deprecated) = (docs::text(&object.doc), docs::deprecated(object.deprecated.as_ref()));
    let fields = object.fields.iter().map(|field| {
        let (name, ty) = (&field.name, types::emit(&field.ty));
        let (doc, deprecated) = (docs::text(&field.doc), docs::deprecated(field.deprecated.as_ref()));
        quote! { #doc #deprecated pub #name: #ty }
    });
    let requires_values = object
        .builder
        .as_ref()
        .is_some_and(|builder| !builder.arguments.is_empty());
    let no_default = requires_values.then(|| quote! { , no_default });
    let builder = object.builder.as_ref().map(|builder| constructor(object, builder));
    let setters = object
        .builder
        .as_ref()
        .and_then(|builder| setters::of_model(name, &builder.setters));
    let entries = object.fields.iter().map(entry);
    quote! {
        #doc
        #deprecated
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }

        #builder
        #setters

        object!(#name #no_default { #(#entries,)* });
    }
}

/// Emits `new(…)`, which takes the required values.
fn constructor(object: &Struct, builder: &Builder) -> TokenStream {
    let name = &object.name;
    let doc = docs::constructor(builder);
    let arguments = types::arguments(&builder.arguments);
    let values = types::field_values(&builder.arguments);
    let rest = (builder.arguments.len() < object.fields.len()).then(|| quote! { ..JsonValue::empty() });
    let body = if values.is_empty() {
        quote! { Self::default() }
    } else {
        quote! { Self { #(#values,)* #rest } }
    };
    quote! {
        impl #name {
            #doc
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                #body
            }
        }
    }
}

/// Emits the entry of a field in the runtime's macro `object!`.
fn entry(field: &Field) -> TokenStream {
    let (wire_name, name) = (&field.wire_name, &field.name);
    let codec = types::as_codec(field.codec);
    let presence = match field.presence {
        Presence::Additional => return quote! { _ #codec => #name },
        Presence::Forgiving => None,
        Presence::Required => Some(quote! { required }),
        Presence::Always => Some(quote! { always }),
    };
    quote! { #wire_name #codec => #name #presence }
}

fn emit_union(union: &Union) -> TokenStream {
    let name = &union.name;
    let (doc, deprecated) = (docs::text(&union.doc), docs::deprecated(union.deprecated.as_ref()));
    let variants = union.variants.iter().map(|variant| {
        let (name, doc) = (&variant.name, docs::text(&variant.doc));
        let deprecated = docs::deprecated(variant.deprecated.as_ref());
        let ty = variant.ty.as_ref().map(types::emit).map(|ty| quote! { (#ty) });
        quote! { #doc #deprecated #name #ty }
    });
    let (unknown, unknown_doc) = match union.form {
        UnionForm::Keyed => (
            quote! { UnknownKeys },
            "An object that does not contain exactly one known key, kept verbatim.",
        ),
        UnionForm::Tagged(_) => (
            quote! { UnknownMember },
            "An object whose tag is absent or unknown to this version of the client, kept verbatim.",
        ),
        UnionForm::Untagged => (
            quote! { UnknownJson },
            "A value unknown to this version of the client, kept verbatim.",
        ),
    };
    let unknown_doc = docs::text(unknown_doc);
    let (code, conversions) = (union_code(union), conversions(union));
    quote! {
        #doc
        #deprecated
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #unknown_doc
            Unknown(#unknown),
        }

        #code
        #conversions
    }
}

/// Emits the call of the macro that decodes and encodes a union.
fn union_code(union: &Union) -> TokenStream {
    let (name, variants) = (&union.name, union.variants.iter());
    match &union.form {
        UnionForm::Keyed => {
            let entries = variants.map(|Variant { key, name, codec, .. }| {
                let codec = types::as_codec(*codec);
                quote! { #key #codec => #name }
            });
            quote! { one_of!(#name { #(#entries,)* }); }
        }
        UnionForm::Tagged(tag) => {
            let entries = variants.map(
                |Variant {
                     key, name, ty, codec, ..
                 }| {
                    let codec = types::as_codec(*codec);
                    let value = ty.as_ref().map(|_| quote! { (value) });
                    quote! { #key #codec => #name #value }
                },
            );
            quote! { tagged!(#name, #tag { #(#entries,)* }); }
        }
        UnionForm::Untagged => {
            let entries = variants.map(|Variant { name, codec, .. }| {
                let codec = types::as_codec(*codec);
                quote! { #name #codec }
            });
            quote! { any_of!(#name { #(#entries,)* }); }
        }
    }
}

/// Emits the conversions from members to a union. A string slice can stand for a string.
fn conversions(union: &Union) -> Option<TokenStream> {
    let name = &union.name;
    let entries = union.conversions.iter().map(|(variant, ty)| {
        let slice = (*ty == RustType::String).then(|| quote! { #variant: &str, });
        let ty = types::emit(ty);
        quote! { #variant: #ty, #slice }
    });
    (!union.conversions.is_empty()).then(|| quote! { from_members!(#name { #(#entries)* }); })
}
