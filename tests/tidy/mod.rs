//! Layout rules that no compiler checks.
//!
//! | module | rules |
//! |---|---|
//! | `imports` | files do not import each other in circles; modules import in one direction |
//! | `layout` | `name/mod.rs`; imports in three groups |
//! | `words` | what only some files may contain |
//! | `functions` | how long a function may be |
//!
//! The import graph is made in four steps: [`sources`] reads files, [`mentions`] finds imports and paths in code,
//! [`package`] arranges modules and names, [`resolve`] finds definitions. [`graph`] puts them together; `examples` tests
//! it on small packages. To print it:
//!
//! ```console
//! $ cargo test -p tests --test all print_import_graph -- --ignored --nocapture
//! ```

mod examples;
mod functions;
mod graph;
mod imports;
mod layout;
mod mentions;
mod package;
mod resolve;
mod sources;
mod words;

/// Fails if a rule is broken anywhere.
fn report(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}:\n{}", broken.join("\n"));
}
