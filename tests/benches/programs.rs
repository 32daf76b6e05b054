//! Compares the generated client with the published one and with a program by hand: `cargo bench -p tests --bench programs`.
//!
//! Prints the table of `generated-client/BENCHMARKS.md`; `-- --write` puts it there, `-- --rows check,call` measures some
//! rows alone. The programs are built below `target/programs`, from fetched sources and without network.

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
