//! Loads the files of a schema from a folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The name of the file with the settings of the whole API.
pub const API_FILE: &str = "api.yaml";

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
/// # Errors
///
/// Returns an error if a file cannot be read, or if `resources/` contains anything but `.yaml` files, which would
/// otherwise be ignored without notice.
pub fn load(folder: &Path) -> io::Result<Vec<Source>> {
    let mut sources = vec![source(&folder.join(API_FILE), API_FILE.to_owned())?];
    for path in files(&folder.join("resources"))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            return Err(io::Error::other(format!(
                "`{}` is not a schema file: `resources/` may only contain `.yaml` files",
                path.display()
            )));
        }
        sources.push(source(&path, format!("resources/{name}"))?);
    }
    Ok(sources)
}

fn source(path: &Path, name: String) -> io::Result<Source> {
    let text = fs::read_to_string(path).map_err(|error| with_path(path, &error))?;
    // Some editors start UTF-8 files with a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
    Ok(Source {
        path: path.display().to_string(),
        name,
        text,
    })
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
