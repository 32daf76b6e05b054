//! Constants of the runtime that describe paging.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::rust::ir::{LastPage, NextPage, Paging};

/// Emits the paging of a list, given an expression for the location of its items.
pub fn emit(paging: &Paging, items: &TokenStream) -> TokenStream {
    let next = next_page(&paging.next);
    let items_omitted = paging.may_omit_items.then(|| quote! { .may_omit_items() });
    let next_omitted = paging.may_omit_next.then(|| quote! { .may_omit_next() });
    let null_rejected = paging.rejects_null.then(|| quote! { .reject_null() });
    quote! { Paging::new(#items, #next) #items_omitted #next_omitted #null_rejected }
}

/// Returns `true` if the paging uses the type `LastPage`.
pub fn uses_last_page(paging: &Paging) -> bool {
    match paging.next {
        NextPage::None | NextPage::Uri(_) | NextPage::Link(_) | NextPage::Cursor { .. } => false,
        NextPage::Page { .. } | NextPage::Offset { .. } | NextPage::LastItem { .. } => true,
    }
}

fn next_page(next: &NextPage) -> TokenStream {
    match next {
        NextPage::None => quote! { NextPage::None },
        NextPage::Uri(location) => quote! { NextPage::Uri(#location) },
        NextPage::Link(relation) => quote! { NextPage::Link(#relation) },
        NextPage::Cursor { cursor, query } => quote! { NextPage::Cursor { cursor: #cursor, query: #query } },
        NextPage::Page { query, first, end } => {
            let (first, end) = (Literal::u64_unsuffixed(*first), last_page(end));
            quote! { NextPage::Page { query: #query, first: #first, end: #end } }
        }
        NextPage::Offset { query, end } => {
            let end = last_page(end);
            quote! { NextPage::Offset { query: #query, end: #end } }
        }
        NextPage::LastItem { field, query, end } => {
            let end = last_page(end);
            quote! { NextPage::LastItem { field: #field, query: #query, end: #end } }
        }
    }
}

fn last_page(end: &LastPage) -> TokenStream {
    match end {
        LastPage::Empty => quote! { LastPage::Empty },
        LastPage::More(location) => quote! { LastPage::More(#location) },
        LastPage::Next(location) => quote! { LastPage::Next(#location) },
        LastPage::Pages(location) => quote! { LastPage::Pages(#location) },
        LastPage::Total(location) => quote! { LastPage::Total(#location) },
    }
}
