//! Generates a Rust API client from a hand-written YAML schema.
//!
//! | schema | Rust |
//! |---|---|
//! | `api.yaml` | the static `API`, shared query parameters, `shared.rs` |
//! | nothing | `exports.rs`, the public items that `lib.rs` re-exports |
//! | methods, paths, types, `fake` | `fake.rs`, the table that drives the fake |
//! | a file in `resources/` | a module, a handle (`ApiKeys`), a method of each client (`api_keys()`) |
//! | an operation | a method of the handle, a request encoder in `op` (`GetApiKey`), a call (`GetApiKeyCall`) |
//! | a path parameter | an argument |
//! | a query parameter | a setter of the call |
//! | `returns: T` | the result of the call |
//! | `returns: page<T>` | a call with the additional methods `items()` and `pages()` |
//! | `create: …`, `update: …` on fields | `ApiKeyCreate`, `ApiKeyUpdate`; arguments and setters of their calls |
//! | `body: T`, `body: empty` | an argument of the method; the body `{}` |
//! | a type with `fields` | a struct with public fields that is read from and written to JSON |
//! | `returns: { 200: T, 204: nothing }` | the result of the call: a type, an `Option`, or an enum such as `RunThingResponse` |
//! | a type with `values` or `integers` | an enum with a variant for each value, and `Unknown` |
//! | a type with `one_of` or `any_of` | an enum with a variant for each member, and `Unknown` |
//! | `string` | `String`, or `SecretString` if it is secret |
//! | `boolean` | `bool` |
//! | `int32` `int64` `uint32` `uint64` `float64` | `i32` `i64` `u32` `u64` `f64` |
//! | `timestamp` `epoch` `epoch_ms` | `Timestamp`; an error if absent |
//! | `date`, `uuid` | `Date`, `Uuid`; an error if absent |
//! | `base64` | `Bytes` |
//! | `quoted<T>` | the type of `T` |
//! | `json` | `serde_json::Value` |
//! | `list<T>` | `Vec<T>` |
//! | `map<T>` | `BTreeMap<String, T>` |
//! | `optional<T>` | `Option<T>` |
//!
//! The pipeline is load → parse → resolve → check → lower → emit → print → write. [`source::load`] reads the schema,
//! [`generate`] runs the steps from parse to print, and [`output::Plan`] writes the generated files.
//!
//! [`new_crate`] generates a whole crate, and [`generate_crate`] the parts of it that are generated again.

mod api;
mod crate_template;
pub mod diagnostics;
mod names;
mod openapi;
pub mod output;
mod rust;
pub mod source;
mod syntax;

use std::io;
use std::path::Path;

use self::api::check::check;
use self::api::checked::Checked;
use self::api::resolve::resolve;
use self::diagnostics::{Diagnostic, Diagnostics};
use self::openapi::import::document::Document;
use self::rust::emit::emit;
use self::rust::ir::Generated;
use self::rust::lower::lower;
use self::rust::print::print;
use self::source::Source;
use self::syntax::locate::locate;
use self::syntax::parse::parse;

pub use self::crate_template::{Needs, PackageName, check as check_manifest, starter};
pub use self::openapi::import::Import;
pub use self::openapi::import::finding::{Finding, Loss};
pub use self::openapi::import::report::Report;
pub use self::rust::print::OutputFile;

/// The command that generates the client in this repository.
const COMMAND: &str = "cargo run -p generator";

/// The command that generates the code of another crate, in its folder.
const CRATE_COMMAND: &str = "generator --crate .";

/// The folders of a crate that the generator writes.
pub const CRATE_FOLDERS: [&str; 3] = ["src/fake", "src/generated", "src/runtime"];

/// The generated files, and the size of the API.
#[derive(Debug)]
pub struct Output {
    /// The files, with names relative to the output folder.
    pub files: Vec<OutputFile>,
    /// The number of resources.
    pub resources: usize,
    /// The number of operations.
    pub operations: usize,
    /// The number of types.
    pub types: usize,
}

/// Generates the client of an API from the files of its schema, which can be in any order.
///
/// # Errors
///
/// Returns every error found by the first stage that fails.
pub fn generate(sources: &[Source]) -> Result<Output, Diagnostics> {
    let checked = analyze(sources)?;
    let generated = lower(&checked, sources);
    output(&checked, &generated, COMMAND)
}

/// Generates everything that the generator writes to a crate for another API: the files in [`CRATE_FOLDERS`], with names
/// relative to the crate's folder.
///
/// # Errors
///
/// Returns every error found by the first stage that fails.
pub fn generate_crate(sources: &[Source]) -> Result<CrateOutput, Diagnostics> {
    let checked = analyze(sources)?;
    let generated = lower(&checked, sources);
    crate_output(&checked, &generated)
}

/// Generates a new crate, with the files that a person then owns. The schema is part of it.
///
/// # Errors
///
/// Returns every error found by the first stage that fails, or an error if the schema names another crate.
pub fn new_crate(package: &PackageName, sources: &[Source]) -> Result<CrateOutput, Diagnostics> {
    let checked = analyze(sources)?;
    let (crate_name, expected) = (&checked.api.crate_name, package.crate_name());
    if *crate_name != expected {
        let message = format!("the schema is for the crate `{crate_name}`, not for `{expected}`");
        let mut errors = Diagnostics::default();
        errors.push(Diagnostic::without_location(message).help(format!("write `crate: {expected}` in `api.yaml`")));
        return Err(errors);
    }
    let generated = lower(&checked, sources);
    let mut created = crate_output(&checked, &generated)?;
    let schema = sources.iter().map(|source| OutputFile {
        name: format!("schema/{}", source.name),
        text: source.text.clone(),
    });
    let handwritten = crate_template::handwritten(package, &checked.api, &generated);
    created.output.files.splice(0..0, handwritten.into_iter().chain(schema));
    Ok(created)
}

/// The files that the generator writes to a crate.
#[derive(Debug)]
pub struct CrateOutput {
    /// The files, with names relative to the crate's folder.
    pub output: Output,
    /// The optional features and dependencies that the files need.
    pub needs: Needs,
    /// The name of the crate in Rust code.
    pub crate_name: String,
}

fn crate_output(checked: &Checked, generated: &Generated) -> Result<CrateOutput, Diagnostics> {
    let mut output = output(checked, generated, CRATE_COMMAND)?;
    for file in &mut output.files {
        file.name.insert_str(0, "src/generated/");
    }
    output.files.extend(crate_template::runtime(CRATE_COMMAND));
    output.files.extend(crate_template::fake(CRATE_COMMAND));
    Ok(CrateOutput {
        output,
        needs: Needs::of(generated),
        crate_name: checked.api.crate_name.clone(),
    })
}

/// Prints the generated code. Its headers name a command.
fn output(Checked { api, .. }: &Checked, generated: &Generated, command: &str) -> Result<Output, Diagnostics> {
    Ok(Output {
        files: print(emit(generated), command)?,
        resources: api.resources.len(),
        operations: api.operations().count(),
        types: api.types.len(),
    })
}

/// Converts a schema to an OpenAPI 3.1 document in JSON.
///
/// # Errors
///
/// Returns every error found by the first stage that fails.
pub fn openapi(sources: &[Source]) -> Result<String, Diagnostics> {
    Ok(openapi::document(&analyze(sources)?))
}

/// Converts an OpenAPI document to the schema of a crate with this name, such as `acme_client`.
///
/// # Errors
///
/// Returns an error if the document, or a file that it references, cannot be read, or if a schema can contain none of its
/// operations.
pub fn import(document: &Path, crate_name: &str) -> io::Result<Import> {
    let import = openapi::import::import(&Document::load(document)?, crate_name);
    if import.report.exact + import.report.weaker == 0 {
        let mut findings = import.report.findings.iter();
        let left_out = findings.find(|finding| finding.loss == Loss::LeftOut);
        let reason = left_out.map(|finding| format!(": {}: {}", finding.place, finding.text));
        let message = format!(
            "`{}` has no operation that a schema can contain{}",
            document.display(),
            reason.unwrap_or_default()
        );
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    Ok(import)
}

/// Parses, resolves and checks a schema.
fn analyze(sources: &[Source]) -> Result<Checked, Diagnostics> {
    let files = parse(sources)?;
    resolve(files).and_then(check).map_err(|errors| locate(errors, sources))
}
