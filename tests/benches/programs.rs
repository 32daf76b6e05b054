//! Compares the generated client with the published client and with a handwritten program.
//!
//! `cargo bench -p tests --bench programs` prints the table of `generated-client/BENCHMARKS.md`. `-- --write` writes it
//! to that file; `-- --rows check,call` measures only some rows, and `-- --openapi DOCUMENT` adds one for an imported API. The programs are built in `target/programs`, offline,
//! from sources that were fetched before.

mod comparison;
#[path = "support/table.rs"]
mod table;

use std::process::ExitCode;

use clap::Parser;

use comparison::Options;

fn main() -> ExitCode {
    match comparison::run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
