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

/// Emits the files of the generated folder, each when it is needed: tokens take much more memory than the text that is
/// printed from them.
pub fn emit(generated: &Generated) -> impl Iterator<Item = File> {
    let files: [fn(&Generated) -> File; 5] = [
        |generated| File::new("mod", &generated.api.source, index::emit(generated)),
        |generated| File::new("api", &generated.api.source, api::emit(&generated.api)),
        |generated| {
            File::new(
                "client",
                &generated.api.source,
                clients::emit(&generated.api, &generated.resources),
            )
        },
        |generated| File::new("exports", &generated.api.source, exports::emit()),
        |generated| File::new("fake", &generated.fake.source, fake::emit(&generated.fake)),
    ];
    let shared = generated.shared.iter();
    let shared = shared.map(|shared| File::new("shared", &shared.source, models::emit_shared(shared)));
    let resources = generated.resources.iter();
    let resources =
        resources.map(|resource| File::new(&resource.file_stem, &resource.source, resource::emit(resource)));
    files
        .into_iter()
        .map(|emit| emit(generated))
        .chain(shared)
        .chain(resources)
}
