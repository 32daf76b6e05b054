//! Types, arguments and imports as tokens.

use crate::rust::{Imports, Type};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

/// A type where it is held.
pub fn emit(ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote! { String },
        Type::Bool => quote! { bool },
        Type::I32 => quote! { i32 },
        Type::I64 => quote! { i64 },
        Type::U32 => quote! { u32 },
        Type::U64 => quote! { u64 },
        Type::F64 => quote! { f64 },
        Type::Timestamp => quote! { Timestamp },
        Type::Json => quote! { serde_json::Value },
        Type::Vec(item) => {
            let item = emit(item);
            quote! { Vec<#item> }
        }
        Type::Map(item) => {
            let item = emit(item);
            quote! { BTreeMap<String, #item> }
        }
        Type::Option(inner) => {
            let inner = emit(inner);
            quote! { Option<#inner> }
        }
        Type::Model(name) => name.to_token_stream(),
    }
}

/// A type where a caller hands it over.
pub fn argument(ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote! { impl Into<String> },
        Type::Vec(item) if **item == Type::String => quote! { impl IntoIterator<Item = impl Into<String>> },
        _ => emit(ty),
    }
}

/// The expression that turns an argument into what is held, where it is not held as it came.
pub fn converted(name: &Ident, ty: &Type) -> Option<TokenStream> {
    match ty {
        Type::String => Some(quote! { #name.into() }),
        Type::Vec(item) if **item == Type::String => Some(quote! { #name.into_iter().map(Into::into).collect() }),
        _ => None,
    }
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
    quote! {
        #map
        #names
        use crate::runtime::{#(#runtime),*};
    }
}
