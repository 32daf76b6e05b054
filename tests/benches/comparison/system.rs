//! Files and processes, with errors as messages.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A result, or the message of what prevented it.
pub type Result<T> = std::result::Result<T, String>;

/// What a command printed.
pub struct Output {
    pub text: String,
    /// Its standard error.
    pub log: String,
}

/// Runs a command. Fails with its output unless it succeeds.
pub fn run(command: &mut Command) -> Result<()> {
    output(command).map(drop)
}

/// Runs a command and returns its output. Fails with it unless the command succeeds.
pub fn output(command: &mut Command) -> Result<Output> {
    let output = command
        .output()
        .map_err(|error| format!("cannot run {}: {error}", command.get_program().display()))?;
    let [text, log] = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    if output.status.success() {
        return Ok(Output { text, log });
    }
    let arguments: Vec<_> = command.get_args().map(OsStr::to_string_lossy).collect();
    let program = command.get_program().display();
    Err(format!(
        "{program} {} failed ({})\n{text}{log}",
        arguments.join(" "),
        output.status
    ))
}

/// The output of rustc.
pub fn rustc(arguments: &[&str]) -> Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    Ok(output(Command::new(rustc).args(arguments))?.text)
}

/// Makes a folder a copy of another: files that are in the copy alone are removed.
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

/// Returns the text of a file.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Writes a file unless it is already as it should be, so that cargo builds only what changed.
pub fn write(path: &Path, data: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == data) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, data))
        .map_err(|error| format!("cannot write {}: {error}", path.display()))
}
