//! Serves a fake of the API over HTTP, for curl and for clients in any language.

use std::env;
use std::process::ExitCode;

use generated_client::fake::{Fake, run_program};

fn main() -> ExitCode {
    run_program(Fake::builder(), env::args_os())
}
