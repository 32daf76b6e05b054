//! The table in `generated-client/BENCHMARKS.md`.

use std::fs;
use std::thread;

use jiff::Timestamp;

use super::system::{Result, read, rustc, write};
use super::workspace::{PUBLISHED, Workspace, root};

const BEGIN: &str = "<!-- begin: cargo bench -p tests --bench programs -- --write -->\n";
const END: &str = "<!-- end -->\n";

/// Returns a description of the environment, followed by the header of the table.
pub fn header(workspace: &Workspace, remark: &str) -> Result<String> {
    let compiler = rustc(&["-V"])?;
    let day = Timestamp::now().strftime("%Y-%m-%d");
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let processor = processor().unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let [generated, published] = workspace.operations;
    let facts = [
        format!(
            "{day}, {}, {cores} cores, {processor}, {}.",
            compiler.trim(),
            std::env::consts::OS
        ),
        format!(
            "`{PUBLISHED}` {} has {published} operations; the generated client has {generated}.",
            workspace.version(PUBLISHED)
        ),
        remark.to_owned(),
    ];
    let facts = facts.join("\n");
    Ok(format!(
        "{}\n\n| measurement | budget | measured | details |\n|---|---|---|---|\n",
        facts.trim()
    ))
}

/// Returns the name of the processor, on Linux only.
fn processor() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(": ")?.1.to_owned())
}

/// Replaces the text between the document's markers with the table.
pub fn update(table: &str) -> Result<()> {
    let path = root().join("generated-client/BENCHMARKS.md");
    let text = read(&path)?;
    let parts = text
        .split_once(BEGIN)
        .and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let (before, after) = parts.ok_or_else(|| format!("missing begin or end marker in {}", path.display()))?;
    write(
        &path,
        [before, BEGIN, "\n", table, "\n", END, after].concat().as_bytes(),
    )
}
