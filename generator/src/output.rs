//! Compares the generated files with the files on disk and writes the differences or returns them as a diff.
//!
//! A file is replaced as a whole, so a run that is interrupted leaves no partial file, and the next run completes it.
//! Runs on the same folder wait for each other.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use similar::TextDiff;
use tempfile::{Builder, NamedTempFile};

use crate::rust::print::{HEADER, OutputFile};
use crate::source::{file_name, is_ignored, with_path};

/// The prefix of files that are not complete yet.
const PARTIAL: &str = ".generator-";

/// The changes that bring a folder up to date with the generated files.
#[derive(Debug)]
pub struct Plan {
    folder: PathBuf,
    changes: Vec<Change>,
    /// Partial files of an interrupted run.
    partial: Vec<PathBuf>,
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
    /// Compares the generated files with the files in a folder, without writing.
    ///
    /// Line endings are not compared. Hidden files, and backup copies and temporary files of other programs are ignored.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder or a file in it cannot be read, or if the folder contains something that was not
    /// generated, which would otherwise be lost: another file, a folder or a symbolic link.
    pub fn new(folder: &Path, files: &[OutputFile]) -> io::Result<Self> {
        let Folder {
            files: mut present,
            partial,
        } = Folder::read(folder)?;
        let mut changes = Vec::new();
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
            partial,
        })
    }

    /// Returns the changes, sorted by file name.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Returns the changes as a unified diff.
    #[must_use]
    pub fn diff(&self) -> String {
        self.changes.iter().map(Change::diff).collect()
    }

    fn apply(&self) -> io::Result<()> {
        for path in &self.partial {
            fs::remove_file(path).map_err(|error| with_path(path, &error))?;
        }
        for change in &self.changes {
            let path = self.folder.join(&change.name);
            match &change.after {
                Some(text) => replace(&self.folder, &path, text),
                None => fs::remove_file(&path),
            }
            .map_err(|error| with_path(&path, &error))?;
        }
        Ok(())
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

/// Writes new and changed files to a folder and deletes stale ones. Returns the changes made.
///
/// Creates the folder if necessary, and waits for other runs on it. Files that are up to date are not touched.
///
/// # Errors
///
/// Returns an error if [`Plan::new`] does, or if a file cannot be written or deleted. A file that cannot be written keeps
/// its previous contents.
pub fn update(folder: &Path, files: &[OutputFile]) -> io::Result<Plan> {
    let _lock = lock(folder)?;
    let plan = Plan::new(folder, files)?;
    plan.apply()?;
    Ok(plan)
}

/// Creates the folder if necessary and waits until no other run uses it.
///
/// Returns `None` if the file system does not support locks.
fn lock(folder: &Path) -> io::Result<Option<File>> {
    fs::create_dir_all(folder).map_err(|error| with_path(folder, &error))?;
    let file = lock_file(folder).map_err(|error| with_path(folder, &error))?;
    match file.lock() {
        Ok(()) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(None),
        Err(error) => Err(with_path(folder, &error)),
    }
}

/// Opens the folder itself.
#[cfg(unix)]
fn lock_file(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// Opens a file that stands for the folder, because folders cannot be locked.
#[cfg(not(unix))]
fn lock_file(folder: &Path) -> io::Result<File> {
    use std::hash::{DefaultHasher, Hash, Hasher};

    let mut hasher = DefaultHasher::new();
    fs::canonicalize(folder)?.hash(&mut hasher);
    File::create(std::env::temp_dir().join(format!("generator-{:016x}.lock", hasher.finish())))
}

/// Writes a file atomically: `path` keeps its old contents until the new file is complete.
fn replace(folder: &Path, path: &Path, text: &str) -> io::Result<()> {
    let mut partial = create_partial(folder)?;
    if let Ok(metadata) = fs::metadata(path) {
        partial.as_file().set_permissions(metadata.permissions())?;
    }
    partial.write_all(text.as_bytes())?;
    partial.persist(path)?;
    Ok(())
}

#[cfg(unix)]
fn create_partial(folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;

    // As for any new file: the umask applies.
    let permissions = fs::Permissions::from_mode(0o666);
    Builder::new()
        .prefix(PARTIAL)
        .permissions(permissions)
        .tempfile_in(folder)
}

#[cfg(not(unix))]
fn create_partial(folder: &Path) -> io::Result<NamedTempFile> {
    Builder::new().prefix(PARTIAL).tempfile_in(folder)
}

/// The contents of an output folder.
struct Folder {
    /// The text of each generated file, by name.
    files: BTreeMap<String, String>,
    partial: Vec<PathBuf>,
}

impl Folder {
    fn read(folder: &Path) -> io::Result<Self> {
        let mut contents = Self {
            files: BTreeMap::new(),
            partial: Vec::new(),
        };
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(contents),
            Err(error) => return Err(with_path(folder, &error)),
        };
        for entry in entries {
            let path = entry.map_err(|error| with_path(folder, &error))?.path();
            let name = file_name(&path);
            if name.starts_with(PARTIAL) {
                contents.partial.push(path);
            } else if !is_ignored(&name) {
                let text = read_generated(&path)?;
                contents.files.insert(name, text);
            }
        }
        Ok(contents)
    }
}

/// Reads a generated file, with the line endings that the generator writes.
fn read_generated(path: &Path) -> io::Result<String> {
    let kind = fs::symlink_metadata(path)
        .map_err(|error| with_path(path, &error))?
        .file_type();
    let foreign = |what: &str| {
        let path = path.display();
        io::Error::other(format!("`{path}` {what}: move it out of the output folder"))
    };
    if kind.is_symlink() {
        return Err(foreign("is a symbolic link"));
    }
    if !kind.is_file() {
        return Err(foreign("is not a regular file"));
    }
    let bytes = fs::read(path).map_err(|error| with_path(path, &error))?;
    let text = String::from_utf8(bytes).map_err(|_| foreign("was not generated"))?;
    let text = text.replace("\r\n", "\n");
    if has_header(&text) || is_interrupted(&text) {
        Ok(text)
    } else {
        Err(foreign("was not generated"))
    }
}

/// Returns `true` for a text that starts with the header of a generated file. A byte order mark may precede it, and the
/// markers of a merge conflict, but no other text.
fn has_header(text: &str) -> bool {
    const MARKERS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];
    let text = text.trim_start_matches('\u{feff}');
    let is_marker = |line: &&str| line.trim().is_empty() || MARKERS.iter().any(|marker| line.starts_with(marker));
    let first = text.lines().find(|line| !is_marker(line));
    first.is_some_and(|line| line.starts_with(HEADER))
}

/// Returns `true` for the remains of an interrupted write by another program, such as a checkout: nothing, the beginning
/// of a generated file, or the zeros that a file system puts where data is missing.
fn is_interrupted(text: &str) -> bool {
    HEADER.starts_with(text) || text.bytes().all(|byte| byte == 0)
}

#[cfg(test)]
mod tests {
    use std::fs::TryLockError;

    use super::*;

    #[test]
    fn runs_on_one_folder_exclude_each_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = lock(folder.path()).expect("a lock");
        let second = lock_file(folder.path()).expect("a file");
        assert!(matches!(second.try_lock(), Err(TryLockError::WouldBlock)));
        drop(first);
        assert!(second.try_lock().is_ok());
    }
}
