//! The rows of the table, each with what it takes to measure them.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum;

use super::measure::Pairs;
use super::server;
use super::system::{Result, output, read, run};
use super::workspace::{PUBLISHED, Workspace, root};
use crate::table::Row;

/// How often a program calls an operation in one run, and how many pairs of runs there are.
const CALLS: u32 = 40_000;
const CALL_PAIRS: usize = 31;

/// How often a program calls an operation while its instructions are counted: the difference is that of the calls.
const COUNTED_CALLS: [u32; 2] = [500, 1500];

/// Rows that are measured together.
#[derive(Clone, Copy, ValueEnum)]
pub enum Rows {
    /// `cargo check` of the clients.
    Check,
    /// Release builds of programs that call every operation.
    Build,
    /// Sizes of binaries.
    Sizes,
    /// CPU time of a call.
    Call,
    /// The benchmark `ratios`.
    Ratios,
}

impl Rows {
    pub const ALL: [Self; 5] = [Self::Check, Self::Build, Self::Sizes, Self::Call, Self::Ratios];

    /// Measures the rows, as lines of the table.
    pub fn measure(self, workspace: &Workspace, pairs: usize) -> Result<Vec<String>> {
        let rows = match self {
            Self::Check => check(workspace, pairs)?,
            Self::Build => build(workspace, pairs)?,
            Self::Sizes => sizes(workspace)?,
            Self::Call => call(workspace)?,
            Self::Ratios => return ratios(),
        };
        Ok(rows.iter().map(Row::to_string).collect())
    }
}

fn check(workspace: &Workspace, pairs: usize) -> Result<Vec<Row>> {
    let build = Build {
        what: "`cargo check` of the client",
        packages: [&["generated-client"], &[PUBLISHED]],
        command: "check",
        profile: "dev",
    };
    build.measure(workspace, pairs)
}

fn build(workspace: &Workspace, pairs: usize) -> Result<Vec<Row>> {
    let build = Build {
        what: "release build of the client and a program that can call every operation",
        packages: [
            &["every_generated", "generated-client"],
            &["every_published", PUBLISHED],
        ],
        command: "build",
        profile: "release",
    };
    build.measure(workspace, pairs)
}

/// A build with the generated client, beside one with the published client.
struct Build {
    what: &'static str,
    /// The package that is built, and those that are built anew with it.
    packages: [&'static [&'static str]; 2],
    /// The command of cargo, and the profile.
    command: &'static str,
    profile: &'static str,
}

impl Build {
    /// Measures the build with dependencies that are built before, then the build of everything.
    fn measure(&self, workspace: &Workspace, pairs: usize) -> Result<Vec<Row>> {
        for which in [0, 1] {
            run(&mut self.cargo(workspace, which, self.command))?;
        }
        let alone = Pairs::run(pairs, |which| {
            workspace.clean_packages(self.packages[which], self.command, self.profile)?;
            Ok(self.cargo(workspace, which, self.command))
        })?;
        // Once, since it takes long.
        let all = Pairs::run(1, |which| {
            workspace.clean("cold")?;
            Ok(self.cargo(workspace, which, "cold"))
        })?;
        let what = format!("{}, beside `{PUBLISHED}`", self.what);
        Ok(vec![
            timed(what, Some(0.5), &alone)?,
            timed("the same with all dependencies".to_owned(), None, &all)?,
        ])
    }

    fn cargo(&self, workspace: &Workspace, which: usize, target: &str) -> Command {
        workspace.cargo(self.command, self.packages[which][0], target, self.profile)
    }
}

/// A ratio of CPU time where the system tells it, and of wall time elsewhere.
fn timed(what: String, budget: Option<f64>, runs: &Pairs) -> Result<Row> {
    let wall = runs.wall_ratios().ok_or("nothing was timed")?;
    let (measured, details) = match (runs.cpu_ratios(), runs.cpu_seconds(0), runs.cpu_seconds(1)) {
        (Some(cpu), Some(one), Some(other)) => {
            let details = format!(
                "{cpu}; {one:.1} s of CPU time, {other:.1} s; wall time {:.2} × ({wall})",
                wall.median
            );
            (cpu.median, details)
        }
        _ => (
            wall.median,
            format!("{wall}; wall time, since CPU time is not known here"),
        ),
    };
    Ok(Row {
        what,
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
            what: "what every operation adds to a stripped binary that calls one".to_owned(),
            budget: Some(1.3),
            measured: megabytes(every) - megabytes(one),
            unit: "MB",
            decimals: 2,
            details: format!(
                "{every} bytes, {one}; with `{PUBLISHED}` {:.2} MB",
                megabytes(every_published) - megabytes(one_published)
            ),
        },
        Row {
            what: "a stripped binary that calls one operation, beside the same by hand".to_owned(),
            budget: Some(1.06),
            measured: megabytes(one) / megabytes(by_hand),
            unit: "×",
            decimals: 3,
            details: format!("{one} bytes, {by_hand}"),
        },
    ])
}

#[expect(clippy::cast_precision_loss, reason = "a binary has fewer than 2^52 bytes")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// What the programs are told to call.
struct Destination(SocketAddr);

impl Destination {
    fn arguments<'a>(&self, command: &'a mut Command, calls: u32) -> &'a mut Command {
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
        target.arguments(&mut program, CALLS);
        Ok(program)
    })?;
    let mut rows = Vec::new();
    match (runs.cpu_ratios(), runs.cpu_seconds(0), runs.cpu_seconds(1)) {
        (Some(cpu), Some(one), Some(other)) => rows.push(Row {
            what: "CPU time of one call, beside the same by hand".to_owned(),
            budget: Some(1.05),
            measured: cpu.median,
            unit: "×",
            decimals: 2,
            details: format!("{cpu}; {:.1} µs, {:.1} µs", per_call(one), per_call(other)),
        }),
        _ => eprintln!("not measured: CPU time of one call, since this system has no /proc/self/stat"),
    }
    match instructions(workspace, &programs, &target)? {
        Some([one, other]) => rows.push(Row {
            what: "instructions of one call outside the kernel, likewise".to_owned(),
            budget: None,
            measured: one / other,
            unit: "×",
            decimals: 3,
            details: format!("{one:.0}, {other:.0}; counted by valgrind"),
        }),
        None => eprintln!("not measured: instructions of one call, since valgrind is not installed"),
    }
    Ok(rows)
}

fn per_call(seconds: f64) -> f64 {
    seconds * 1e6 / f64::from(CALLS)
}

/// The instructions that a program executes for one call, outside the kernel; `None` without valgrind.
fn instructions(workspace: &Workspace, programs: &[PathBuf; 2], target: &Destination) -> Result<Option<[f64; 2]>> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return Ok(None);
    }
    let of = |program| -> Result<f64> {
        let [few, many] = COUNTED_CALLS;
        let additional = counted(workspace, program, target, many)? - counted(workspace, program, target, few)?;
        Ok(additional / f64::from(many - few))
    };
    Ok(Some([of(&programs[0])?, of(&programs[1])?]))
}

/// The instructions of a whole run.
fn counted(workspace: &Workspace, program: &Path, target: &Destination, calls: u32) -> Result<f64> {
    let counts = workspace.file("callgrind.out");
    let mut valgrind = Command::new("valgrind");
    valgrind.args([
        "--tool=callgrind",
        &format!("--callgrind-out-file={}", counts.display()),
    ]);
    run(target.arguments(valgrind.arg(program), calls))?;
    let text = read(&counts)?;
    let total = text
        .lines()
        .find_map(|line| line.strip_prefix("totals: ")?.trim().parse().ok());
    total.ok_or_else(|| format!("{} has no total", counts.display()))
}

/// The lines of the benchmark of ratios.
fn ratios() -> Result<Vec<String>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut bench = Command::new(cargo);
    bench
        .current_dir(root())
        .args(["bench", "--quiet", "--package", "tests", "--bench", "ratios"]);
    let text = output(&mut bench)?.text;
    let lines: Vec<_> = text
        .lines()
        .filter(|line| line.starts_with("| "))
        .map(str::to_owned)
        .collect();
    if lines.is_empty() {
        return Err(format!("`cargo bench --bench ratios` printed no row:\n{text}"));
    }
    Ok(lines)
}
