//! Loads the files of a schema from a folder.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The name of the file with the settings of the whole API.
pub const API_FILE: &str = "api.yaml";

/// The maximum size of a file, in bytes.
const MAX_SIZE: u64 = 16 * 1024 * 1024;

/// A file of the schema.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path shown in diagnostics, such as `schema/resources/api_keys.yaml`.
    pub path: String,
    /// The path relative to the schema's folder, such as `resources/api_keys.yaml`.
    pub name: String,
    /// The contents.
    pub text: String,
}

/// Loads a schema from a folder: `api.yaml`, then the files in `resources/`, sorted by name.
///
/// Hidden files, and backup copies and temporary files of other programs are ignored.
///
/// # Errors
///
/// Returns an error if a file cannot be read, is not valid UTF-8 or is larger than 16 MiB, or if `resources/` contains
/// anything but `.yaml` files, which would otherwise be ignored without notice.
pub fn load(folder: &Path) -> io::Result<Vec<Source>> {
    let mut sources = vec![source(&folder.join(API_FILE), API_FILE.to_owned())?];
    for path in files(&folder.join("resources"))? {
        let name = file_name(&path);
        if is_ignored(&name) {
            continue;
        }
        if path.extension().is_none_or(|extension| extension != "yaml") {
            return Err(io::Error::other(format!(
                "`{}` is not a schema file: `resources/` may only contain `.yaml` files",
                path.display()
            )));
        }
        // The name becomes part of a comment in generated code.
        if name.contains(char::is_control) {
            let path = path.display();
            return Err(io::Error::other(format!(
                "the name of `{path}` contains a control character: rename the file"
            )));
        }
        sources.push(source(&path, format!("resources/{name}"))?);
    }
    Ok(sources)
}

/// The handwritten files of a crate that the generator reads.
#[derive(Debug)]
pub struct CrateFiles {
    /// `Cargo.toml`
    pub manifest: String,
    /// `src/lib.rs`
    pub library: String,
}

/// Reads the handwritten files of a crate.
///
/// # Errors
///
/// Returns an error if a file cannot be read, or if the crate is that of this repository, from which the others are copied.
pub fn load_crate(folder: &Path) -> io::Result<CrateFiles> {
    if contains_originals(folder) {
        return Err(io::Error::other(format!(
            "`{}` contains the originals of the runtime and the fake: run `cargo run -p generator` without `--crate`",
            folder.display()
        )));
    }
    Ok(CrateFiles {
        manifest: read(&folder.join("Cargo.toml"), MAX_SIZE)?,
        library: read(&folder.join("src/lib.rs"), MAX_SIZE)?,
    })
}

/// Returns `true` for the client in a copy of this repository.
fn contains_originals(folder: &Path) -> bool {
    let Ok(folder) = fs::canonicalize(folder) else {
        return false;
    };
    let template = folder.join("../generator/src/crate_template");
    file_name(&folder) == "generated-client" && template.is_dir()
}

/// Returns `true` for files that other programs, such as editors, leave in a folder: hidden files, including swap files,
/// backup copies and temporary files. Other files are probably mistakes, such as `cats.yml`.
pub(crate) fn is_ignored(name: &str) -> bool {
    const BACKUPS: [&str; 12] = [
        "~", ".bak", ".bck", ".old", ".orig", ".rej", ".swo", ".swp", ".swx", ".temp", ".tmp", "___",
    ];
    const SYSTEM_FILES: [&str; 2] = ["Thumbs.db", "desktop.ini"];
    let is_autosave = name.starts_with('#') && name.ends_with('#');
    // Vim tests a folder with a file named `4913`, or the next free number.
    let is_test = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    // macOS writes `cats.yaml.sb-1234abcd-x` and renames it.
    let is_safe_save = name.contains(".sb-");
    name.starts_with('.')
        || is_test
        || is_safe_save
        || is_autosave
        || BACKUPS.iter().any(|suffix| name.ends_with(suffix))
        || SYSTEM_FILES.iter().any(|file| name.eq_ignore_ascii_case(file))
}

/// Returns the last component of a path, for messages and comparisons.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn source(path: &Path, name: String) -> io::Result<Source> {
    Ok(Source {
        path: path.display().to_string(),
        name,
        text: read(path, MAX_SIZE)?,
    })
}

/// Reads a text file without its byte order mark. Never waits for a pipe or a device.
///
/// # Errors
///
/// Returns an error if the file cannot be read, is not valid UTF-8 or is larger than `max_size` bytes.
pub(crate) fn read(path: &Path, max_size: u64) -> io::Result<String> {
    let error = |message: String| io::Error::other(format!("`{}` {message}", path.display()));
    let io_error = |error: io::Error| with_path(path, &error);
    if !fs::metadata(path).map_err(io_error)?.is_file() {
        return Err(error("is not a regular file".to_owned()));
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(io_error)?;
    file.take(max_size + 1).read_to_end(&mut bytes).map_err(io_error)?;
    if bytes.len() as u64 > max_size {
        return Err(error(format!("is larger than {} MiB", max_size / 1024 / 1024)));
    }
    let text = String::from_utf8(bytes).map_err(|invalid| {
        let valid = String::from_utf8_lossy(&invalid.as_bytes()[..invalid.utf8_error().valid_up_to()]).into_owned();
        let line = valid.matches('\n').count() + 1;
        let column = valid.chars().rev().take_while(|character| *character != '\n').count() + 1;
        error(format!("is not valid UTF-8 at line {line}, column {column}"))
    })?;
    // Some editors start UTF-8 files with a byte order mark.
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| with_path(folder, &error))?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()
        .map_err(|error| with_path(folder, &error))?;
    paths.sort();
    Ok(paths)
}

/// Adds a path to an error.
pub(crate) fn with_path(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{}`: {error}", path.display()))
}
