//! Setters, as calls of the runtime's macro `setters!`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::types;
use crate::rust::docs;
use crate::rust::ir::{Clear, QueryParameter, RustType, Setter, SetterKind};

/// Emits the setters of an object that is sent as a whole.
pub fn of_model(model: &Ident, setters: &[Setter]) -> Option<TokenStream> {
    let entries = setters.iter().map(entry);
    (!setters.is_empty()).then(|| quote! { setters!(#model { #(#entries,)* }); })
}

/// Emits the setters of a derived request body and of its request builder.
pub fn of_request(model: &Ident, call: &Ident, setters: &[Setter]) -> Option<TokenStream> {
    let entries = setters.iter().map(entry);
    (!setters.is_empty()).then(|| quote! { setters!(#model, #call { #(#entries,)* }); })
}

/// Emits the setters of query parameters.
pub fn of_query(call: &Ident, query: &[QueryParameter]) -> Option<TokenStream> {
    let entries = query.iter().map(|QueryParameter { name, doc, ty, .. }| {
        let (doc, kind, argument) = (docs::text(doc), kind(SetterKind::Optional, ty), types::argument(ty));
        quote! { #doc #kind #name: #argument }
    });
    (!query.is_empty()).then(|| quote! { setters!(#call.operation { #(#entries,)* }); })
}

fn entry(setter: &Setter) -> TokenStream {
    let Setter {
        name,
        doc,
        deprecated,
        kind,
        ty,
    } = setter;
    let (doc, deprecated) = (docs::text(doc), docs::deprecated(deprecated.as_ref()));
    let (kind, argument) = (self::kind(*kind, ty), types::argument(ty));
    quote! { #doc #deprecated #kind #name: #argument }
}

/// Returns the macro's keyword for converting an argument to a field.
fn kind(kind: SetterKind, ty: &RustType) -> TokenStream {
    match (kind, ty) {
        (SetterKind::Optional, RustType::Vec(_)) => quote! { optional_list },
        (SetterKind::Optional, RustType::Map(_)) => quote! { optional_map },
        (SetterKind::Optional, _) => quote! { optional },
        (SetterKind::Plain, RustType::Vec(_)) => quote! { plain_list },
        (SetterKind::Plain, RustType::Map(_)) => quote! { plain_map },
        (SetterKind::Plain, _) => quote! { plain },
        (SetterKind::Clearable, RustType::Vec(_)) => quote! { clearable_list },
        (SetterKind::Clearable, RustType::Map(_)) => quote! { clearable_map },
        (SetterKind::Clearable, _) => quote! { clearable },
    }
}

/// Emits the methods that clear fields of a derived request body and of its request builder.
pub fn clears(model: &Ident, call: &Ident, clears: &[Clear]) -> Option<TokenStream> {
    let of_model = clears.iter().map(|Clear { method, field }| {
        let doc = docs::clear(field);
        quote! {
            #doc
            #[must_use]
            pub fn #method(mut self) -> Self {
                self.#field = Patch::Clear;
                self
            }
        }
    });
    let of_call = clears.iter().map(|Clear { method, field }| {
        let doc = docs::clear(field);
        quote! {
            #doc
            pub fn #method(mut self) -> Self {
                self.operation.body.#field = Patch::Clear;
                self
            }
        }
    });
    (!clears.is_empty()).then(|| {
        quote! {
            impl #model { #(#of_model)* }
            impl<C> #call<'_, C> { #(#of_call)* }
        }
    })
}
