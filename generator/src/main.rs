//! The command-line interface of the generator.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use generator::diagnostics::{Diagnostics, Style, visible};
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

    /// Folder for the generated code; other files in it are an error, except hidden files and backup copies; required
    /// if --schema is given
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
    match parse() {
        Ok(arguments) => or_report(run(&arguments)),
        Err(usage) => or_report(print_usage(&usage)),
    }
}

/// Returns the exit code of a run. If the run failed, reports the error.
fn or_report(outcome: io::Result<ExitCode>) -> ExitCode {
    outcome.unwrap_or_else(|error| {
        print_error(&format!("error: {}", visible(&error.to_string())));
        ExitCode::FAILURE
    })
}

/// Parses the arguments. Requires `--out` with `--schema`, so that another API never overwrites the default client.
fn parse() -> Result<Arguments, clap::Error> {
    let matches = Arguments::command().try_get_matches()?;
    let is_given = |name: &str| matches.value_source(name) == Some(ValueSource::CommandLine);
    if is_given("schema") && !is_given("out") && matches.subcommand().is_none() {
        let message = "`--schema` requires an output folder: add `--out DIR`";
        return Err(Arguments::command().error(ErrorKind::MissingRequiredArgument, message));
    }
    Arguments::from_arg_matches(&matches)
}

/// Prints the help, the version or an error in the arguments.
fn print_usage(usage: &clap::Error) -> io::Result<ExitCode> {
    if usage.use_stderr() {
        let _ = usage.print();
    } else {
        or_broken_pipe(usage.print().and_then(|()| io::stdout().flush()))?;
    }
    Ok(ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(1)))
}

fn run(arguments: &Arguments) -> io::Result<ExitCode> {
    let start = Instant::now();
    let sources = source::load(&arguments.schema)?;
    let outcome = match arguments.command {
        None => generate(&sources).map(|output| update(arguments, &output, start)),
        Some(Command::Openapi) => openapi(&sources).map(|document| print(&document).map(|()| ExitCode::SUCCESS)),
    };
    outcome.unwrap_or_else(|errors| {
        report(&errors, &sources);
        Ok(ExitCode::FAILURE)
    })
}

/// Writes the changed files, or prints the changes with `--check`.
fn update(arguments: &Arguments, output: &Output, start: Instant) -> io::Result<ExitCode> {
    let (plan, changes) = if arguments.check {
        let plan = Plan::new(&arguments.out, &output.files)?;
        let diff = plan.diff();
        (plan, diff)
    } else {
        let plan = output::update(&arguments.out, &output.files)?;
        let changes = plan.changes().iter().map(ToString::to_string);
        let lines = changes.flat_map(|change| [change, "\n".to_owned()]).collect();
        (plan, lines)
    };
    print(&format!("{changes}{}\n", summary(output, &plan, start)))?;
    if arguments.check && !plan.changes().is_empty() {
        print_error("error: the generated code is out of date: run `cargo run -p generator`");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints to stdout.
fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    or_broken_pipe(stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()))
}

/// Accepts a closed pipe, such as that of `head`.
fn or_broken_pipe(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(io::Error::new(error.kind(), format!("cannot write to stdout: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints a line to stderr. A failure cannot be reported; the exit code still tells that there was an error.
fn print_error(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

fn report(errors: &Diagnostics, sources: &[Source]) {
    let style = if io::stderr().is_terminal() {
        Style::Coloured
    } else {
        Style::Plain
    };
    let count = pluralize(errors.count(), "error");
    print_error(&format!(
        "{}\n\nerror: {count} in the schema; nothing was written",
        errors.render(sources, style)
    ));
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
