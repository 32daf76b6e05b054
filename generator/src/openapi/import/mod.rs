//! Converts an OpenAPI document to a schema.

mod api;
pub mod document;
mod draft;
pub mod finding;
mod names;
mod naming;
mod operations;
pub mod report;
mod resources;
mod types;
mod write;
mod yaml;

use self::document::Document;
use self::finding::Loss;
use self::report::Report;
use self::types::{Types, Usage};
use self::write::Schema;
use crate::names::Scope;
use crate::source::Source;

/// A schema that was made from an OpenAPI document.
#[derive(Debug)]
pub struct Import {
    /// The files of the schema.
    pub schema: Vec<Source>,
    /// The parts of the document that are lost.
    pub report: Report,
}

/// Converts a document to the schema of a crate with this name.
pub fn import(document: &Document, crate_name: &str) -> Import {
    let mut types = Types::new(document);
    let api = api::api(&mut types, crate_name);
    types.find(
        "schemas",
        Loss::Reading,
        "`required` says what requests contain: a response may leave out any field that is not a time; \
         `missing_fields: error` in `api.yaml` makes responses strict",
    );
    let read = operations::operations(&mut types, &api.schemes);
    let left_out = read.left_out;
    types.settle();
    let mut operations = operations::settle(&mut types, read.carried, &api.auth);
    types.add_examples_of_schemas();
    types.find_id_prefixes();
    if write::has_resource_features(&operations) {
        types.find(
            "paths",
            Loss::Reading,
            "over 300 operations: `resource_features` in `api.yaml` gives each resource a cargo feature",
        );
    }
    let usage = Usage::new(&types, &operations);
    types.report_nulls(&usage);
    let mut scope = Scope::types();
    let resources = resources::group(&mut operations, &naming::components(&types, &usage), &mut scope);
    let names = naming::names(&types, &usage, &operations, &resources, &mut scope);
    let schema = write::files(&Schema {
        api: &api,
        resources: &resources,
        operations: &operations,
        types: &types,
        usage: &usage,
        names: &names,
    });
    let report = Report::new(document, &types, &operations, left_out);
    Import { schema, report }
}
