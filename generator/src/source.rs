//! The files of a schema: their names and texts, and how they are read from a folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The file that says what holds for the whole API.
pub const API_FILE: &str = "api.yaml";

/// A file of the schema.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it stands, as diagnostics show it: `schema/resources/api_keys.yaml`.
    pub path: String,
    /// Where it stands below the schema's folder: `resources/api_keys.yaml`.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// The files of the schema in a folder: `api.yaml`, then those of `resources/` in the order of their names.
///
/// # Errors
///
/// Where a file cannot be read, or `resources/` holds anything but `.yaml` files: it would be passed over in silence.
pub fn load(folder: &Path) -> io::Result<Vec<Source>> {
    let mut sources = vec![source(&folder.join(API_FILE), API_FILE.to_owned())?];
    for path in files(&folder.join("resources"))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            return Err(io::Error::other(format!(
                "`{}` is no schema: only `.yaml` files belong there",
                path.display()
            )));
        }
        sources.push(source(&path, format!("resources/{name}"))?);
    }
    Ok(sources)
}

fn source(path: &Path, name: String) -> io::Result<Source> {
    let text = fs::read_to_string(path).map_err(|error| at(path, &error))?;
    // Some editors mark UTF-8 with a first character that is no part of the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
    Ok(Source {
        path: path.display().to_string(),
        name,
        text,
    })
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|error| at(folder, &error))?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()
        .map_err(|error| at(folder, &error))?;
    paths.sort();
    Ok(paths)
}

/// An error that says which path it is about.
pub(crate) fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{}`: {error}", path.display()))
}
