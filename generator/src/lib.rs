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

/// Converts a schema to an OpenAPI 3.1 document in JSON.
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
