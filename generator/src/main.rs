//! The command-line interface of the generator.

use std::io::{self, IsTerminal, Write, stderr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use generator::diagnostics::{Diagnostics, Style};
use generator::output::{self, Plan};
use generator::source::{self, Source};
use generator::{Output, generate, openapi};

/// Generates a Rust API client from a hand-written YAML schema.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Don't write any files; if the generated code is out of date, print a unified diff and exit with status 1
    #[arg(long)]
    check: bool,

    /// Folder of the schema: api.yaml, and one file per resource in resources/
    #[arg(long, global = true, value_name = "DIR", default_value = "schema")]
    schema: PathBuf,

    /// Folder for the generated code, which must not contain other files; required if --schema is given
    #[arg(long, value_name = "DIR", default_value = "generated-client/src/generated")]
    out: PathBuf,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Clone, Copy, Subcommand)]
enum Command {
    /// Print the API as an OpenAPI 3.1 document in JSON, without writing any files
    Openapi,
}

fn main() -> ExitCode {
    let arguments = parse();
    run(&arguments).unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::FAILURE
    })
}

/// Parses the arguments. Requires `--out` with `--schema`, so that another API never overwrites the default client.
fn parse() -> Arguments {
    let matches = Arguments::command().get_matches();
    let is_given = |name: &str| matches.value_source(name) == Some(ValueSource::CommandLine);
    if is_given("schema") && !is_given("out") && matches.subcommand().is_none() {
        let message = "`--schema` requires an output folder: add `--out DIR`";
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

/// Writes the changed files, or prints the changes with `--check`.
fn update(arguments: &Arguments, output: &Output, start: Instant) -> io::Result<ExitCode> {
    let plan = if arguments.check {
        let plan = Plan::new(&arguments.out, &output.files)?;
        print!("{}", plan.diff());
        plan
    } else {
        let plan = output::update(&arguments.out, &output.files)?;
        plan.changes().iter().for_each(|change| println!("{change}"));
        plan
    };
    println!("{}", summary(output, &plan, start));
    if arguments.check && !plan.changes().is_empty() {
        eprintln!("error: the generated code is out of date: run `cargo run -p generator`");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints to stdout. A closed pipe, such as that of `head`, is not an error.
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
    let count = pluralize(errors.count(), "error");
    eprintln!(
        "{}\n\nerror: {count} in the schema; nothing was written",
        errors.render(sources, style)
    );
}

fn summary(output: &Output, plan: &Plan, start: Instant) -> String {
    format!(
        "{}, {}, {}; {} of {} files changed; {} ms",
        pluralize(output.resources, "resource"),
        pluralize(output.operations, "operation"),
        pluralize(output.types, "type"),
        plan.changes().len(),
        output.files.len(),
        start.elapsed().as_millis()
    )
}

fn pluralize(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
