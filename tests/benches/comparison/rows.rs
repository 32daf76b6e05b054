//! The rows of the table and their measurements.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum;

use super::measure::Pairs;
use super::server;
use super::system::{Result, output, read, run};
use super::workspace::{PUBLISHED, Workspace, root};
use crate::table::Row;

/// Number of calls in one timed run.
const CALLS: u32 = 40_000;
/// Number of pairs of timed runs.
const CALL_PAIRS: usize = 31;

/// Numbers of calls in the two runs whose instructions are counted. Their difference excludes startup and shutdown.
const COUNTED_CALLS: [u32; 2] = [500, 1500];

/// A group of rows that are measured together.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Rows {
    /// `cargo check` of the clients.
    Check,
    /// Release builds of programs that call every operation.
    Build,
    /// Sizes of binaries.
    Sizes,
    /// CPU time and instructions of a call.
    Call,
    /// Results of the benchmark `ratios`.
    Ratios,
}

impl Rows {
    pub const ALL: [Self; 5] = [Self::Check, Self::Build, Self::Sizes, Self::Call, Self::Ratios];

    /// Measures the rows and returns them as lines of the table. `pairs` is the number of pairs of builds, and `documents` are the
    /// OpenAPI documents of other APIs.
    pub fn measure(self, workspace: &Workspace, pairs: usize, documents: &[PathBuf]) -> Result<Vec<String>> {
        let rows = match self {
            Self::Check => check(workspace, pairs)?,
            Self::Build => build(workspace, pairs)?,
            Self::Sizes => sizes(workspace)?,
            Self::Call => call(workspace)?,
            Self::Ratios => return ratios(documents),
        };
        Ok(rows.iter().map(Row::to_string).collect())
    }
}

fn check(workspace: &Workspace, pairs: usize) -> Result<Vec<Row>> {
    let build = Build {
        name: "`cargo check` of the client",
        packages: [&["generated-client"], &[PUBLISHED]],
        command: "check",
        profile: "dev",
    };
    build.measure(workspace, pairs)
}

fn build(workspace: &Workspace, pairs: usize) -> Result<Vec<Row>> {
    let build = Build {
        name: "release build of the client and a program that can call every operation",
        packages: [
            &["every_generated", "generated-client"],
            &["every_published", PUBLISHED],
        ],
        command: "build",
        profile: "release",
    };
    build.measure(workspace, pairs)
}

/// A build with the generated client (index 0), compared with one with the published client (index 1).
struct Build {
    name: &'static str,
    /// The packages to rebuild. The first one is passed to cargo; the others are dependencies of it.
    packages: [&'static [&'static str]; 2],
    /// The cargo command, such as `check`.
    command: &'static str,
    profile: &'static str,
}

impl Build {
    /// Measures a build with prebuilt dependencies, then a build from an empty target folder.
    fn measure(&self, workspace: &Workspace, pairs: usize) -> Result<Vec<Row>> {
        for which in [0, 1] {
            run(&mut self.cargo(workspace, which, self.command))?;
        }
        let without_dependencies = Pairs::run(pairs, |which| {
            workspace.clean_packages(self.packages[which], self.command, self.profile)?;
            Ok(self.cargo(workspace, which, self.command))
        })?;
        // A single pair, because this build is slow.
        let with_dependencies = Pairs::run(1, |which| {
            workspace.clean("cold")?;
            Ok(self.cargo(workspace, which, "cold"))
        })?;
        let name = format!("{}, relative to `{PUBLISHED}`", self.name);
        Ok(vec![
            timed(name, Some(0.5), &without_dependencies)?,
            timed("the same with all dependencies".to_owned(), None, &with_dependencies)?,
        ])
    }

    fn cargo(&self, workspace: &Workspace, which: usize, target: &str) -> Command {
        workspace.cargo(self.command, self.packages[which][0], target, self.profile)
    }
}

/// Returns a row with the ratio of CPU times, or of wall times if CPU time isn't available.
fn timed(name: String, budget: Option<f64>, runs: &Pairs) -> Result<Row> {
    let wall = runs.wall_ratios().ok_or("no runs were measured")?;
    let (measured, details) = match (runs.cpu_ratios(), runs.cpu_seconds(0), runs.cpu_seconds(1)) {
        (Some(cpu), Some(one), Some(other)) => {
            let details = format!(
                "{cpu}; CPU time {one:.1} s, {other:.1} s; wall time {:.2} × ({wall})",
                wall.median
            );
            (cpu.median, details)
        }
        _ => (
            wall.median,
            format!("{wall}; wall time, because CPU time is not available"),
        ),
    };
    Ok(Row {
        name,
        budget,
        measured,
        unit: "×",
        decimals: 2,
        details,
    })
}

fn sizes(workspace: &Workspace) -> Result<Vec<Row>> {
    let size = |program| workspace.size(program, "build");
    let (every, one, by_hand) = (size("every_generated")?, size("one_generated")?, size("by_hand")?);
    let (every_published, one_published) = (size("every_published")?, size("one_published")?);
    Ok(vec![
        Row {
            name: "size of a stripped binary that calls every operation, minus the size of one that calls a single operation".to_owned(),
            budget: Some(1.3),
            measured: megabytes(every) - megabytes(one),
            unit: "MB",
            decimals: 2,
            details: format!(
                "{every} bytes, {one} bytes; `{PUBLISHED}`: {:.2} MB",
                megabytes(every_published) - megabytes(one_published)
            ),
        },
        Row {
            name: "size of a stripped binary that calls one operation, relative to a handwritten program".to_owned(),
            budget: Some(1.06),
            measured: megabytes(one) / megabytes(by_hand),
            unit: "×",
            decimals: 3,
            details: format!("{one} bytes, {by_hand} bytes"),
        },
    ])
}

#[expect(clippy::cast_precision_loss, reason = "a binary has fewer than 2^52 bytes")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// Address of the server that the programs call.
struct Destination(SocketAddr);

impl Destination {
    fn add_arguments<'a>(&self, command: &'a mut Command, calls: u32) -> &'a mut Command {
        let base_url = format!("http://{}", self.0);
        command
            .args(["key", &base_url, server::ID, &calls.to_string()])
            .env("NO_PROXY", self.0.ip().to_string())
    }
}

fn call(workspace: &Workspace) -> Result<Vec<Row>> {
    let target =
        Destination(server::start().map_err(|error| format!("cannot listen on the loopback interface: {error}"))?);
    let programs = [
        workspace.program("one_generated", "build")?,
        workspace.program("by_hand", "build")?,
    ];
    let runs = Pairs::run(CALL_PAIRS, |which| {
        let mut program = Command::new(&programs[which]);
        target.add_arguments(&mut program, CALLS);
        Ok(program)
    })?;
    let mut rows = Vec::new();
    match (runs.cpu_ratios(), runs.cpu_seconds(0), runs.cpu_seconds(1)) {
        (Some(cpu), Some(one), Some(other)) => rows.push(Row {
            name: "CPU time of one call, relative to a handwritten program".to_owned(),
            budget: Some(1.05),
            measured: cpu.median,
            unit: "×",
            decimals: 2,
            details: format!("{cpu}; {:.1} µs, {:.1} µs", per_call(one), per_call(other)),
        }),
        _ => eprintln!("CPU time of one call was not measured: /proc/self/stat is not available"),
    }
    match instructions(workspace, &programs, &target)? {
        Some([one, other]) => rows.push(Row {
            name: "user-space instructions of one call, relative to a handwritten program".to_owned(),
            budget: None,
            measured: one / other,
            unit: "×",
            decimals: 3,
            details: format!("{one:.0}, {other:.0}; counted by valgrind"),
        }),
        None => eprintln!("instructions of one call were not measured: valgrind is not installed"),
    }
    Ok(rows)
}

fn per_call(seconds: f64) -> f64 {
    seconds * 1e6 / f64::from(CALLS)
}

/// Returns the number of user-space instructions of one call in each program; `None` if valgrind isn't installed.
fn instructions(workspace: &Workspace, programs: &[PathBuf; 2], target: &Destination) -> Result<Option<[f64; 2]>> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return Ok(None);
    }
    let count = |program| -> Result<f64> {
        let [few, many] = COUNTED_CALLS;
        let additional = counted(workspace, program, target, many)? - counted(workspace, program, target, few)?;
        Ok(additional / f64::from(many - few))
    };
    Ok(Some([count(&programs[0])?, count(&programs[1])?]))
}

/// Returns the number of instructions of a complete run.
fn counted(workspace: &Workspace, program: &Path, target: &Destination, calls: u32) -> Result<f64> {
    let counts = workspace.file("callgrind.out");
    let mut valgrind = Command::new("valgrind");
    valgrind.args([
        "--tool=callgrind",
        &format!("--callgrind-out-file={}", counts.display()),
    ]);
    run(target.add_arguments(valgrind.arg(program), calls))?;
    let text = read(&counts)?;
    let total = text
        .lines()
        .find_map(|line| line.strip_prefix("totals: ")?.trim().parse().ok());
    total.ok_or_else(|| format!("missing line `totals:` in {}", counts.display()))
}

/// Runs the benchmark `ratios`, also with the APIs of these OpenAPI documents, and returns its rows.
fn ratios(documents: &[PathBuf]) -> Result<Vec<String>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut bench = Command::new(cargo);
    bench
        .current_dir(root())
        .args(["bench", "--quiet", "--package", "tests", "--bench", "ratios", "--"]);
    bench.args(documents);
    let stdout = output(&mut bench)?.stdout;
    let lines: Vec<_> = stdout
        .lines()
        .filter(|line| line.starts_with("| "))
        .map(str::to_owned)
        .collect();
    if lines.is_empty() {
        return Err(format!(
            "expected rows from `cargo bench --bench ratios`, found:\n{stdout}"
        ));
    }
    Ok(lines)
}
