//! Generates a Rust API client from a schema written by hand in YAML.
//!
//! | schema | Rust |
//! |---|---|
//! | `api.yaml` | the constant `API`, the query parameters that operations share, `shared.rs` |
//! | methods, paths, types, `fake` | `fake.rs`, the table that a fake of the API goes by |
//! | a file of `resources/` | a module, a handle (`ApiKeys`), a method of each client (`api_keys()`) |
//! | an operation | a method of the handle, an entry of `op` that encodes the request, a call (`GetApiKey`) |
//! | a path parameter | an argument |
//! | a query parameter | a setter of the call |
//! | `returns: T` | what the call gives |
//! | `returns: page<T>` | a call that also gives a stream of `items()` and of `pages()` |
//! | `create: …`, `update: …` of fields | `ApiKeyCreate`, `ApiKeyUpdate`; arguments and setters of the calls that send them |
//! | `body: T`, `body: empty` | an argument of the method; `{}` |
//! | a type with `fields` | a struct with public fields, which reads and writes itself as JSON |
//! | a type with `values` | an enum with `Unknown` for what the API may add |
//! | a type with `one_of` | an enum with a variant for each key, and `Unknown` |
//! | `string` | `String`, or `SecretString` where it is secret |
//! | `boolean` | `bool` |
//! | `int32` `int64` `uint32` `uint64` `float64` | `i32` `i64` `u32` `u64` `f64` |
//! | `timestamp` | `Timestamp`, which must be there |
//! | `json` | `serde_json::Value` |
//! | `list<T>` | `Vec<T>` |
//! | `map<T>` | `BTreeMap<String, T>` |
//! | `optional<T>` | `Option<T>` |
//!
//! The pipeline is load → parse → resolve → check → lower → emit → print → write. [`source::load`] reads the files of a
//! schema, [`generate`] does the rest but the last step, [`output::Plan`] writes the generated files.

mod api;
pub mod diagnostics;
mod names;
mod openapi;
pub mod output;
mod rust;
pub mod source;
mod syntax;

use self::api::check::check;
use self::api::checked::Checked;
use self::api::resolve::resolve;
use self::diagnostics::Diagnostics;
use self::rust::emit::emit;
use self::rust::lower::lower;
use self::rust::print::print;
use self::source::Source;
use self::syntax::locate::locate;
use self::syntax::parse::parse;

pub use self::rust::print::OutputFile;

/// The generated files, and what they are made from.
#[derive(Debug)]
pub struct Output {
    /// The files, whose names are relative to the generated folder.
    pub files: Vec<OutputFile>,
    /// How many resources the API has.
    pub resources: usize,
    /// How many operations the API has.
    pub operations: usize,
    /// How many types the API has.
    pub types: usize,
}

/// Generates the client of an API from the files of its schema, in any order.
///
/// # Errors
///
/// Returns every error found by the first stage that fails.
pub fn generate(sources: &[Source]) -> Result<Output, Diagnostics> {
    let checked = analyze(sources)?;
    let generated = lower(&checked, sources);
    let tokens = emit(&generated);
    let files = print(tokens)?;
    let api = &checked.api;
    Ok(Output {
        files,
        resources: api.resources.len(),
        operations: api.operations().count(),
        types: api.types.len(),
    })
}

/// Returns the API of a schema as an OpenAPI 3.1 document in JSON.
///
/// # Errors
///
/// Returns every error found by the first stage that fails.
pub fn openapi(sources: &[Source]) -> Result<String, Diagnostics> {
    Ok(openapi::document(&analyze(sources)?))
}

/// Parses, resolves and checks a schema.
fn analyze(sources: &[Source]) -> Result<Checked, Diagnostics> {
    let files = parse(sources)?;
    resolve(files).and_then(check).map_err(|errors| locate(errors, sources))
}
