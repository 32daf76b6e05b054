//! Access to files and processes, with errors as messages.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A result whose error is a message.
pub type Result<T> = std::result::Result<T, String>;

/// The output of a command.
pub struct Output {
    pub stdout: String,
    pub stderr: String,
}

/// Runs a command. Returns its output as the error if it fails.
pub fn run(command: &mut Command) -> Result<()> {
    output(command).map(drop)
}

/// Runs a command and returns its output. If the command fails, returns an error that contains the output.
pub fn output(command: &mut Command) -> Result<Output> {
    let output = command
        .output()
        .map_err(|error| format!("cannot run {}: {error}", command.get_program().display()))?;
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    if output.status.success() {
        return Ok(Output { stdout, stderr });
    }
    let arguments: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
    let program = command.get_program().display();
    Err(format!(
        "{program} {} failed ({})\n{stdout}{stderr}",
        arguments.join(" "),
        output.status
    ))
}

/// Runs rustc and returns its standard output.
pub fn rustc(arguments: &[&str]) -> Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    Ok(output(Command::new(rustc).args(arguments))?.stdout)
}

/// Copies a folder and removes files from the copy that the original doesn't have.
pub fn mirror(from: &Path, to: &Path) -> Result<()> {
    for path in entries(from)? {
        let copied = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            mirror(&path, &copied)?;
        } else {
            let data = fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            write(&copied, &data)?;
        }
    }
    for copied in entries(to)? {
        if from.join(copied.file_name().unwrap_or_default()).exists() {
            continue;
        }
        let removed = if copied.is_dir() {
            fs::remove_dir_all(&copied)
        } else {
            fs::remove_file(&copied)
        };
        removed.map_err(|error| format!("cannot remove {}: {error}", copied.display()))?;
    }
    Ok(())
}

/// Returns the paths in a folder.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    entries.map_err(|error| format!("cannot read {}: {error}", folder.display()))
}

/// Reads a file into a string.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Writes a file if its contents differ, so that cargo rebuilds only what changed.
pub fn write(path: &Path, data: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == data) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, data))
        .map_err(|error| format!("cannot write {}: {error}", path.display()))
}
