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
//! [`read::schema`] reads a schema, [`generate`] is all that happens to it, [`write::Plan`] brings the files to disk.

pub mod diagnostics;
mod docs;
mod emit;
mod format;
mod lower;
mod model;
mod names;
mod openapi;
pub mod read;
mod resolve;
mod rust;
mod schema;
mod usage;
mod validate;
pub mod write;

use diagnostics::{Diagnostic, Diagnostics, Source};
pub use format::OutputFile;
use resolve::Files;
use schema::yaml;

/// The file that says what holds for the whole API.
pub const API_FILE: &str = "api.yaml";

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

/// The API of a schema as an OpenAPI 3.1 document in JSON.
///
/// # Errors
///
/// All that is wrong in the first stage in which anything is wrong.
pub fn openapi(sources: &[Source]) -> Result<String, Diagnostics> {
    let api = resolve::resolve(parse(sources)?)?;
    validate::validate(&api)?;
    // What collides in Rust is as wrong here: derived requests have names in the document, too.
    lower::lower(&api, sources)?;
    Ok(openapi::document(&api))
}

/// Generates the client of an API from the files of its schema, in any order.
///
/// # Errors
///
/// All that is wrong in the first stage in which anything is wrong.
pub fn generate(sources: &[Source]) -> Result<Output, Diagnostics> {
    let files = parse(sources)?;
    let api = resolve::resolve(files)?;
    validate::validate(&api)?;
    let generated = lower::lower(&api, sources)?;
    Ok(Output {
        files: print(emit::emit(&generated))?,
        resources: api.resources.len(),
        operations: api.resources.iter().map(|resource| resource.operations.len()).sum(),
        types: api.types().count(),
    })
}

fn parse(sources: &[Source]) -> Result<Files, Diagnostics> {
    let mut errors = Diagnostics::default();
    let mut api = None;
    let mut resources = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        let outcome = if source.name == API_FILE {
            yaml::read(&source.text).map(|file| api = Some((index, file)))
        } else {
            yaml::read(&source.text).map(|file| resources.push((index, file)))
        };
        errors.extend(outcome.err().map(|error| Diagnostic::unreadable(index, error)));
    }
    match (errors.or_ok(resources)?, api) {
        (resources, Some(api)) => Ok(Files { api, resources }),
        (_, None) => Err(Diagnostics::from(Diagnostic::homeless(format!(
            "the schema has no `{API_FILE}`"
        )))),
    }
}

/// Prints every file; what cannot be printed is a fault of the generator itself, and said as such.
fn print(files: Vec<emit::File>) -> Result<Vec<OutputFile>, Diagnostics> {
    let mut errors = Diagnostics::default();
    let mut printed = Vec::with_capacity(files.len());
    for file in files {
        let name = file.name.clone();
        match format::format(file) {
            Ok(file) => printed.push(file),
            Err(error) => errors.push(Diagnostic::homeless(format!(
                "the code for `{name}` is not Rust ({error}); this is a fault of the generator: please report the schema"
            ))),
        }
    }
    errors.or_ok(printed)
}
