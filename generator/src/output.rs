//! Compares the generated files with the files on disk and writes the differences or returns them as a diff.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::rust::print::{HEADER, OutputFile};
use crate::source::with_path;

/// The changes that bring a folder up to date with the generated files.
#[derive(Debug)]
pub struct Plan {
    folder: PathBuf,
    changes: Vec<Change>,
}

/// A file to create, change or delete.
#[derive(Debug)]
pub struct Change {
    /// The name of the file, relative to the folder.
    pub name: String,
    before: Option<String>,
    after: Option<String>,
}

impl Plan {
    /// Compares the generated files with the files in a folder.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder or a file in it cannot be read, or if the folder contains a file that was not
    /// generated, which would otherwise be lost.
    pub fn new(folder: &Path, files: &[OutputFile]) -> io::Result<Self> {
        let mut present = read_folder(folder)?;
        let mut changes = Vec::new();
        for (name, text) in &present {
            if !text.starts_with(HEADER) {
                let path = folder.join(name);
                return Err(io::Error::other(format!(
                    "`{}` was not generated: move it out of the output folder",
                    path.display()
                )));
            }
        }
        for file in files {
            let before = present.remove(&file.name);
            if before.as_deref() != Some(&file.text) {
                changes.push(Change {
                    name: file.name.clone(),
                    before,
                    after: Some(file.text.clone()),
                });
            }
        }
        changes.extend(present.into_iter().map(|(name, text)| Change {
            name,
            before: Some(text),
            after: None,
        }));
        changes.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self {
            folder: folder.to_owned(),
            changes,
        })
    }

    /// Returns the changes, sorted by file name.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Writes new and changed files and deletes stale ones. Files that are up to date are not touched.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder cannot be created, or a file cannot be written or deleted.
    pub fn apply(&self) -> io::Result<()> {
        if !self.changes.is_empty() {
            fs::create_dir_all(&self.folder).map_err(|error| with_path(&self.folder, &error))?;
        }
        for change in &self.changes {
            let path = self.folder.join(&change.name);
            match &change.after {
                Some(text) => fs::write(&path, text),
                None => fs::remove_file(&path),
            }
            .map_err(|error| with_path(&path, &error))?;
        }
        Ok(())
    }

    /// Returns the changes as a unified diff.
    #[must_use]
    pub fn diff(&self) -> String {
        self.changes.iter().map(Change::diff).collect()
    }
}

impl Change {
    fn diff(&self) -> String {
        let side = |present: bool, prefix: &str| {
            if present {
                format!("{prefix}/{}", self.name)
            } else {
                "/dev/null".to_owned()
            }
        };
        let (before, after) = (
            self.before.as_deref().unwrap_or(""),
            self.after.as_deref().unwrap_or(""),
        );
        TextDiff::from_lines(before, after)
            .unified_diff()
            .header(&side(self.before.is_some(), "a"), &side(self.after.is_some(), "b"))
            .to_string()
    }
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let verb = match (&self.before, &self.after) {
            (None, _) => "new",
            (Some(_), Some(_)) => "changed",
            (Some(_), None) => "deleted",
        };
        write!(formatter, "{verb:8} {}", self.name)
    }
}

/// Reads the files of a folder by name. A folder that does not exist has none.
fn read_folder(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(with_path(folder, &error)),
    };
    let mut files = BTreeMap::new();
    for entry in entries {
        let path = entry.map_err(|error| with_path(folder, &error))?.path();
        let text = fs::read_to_string(&path).map_err(|error| with_path(&path, &error))?;
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        files.insert(name, text);
    }
    Ok(files)
}
