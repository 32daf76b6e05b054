//! Types, arguments and imports as tokens.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use crate::rust::ir::{Argument, Imports, Type};

/// A type where it is held.
pub fn emit(ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote! { String },
        Type::Secret => quote! { SecretString },
        Type::Bool => quote! { bool },
        Type::I32 => quote! { i32 },
        Type::I64 => quote! { i64 },
        Type::U32 => quote! { u32 },
        Type::U64 => quote! { u64 },
        Type::F64 => quote! { f64 },
        Type::Timestamp => quote! { Timestamp },
        Type::Json => quote! { serde_json::Value },
        Type::Vec(item) => generic(&quote! { Vec }, item),
        Type::Option(inner) => generic(&quote! { Option }, inner),
        Type::Patch(inner) => generic(&quote! { Patch }, inner),
        Type::Box(inner) => generic(&quote! { Box }, inner),
        Type::Map(item) => {
            let item = emit(item);
            quote! { BTreeMap<String, #item> }
        }
        Type::Model(name) => name.to_token_stream(),
    }
}

fn generic(wrapper: &TokenStream, inner: &Type) -> TokenStream {
    let inner = emit(inner);
    quote! { #wrapper<#inner> }
}

/// A type where a caller hands it over: what is easy to write, at the outermost level.
pub fn argument(ty: &Type) -> TokenStream {
    match ty {
        Type::Box(inner) => argument(inner),
        Type::Vec(item) => {
            let item = element(item);
            quote! { impl IntoIterator<Item = #item> }
        }
        Type::Map(item) => {
            let item = element(item);
            quote! { impl IntoIterator<Item = (impl Into<String>, #item)> }
        }
        _ => element(ty),
    }
}

/// A type where a caller hands it over alone or in a list or map.
fn element(ty: &Type) -> TokenStream {
    let held = emit(ty);
    match ty {
        Type::String | Type::Secret => quote! { impl Into<#held> },
        _ => held,
    }
}

/// The expression that turns an argument into what is held, where it is not held as it came.
pub fn converted(name: &Ident, ty: &Type) -> Option<TokenStream> {
    match ty {
        Type::String | Type::Secret | Type::Box(_) => Some(quote! { #name.into() }),
        Type::Vec(item) if is_text(item) => Some(quote! { #name.into_iter().map(Into::into).collect() }),
        Type::Vec(_) => Some(quote! { #name.into_iter().collect() }),
        Type::Map(item) => {
            let value = if is_text(item) {
                quote! { value.into() }
            } else {
                quote! { value }
            };
            Some(quote! { #name.into_iter().map(|(key, value)| (key.into(), #value)).collect() })
        }
        _ => None,
    }
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Secret)
}

/// The arguments of a method.
pub fn arguments<'a>(arguments: impl IntoIterator<Item = &'a Argument>) -> Vec<TokenStream> {
    let parameter = |argument: &Argument| {
        let (name, ty) = (&argument.name, self::argument(&argument.ty));
        quote! { #name: #ty }
    };
    arguments.into_iter().map(parameter).collect()
}

/// The fields of a struct literal that arguments of the same names fill.
pub fn field_values<'a>(arguments: impl IntoIterator<Item = &'a Argument>) -> Vec<TokenStream> {
    let field = |Argument { name, ty }: &Argument| {
        converted(name, ty).map_or_else(|| quote! { #name }, |value| quote! { #name: #value })
    };
    arguments.into_iter().map(field).collect()
}

/// The `use` lines of a file, whose models of other files come from a module.
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
