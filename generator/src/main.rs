//! The command-line interface of the generator.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use generator::diagnostics::{Diagnostics, Style, visible};
use generator::output::{self, Plan};
use generator::source::{self, Source};
use generator::{
    CRATE_FOLDERS, Import, Output, OutputFile, PackageName, check_manifest, generate, generate_crate, new_crate,
    openapi, starter,
};

/// Generates a Rust API client from a hand-written YAML schema.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Don't write any files; if the generated code is out of date, print a unified diff and exit with status 1
    #[arg(long)]
    check: bool,

    /// Folder of a crate for another API, with its schema in DIR/schema: writes DIR/src/generated, and the copies of the
    /// runtime and the fake in DIR/src/runtime and DIR/src/fake
    #[arg(long = "crate", value_name = "DIR", conflicts_with_all = ["schema", "out"])]
    crate_folder: Option<PathBuf>,

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

#[derive(Clone, Subcommand)]
enum Command {
    /// Print the API as an OpenAPI 3.1 document in JSON, without writing any files
    Openapi,
    /// Write a crate for another API to a new folder, with a schema to start from
    New {
        /// Folder of the crate, which must be empty if it exists
        #[arg(value_name = "DIR")]
        folder: PathBuf,

        /// Name of the package, such as acme-client
        #[arg(long)]
        name: PackageName,

        /// OpenAPI document to convert to the schema, in YAML or JSON: OpenAPI 3.0 or 3.1, or Swagger 2.0
        #[arg(long, value_name = "OPENAPI")]
        from: Option<PathBuf>,
    },
    /// Convert an OpenAPI document to a schema, and print what the schema cannot express
    Import {
        /// Document in YAML or JSON: OpenAPI 3.0 or 3.1, or Swagger 2.0
        #[arg(value_name = "OPENAPI")]
        document: PathBuf,

        /// Folder for the schema, which must be empty if it exists
        #[arg(long, value_name = "DIR")]
        out: PathBuf,

        /// Name of the package that the schema is for
        #[arg(long, default_value = "my-client")]
        name: PackageName,
    },
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
    match (&arguments.command, &arguments.crate_folder) {
        (Some(Command::New { folder, name, from }), _) => create(folder, name, from.as_deref()),
        (Some(Command::Import { document, out, name }), _) => import(document, out, name),
        (Some(Command::Openapi), folder) => {
            let sources = source::load(&schema(folder.as_deref()).unwrap_or_else(|| arguments.schema.clone()))?;
            or_rejected(openapi(&sources), &sources, |document| {
                print(&document).map(|()| ExitCode::SUCCESS)
            })
        }
        (None, None) => {
            let sources = source::load(&arguments.schema)?;
            or_rejected(generate(&sources), &sources, |output| {
                update(
                    &arguments.out,
                    &[""],
                    &output,
                    arguments.check,
                    "cargo run -p generator",
                    start,
                )
            })
        }
        (None, Some(folder)) => update_crate(folder, arguments.check, start),
    }
}

/// Returns the folder of a crate's schema.
fn schema(crate_folder: Option<&Path>) -> Option<PathBuf> {
    Some(crate_folder?.join("schema"))
}

/// Continues with the output for a schema, or reports its errors.
fn or_rejected<T>(
    outcome: Result<T, Diagnostics>,
    sources: &[Source],
    then: impl FnOnce(T) -> io::Result<ExitCode>,
) -> io::Result<ExitCode> {
    match outcome {
        Ok(output) => then(output),
        Err(errors) => {
            report(&errors, sources);
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Writes the schema for an OpenAPI document, and prints what it cannot express.
fn import(document: &Path, folder: &Path, name: &PackageName) -> io::Result<ExitCode> {
    let Import { schema, report } = read_document(document, name)?;
    let files: Vec<_> = schema.iter().map(|source| file(&source.name, &source.text)).collect();
    output::create(folder, &files)?;
    let folder = folder.display();
    print(&format!(
        "{report}wrote {} to {folder}\n",
        pluralize(files.len(), "file")
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn file(name: &str, text: &str) -> OutputFile {
    OutputFile {
        name: name.to_owned(),
        text: text.to_owned(),
    }
}

/// Converts an OpenAPI document to a schema.
fn read_document(document: &Path, name: &PackageName) -> io::Result<Import> {
    progress(&format!("reading {}", document.display()));
    generator::import(document, &name.crate_name())
}

/// Writes a new crate, with a schema to start from or one converted from an OpenAPI document.
fn create(folder: &Path, name: &PackageName, document: Option<&Path>) -> io::Result<ExitCode> {
    let (schema, report) = match document {
        None => (starter(name), None),
        Some(document) => {
            let Import { schema, report } = read_document(document, name)?;
            (schema, Some(report))
        }
    };
    progress("generating the client");
    or_rejected(new_crate(name, &schema), &schema, |created| {
        output::create(folder, &created.output.files)?;
        let folder = folder.display();
        let report = report.map(|report| report.to_string()).unwrap_or_default();
        let first = match document {
            None => format!(
                "describe the API in {folder}/schema, and use it in README.md, src/lib.rs and tests/fake.rs in place of the notes"
            ),
            Some(_) => format!("check the schema in {folder}/schema"),
        };
        print(&format!(
            "{report}created the crate `{name}` in {folder}: {} files\n\
             1. {first}\n\
             2. run `generator --crate {folder}` after each change of the schema\n\
             3. run `cargo test --all-features` in {folder}\n",
            created.output.files.len()
        ))?;
        Ok(ExitCode::SUCCESS)
    })
}

/// Updates the generated code, the runtime and the fake of a crate.
fn update_crate(folder: &Path, check: bool, start: Instant) -> io::Result<ExitCode> {
    let files = source::load_crate(folder)?;
    let sources = source::load(&folder.join("schema"))?;
    or_rejected(generate_crate(&sources), &sources, |created| {
        if let Err(problem) = check_manifest(&files.manifest, &created.crate_name, &created.needs) {
            print_error(&format!("error: {problem}\nerror: nothing was written"));
            return Ok(ExitCode::FAILURE);
        }
        if !files.library.contains("exports") {
            print_error(
                "warning: src/lib.rs does not re-export the public items\nhelp: add `pub use generated::exports::*;`",
            );
        }
        let command = format!("generator --crate {}", folder.display());
        update(folder, &CRATE_FOLDERS, &created.output, check, &command, start)
    })
}

/// Writes the changed files in parts of a folder, or only prints the changes. `command` writes them.
fn update(
    folder: &Path,
    parts: &[&str],
    output: &Output,
    check: bool,
    command: &str,
    start: Instant,
) -> io::Result<ExitCode> {
    let (plan, changes) = if check {
        let plan = Plan::of_parts(folder, parts, &output.files)?;
        let diff = plan.diff();
        (plan, diff)
    } else {
        let plan = output::update_parts(folder, parts, &output.files)?;
        let changes = plan.changes().iter().map(ToString::to_string);
        let lines = changes.flat_map(|change| [change, "\n".to_owned()]).collect();
        (plan, lines)
    };
    print(&format!("{changes}{}\n", summary(output, &plan, start)))?;
    if check && !plan.changes().is_empty() {
        print_error(&format!("error: the generated code is out of date: run `{command}`"));
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

/// Tells a person what takes a moment.
fn progress(text: &str) {
    if io::stderr().is_terminal() {
        print_error(text);
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
