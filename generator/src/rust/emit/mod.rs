//! Emits the generated files as tokens, with one module per kind of output.

mod api;
mod clients;
mod condition;
mod enums;
mod exports;
mod fake;
mod index;
mod models;
mod operations;
mod paging;
mod resource;
mod setters;
mod types;

use proc_macro2::TokenStream;

use crate::rust::ir::Generated;

/// A file before it is printed.
#[derive(Debug)]
pub struct File {
    /// The file name in the generated folder.
    pub name: String,
    /// The schema file that it is generated from.
    pub source: String,
    pub tokens: TokenStream,
}

impl File {
    fn new(stem: &str, source: &str, tokens: TokenStream) -> Self {
        Self {
            name: format!("{stem}.rs"),
            source: source.to_owned(),
            tokens,
        }
    }
}

/// Emits every file of the generated folder.
pub fn emit(generated: &Generated) -> Vec<File> {
    let api = &generated.api.source;
    let mut files = vec![
        File::new("mod", api, index::emit(generated)),
        File::new("api", api, api::emit(&generated.api)),
        File::new("client", api, clients::emit(&generated.api, &generated.resources)),
        File::new("exports", api, exports::emit()),
        File::new("fake", &generated.fake.source, fake::emit(&generated.fake)),
    ];
    if let Some(shared) = &generated.shared {
        files.push(File::new("shared", &shared.source, models::emit_shared(shared)));
    }
    files.extend(
        generated
            .resources
            .iter()
            .map(|resource| File::new(&resource.file_stem, &resource.source, resource::emit(resource))),
    );
    files
}
