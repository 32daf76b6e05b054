//! Setters, as calls of the runtime's macro `setters!`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::types;
use crate::rust::docs;
use crate::rust::ir::{Clear, Codec, Encoding, Parameter, RustType, Setter, SetterKind};

/// Emits the setters of an object that is sent as a whole.
pub fn of_model(model: &Ident, setters: &[Setter]) -> Option<TokenStream> {
    let entries = setters.iter().map(entry);
    (!setters.is_empty()).then(|| quote! { setters!(#model { #(#entries,)* }); })
}

/// Emits the setters of a derived request body and of its request builder.
pub fn of_request(model: &Ident, call: &Ident, setters: &[Setter]) -> TokenStream {
    let (usual, renamed): (Vec<_>, Vec<_>) = setters.iter().partition(|setter| setter.name == setter.method);
    let entries = usual.iter().map(|setter| entry(setter));
    let usual = (!usual.is_empty()).then(|| quote! { setters!(#model, #call { #(#entries,)* }); });
    let renamed = renamed.into_iter().map(|setter| {
        let Setter {
            name, method, kind, ty, ..
        } = setter;
        let (doc, deprecated) = (docs::text(&setter.doc), docs::deprecated(setter.deprecated.as_ref()));
        let (kind, argument) = (self::kind(*kind, ty), types::argument(ty));
        quote! {
            impl #model {
                #doc
                #deprecated
                #[must_use]
                pub fn #method(mut self, #name: #argument) -> Self {
                    self.#name = crate::runtime::setters::#kind(#name);
                    self
                }
            }
            impl<C> #call<'_, C> {
                #doc
                #deprecated
                pub fn #method(mut self, #name: #argument) -> Self {
                    self.operation.body.value.#name = crate::runtime::setters::#kind(#name);
                    self
                }
            }
        }
    });
    quote! { #usual #(#renamed)* }
}

/// Emits the setters of optional query parameters and headers.
pub fn of_parameters<'a>(call: &Ident, parameters: impl Iterator<Item = &'a Parameter>) -> Option<TokenStream> {
    let entries = parameters.map(|parameter| {
        let Parameter {
            setter,
            wire_name,
            doc,
            deprecated,
            ty,
            codec,
            encoding,
            ..
        } = parameter;
        let (doc, deprecated) = (docs::text(doc), docs::deprecated(deprecated.as_ref()));
        let (kind, argument, encode) = (kind(SetterKind::Plain, ty), types::argument(ty), encode(*encoding));
        let (ty, codec) = (types::emit(ty), codec.map(types::codec));
        let codec = codec.map(|codec| quote! { , #codec });
        quote! { #doc #deprecated #kind #setter: #argument => #encode::<#ty>(#wire_name #codec) }
    });
    let entries: Vec<_> = entries.collect();
    (!entries.is_empty()).then(|| quote! { setters!(#call.operation { #(#entries,)* }); })
}

/// Emits the name of the method of `CallParameters` that sets a parameter.
pub fn encode(encoding: Encoding) -> TokenStream {
    match encoding {
        Encoding::Query => quote! { query },
        Encoding::Comma => quote! { comma },
        Encoding::Brackets => quote! { brackets },
        Encoding::Deep => quote! { deep },
        Encoding::Header => quote! { header },
    }
}

/// Emits the setter of a request body that may be left out.
pub fn of_body(call: &Ident, ty: &RustType, codec: Option<Codec>) -> TokenStream {
    let doc = docs::text("Sets the request body. By default, none is sent.");
    let (kind, argument) = (kind(SetterKind::Plain, ty), types::argument(ty));
    let json = match codec.map(types::codec) {
        None => quote! { new(value) },
        Some(codec) => quote! { coded(value, crate::runtime::Codec::#codec) },
    };
    quote! {
        impl<C> #call<'_, C> {
            #doc
            pub fn body(mut self, body: #argument) -> Self {
                let value = crate::runtime::setters::#kind(body);
                self.operation.body = Some(JsonBody::#json);
                self
            }
        }
    }
}

fn entry(setter: &Setter) -> TokenStream {
    let Setter {
        name,
        doc,
        deprecated,
        kind,
        ty,
        ..
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
    let of_model = clears.iter().map(|clear| {
        let Clear { method, field, .. } = clear;
        let (doc, deprecated) = (docs::text(&clear.doc), docs::deprecated(clear.deprecated.as_ref()));
        quote! {
            #doc
            #deprecated
            #[must_use]
            pub fn #method(mut self) -> Self {
                self.#field = Patch::Clear;
                self
            }
        }
    });
    let of_call = clears.iter().map(|clear| {
        let Clear { method, field, .. } = clear;
        let (doc, deprecated) = (docs::text(&clear.doc), docs::deprecated(clear.deprecated.as_ref()));
        quote! {
            #doc
            #deprecated
            pub fn #method(mut self) -> Self {
                self.operation.body.value.#field = Patch::Clear;
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
