//! The command line of the generator.

use std::io::{self, IsTerminal, Write, stderr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use generator::diagnostics::{Diagnostics, Style};
use generator::output::Plan;
use generator::source::{self, Source};
use generator::{Output, generate, openapi};

/// Generates a Rust API client from a schema written by hand in YAML.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Change nothing; exit with 1 and a unified diff where the generated code is not up to date
    #[arg(long)]
    check: bool,

    /// The folder of the schema: api.yaml, and one file a resource in resources/
    #[arg(long, global = true, value_name = "DIR", default_value = "schema")]
    schema: PathBuf,

    /// The folder of the generated code, in which nothing else may stand; another schema than `schema` needs one
    #[arg(long, value_name = "DIR", default_value = "generated-client/src/generated")]
    out: PathBuf,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Clone, Copy, Subcommand)]
enum Command {
    /// Print the API as an OpenAPI 3.1 document in JSON, and write nothing
    Openapi,
}

fn main() -> ExitCode {
    let arguments = parse();
    run(&arguments).unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::FAILURE
    })
}

/// Reads the arguments, and refuses to write one API over another.
fn parse() -> Arguments {
    let matches = Arguments::command().get_matches();
    let given = |name: &str| matches.value_source(name) == Some(ValueSource::CommandLine);
    if given("schema") && !given("out") && matches.subcommand().is_none() {
        let message = "another schema needs a folder of its own: add `--out DIR`";
        Arguments::command()
            .error(ErrorKind::MissingRequiredArgument, message)
            .exit();
    }
    Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

fn run(arguments: &Arguments) -> io::Result<ExitCode> {
    let start = Instant::now();
    let sources = source::load(&arguments.schema)?;
    let outcome = match arguments.command {
        None => generate(&sources).map(|output| update(arguments, &output, start)),
        Some(Command::Openapi) => openapi(&sources).map(|document| print(&document)),
    };
    outcome.unwrap_or_else(|errors| {
        report(&errors, &sources);
        Ok(ExitCode::FAILURE)
    })
}

/// Writes what changed, or shows what would.
fn update(arguments: &Arguments, output: &Output, start: Instant) -> io::Result<ExitCode> {
    let plan = Plan::new(&arguments.out, &output.files)?;
    if arguments.check {
        print!("{}", plan.diff());
    } else {
        plan.apply()?;
        plan.changes().iter().for_each(|change| println!("{change}"));
    }
    println!("{}", summary(output, &plan, start));
    if arguments.check && !plan.changes().is_empty() {
        eprintln!("error: the generated code is not up to date: run `cargo run -p generator`");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints to a reader that may have read enough, such as `head`.
fn print(text: &str) -> io::Result<ExitCode> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(ExitCode::SUCCESS),
    }
}

fn report(errors: &Diagnostics, sources: &[Source]) {
    let style = if stderr().is_terminal() {
        Style::Coloured
    } else {
        Style::Plain
    };
    let count = counted(errors.count(), "error");
    eprintln!(
        "{}\n\nerror: {count} in the schema; nothing was written",
        errors.render(sources, style)
    );
}

fn summary(output: &Output, plan: &Plan, start: Instant) -> String {
    format!(
        "{}, {}, {}; {} of {} files changed; {} ms",
        counted(output.resources, "resource"),
        counted(output.operations, "operation"),
        counted(output.types, "type"),
        plan.changes().len(),
        output.files.len(),
        start.elapsed().as_millis()
    )
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
