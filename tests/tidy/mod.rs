//! Checks of the repository layout that neither rustc nor clippy offers.
//!
//! | module | rules |
//! |---|---|
//! | `imports` | no import cycles between files; allowed directions of imports between modules |
//! | `layout` | module files named `name/mod.rs`; order and grouping of imports |
//! | `words` | words reserved for some files or forbidden in them |
//! | `functions` | maximum length of functions |
//!
//! The import graph is built in four steps: [`sources`] reads files, [`mentions`] finds imports and paths in code,
//! [`package`] builds the module tree and scopes, and [`resolve`] finds definitions. [`graph`] combines the results;
//! `examples` tests it on small packages. To print the graph:
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

/// Panics with the rule and its violations, if there are any.
fn report(rule: &str, violations: &[String]) {
    assert!(violations.is_empty(), "{rule}:\n{}", violations.join("\n"));
}
