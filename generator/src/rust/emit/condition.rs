//! Conditions of items that need a cargo feature.

use proc_macro2::TokenStream;
use quote::quote;

/// Emits the condition of an item that needs a cargo feature, if it needs one.
pub fn condition(feature: Option<&String>) -> Option<TokenStream> {
    feature.map(|feature| quote! { #[cfg(feature = #feature)] })
}
