//! Emits types, arguments and imports.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use crate::rust::ir::{Argument, Codec, Imports, RustType};

/// Emits the type of a field.
pub fn emit(ty: &RustType) -> TokenStream {
    match ty {
        RustType::String => quote! { String },
        RustType::Secret => quote! { SecretString },
        RustType::Bool => quote! { bool },
        RustType::I32 => quote! { i32 },
        RustType::I64 => quote! { i64 },
        RustType::U32 => quote! { u32 },
        RustType::U64 => quote! { u64 },
        RustType::F64 => quote! { f64 },
        RustType::Timestamp => quote! { Timestamp },
        RustType::Date => quote! { Date },
        RustType::Uuid => quote! { Uuid },
        RustType::Bytes => quote! { Bytes },
        RustType::Json => quote! { serde_json::Value },
        RustType::Vec(item) => generic(&quote! { Vec }, item),
        RustType::Option(inner) => generic(&quote! { Option }, inner),
        RustType::Patch(inner) => generic(&quote! { Patch }, inner),
        RustType::Box(inner) => generic(&quote! { Box }, inner),
        RustType::Map(item) => {
            let item = emit(item);
            quote! { BTreeMap<String, #item> }
        }
        RustType::Model(name) => name.to_token_stream(),
    }
}

/// Emits the name of a codec.
pub fn codec(codec: Codec) -> TokenStream {
    match codec {
        Codec::EpochSeconds => quote! { EpochSeconds },
        Codec::EpochMilliseconds => quote! { EpochMilliseconds },
        Codec::Base64 => quote! { Base64 },
        Codec::Quoted => quote! { Quoted },
    }
}

/// Emits the codec after a field or a parameter in a macro of the runtime.
pub fn as_codec(codec: Option<Codec>) -> Option<TokenStream> {
    let codec = self::codec(codec?);
    Some(quote! { as #codec })
}

fn generic(wrapper: &TokenStream, inner: &RustType) -> TokenStream {
    let inner = emit(inner);
    quote! { #wrapper<#inner> }
}

/// Emits the type of an argument. Its outermost level is generic, so that callers can pass literals and arrays.
pub fn argument(ty: &RustType) -> TokenStream {
    match ty {
        RustType::Box(inner) => argument(inner),
        RustType::Vec(item) => {
            let item = element(item);
            quote! { impl IntoIterator<Item = #item> }
        }
        RustType::Map(item) => {
            let item = element(item);
            quote! { impl IntoIterator<Item = (impl Into<String>, #item)> }
        }
        _ => element(ty),
    }
}

/// Emits the type of an argument that is a single value, or an item of a list or map.
fn element(ty: &RustType) -> TokenStream {
    let held = emit(ty);
    match ty {
        RustType::String | RustType::Secret | RustType::Bytes => quote! { impl Into<#held> },
        _ => held,
    }
}

/// Emits the conversion from an argument to a field, if the types differ.
pub fn converted(name: &Ident, ty: &RustType) -> Option<TokenStream> {
    match ty {
        RustType::String | RustType::Secret | RustType::Bytes | RustType::Box(_) => Some(quote! { #name.into() }),
        RustType::Vec(item) if takes_into(item) => Some(quote! { #name.into_iter().map(Into::into).collect() }),
        RustType::Vec(_) => Some(quote! { #name.into_iter().collect() }),
        RustType::Map(_) => Some(quote! { crate::runtime::setters::plain_map(#name) }),
        _ => None,
    }
}

/// Emits a value that `Into` converts to a type, from an argument.
pub fn convertible(name: &Ident, ty: &RustType) -> TokenStream {
    match ty {
        RustType::Vec(item) => {
            let item = emit(item);
            quote! { crate::runtime::setters::plain_list::<#item>(#name) }
        }
        RustType::Map(item) => {
            let item = emit(item);
            quote! { crate::runtime::setters::plain_map::<#item>(#name) }
        }
        _ => quote! { #name },
    }
}

fn takes_into(ty: &RustType) -> bool {
    matches!(ty, RustType::String | RustType::Secret | RustType::Bytes)
}

/// Emits the arguments of a method.
pub fn arguments<'a>(arguments: impl IntoIterator<Item = &'a Argument>) -> Vec<TokenStream> {
    let parameter = |argument: &Argument| {
        let (name, ty) = (&argument.name, self::argument(&argument.ty));
        quote! { #name: #ty }
    };
    arguments.into_iter().map(parameter).collect()
}

/// Emits the fields of a struct literal, set from arguments of the same names.
pub fn field_values<'a>(arguments: impl IntoIterator<Item = &'a Argument>) -> Vec<TokenStream> {
    let field = |Argument { name, ty }: &Argument| {
        converted(name, ty).map_or_else(|| quote! { #name }, |value| quote! { #name: #value })
    };
    arguments.into_iter().map(field).collect()
}

/// Emits the `use` declarations of a file. Models of other files are imported from the given module.
pub fn imports(imports: &Imports, models: &TokenStream) -> TokenStream {
    let Imports {
        models: names,
        runtime,
        map,
    } = imports;
    let map = map.then(|| quote! { use std::collections::BTreeMap; });
    let names = (!names.is_empty()).then(|| quote! { use #models::{#(#names),*}; });
    let runtime = (!runtime.is_empty()).then(|| quote! { use crate::runtime::{#(#runtime),*}; });
    quote! { #map #names #runtime }
}
