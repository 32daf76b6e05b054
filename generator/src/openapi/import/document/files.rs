//! The files of a document.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use super::positions::{Kind, kind_at};
use super::read::read;
use crate::openapi::import::finding::Finding;
use crate::openapi::json::Json;

/// The root key with the contents of the other files.
pub const FILES: &str = "x-files";

/// A referenced object.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Target {
    pub pointer: String,
    pub kind: Kind,
}

/// A file, which is the document itself or another file that it references.
pub struct File {
    pub path: PathBuf,
    /// The contents, or `null` while the file is walked.
    pub tree: Json,
    /// The key in [`FILES`], or an empty string for the document itself.
    pub key: String,
}

/// The files that have been read, starting with the document itself.
#[derive(Default)]
pub struct Files {
    pub loaded: Vec<File>,
    by_path: HashMap<PathBuf, usize>,
    keys: HashSet<String>,
    /// Referenced objects whose references must be made local, or already are.
    pub queue: Vec<(usize, Target)>,
    seen: HashSet<(usize, Target)>,
    /// References whose targets must exist: the file, the pointer and the message otherwise.
    pub expected: Vec<(usize, String, String)>,
    pub errors: Vec<String>,
    pub findings: Vec<Finding>,
}

impl Files {
    pub fn add(&mut self, path: &Path, tree: Json) -> usize {
        let index = self.loaded.len();
        let key = if index == 0 { String::new() } else { self.key(path) };
        self.by_path.insert(identity(path), index);
        self.loaded.push(File {
            path: path.to_owned(),
            tree,
            key,
        });
        index
    }

    /// Returns an unused key that resembles the name of the file.
    fn key(&mut self, path: &Path) -> String {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let is_plain = |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
        let stem: String = stem
            .chars()
            .map(|character| if is_plain(character) { character } else { '_' })
            .collect();
        let numbered = (2..).map(|number| format!("{stem}_{number}"));
        let mut candidates = std::iter::once(stem.clone()).chain(numbered);
        let key = candidates.find(|key| !self.keys.contains(key)).unwrap_or(stem.clone());
        self.keys.insert(key.clone());
        key
    }

    /// Returns the index of a file, which is read if it is new.
    pub fn open(&mut self, path: &Path) -> io::Result<usize> {
        if let Some(index) = self.by_path.get(&identity(path)) {
            return Ok(*index);
        }
        let tree = read(path)?;
        Ok(self.add(path, tree))
    }

    /// Returns the pointer in the bundle to a value of a file.
    pub fn bundled(&self, file: usize, pointer: &str) -> String {
        match file {
            0 => pointer.to_owned(),
            _ => format!("/{FILES}/{}{pointer}", self.loaded[file].key),
        }
    }

    pub fn is_new(&self, file: usize, target: &Target) -> bool {
        !self.seen.contains(&(file, target.clone()))
    }

    /// Adds a target to the queue, unless the document is walked there anyway.
    pub fn enqueue(&mut self, file: usize, target: Target, message: String) {
        self.expected.push((file, target.pointer.clone(), message));
        if file != 0 || kind_at(Kind::Document, &target.pointer) != Some(target.kind) {
            self.queue.push((file, target.clone()));
        }
        self.seen.insert((file, target));
    }
}

/// Returns the path by which a file is recognized.
fn identity(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}
