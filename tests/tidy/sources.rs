//! The source files of the project.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::schemas::{read, root};

/// Returns the Rust files in a folder of the project and its subfolders, except fixtures, by relative path.
pub fn rust_files(folder: &str) -> BTreeMap<String, String> {
    let mut files = all_files(folder);
    let is_rust = |name: &str| Path::new(name).extension().is_some_and(|extension| extension == "rs");
    files.retain(|name, _| is_rust(name) && !name.starts_with("fixtures/"));
    files
}

/// Returns the text files in a folder of the project and its subfolders, by relative path.
pub fn all_files(folder: &str) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(&root().join(folder), "", &mut files);
    assert!(!files.is_empty(), "found no files in {folder}");
    files
}

/// Returns `true` if a file is `place` itself, `place.rs`, or in `place/`.
pub fn is_in(file: &str, place: &str) -> bool {
    let rest = file.strip_prefix(place);
    rest.is_some_and(|rest| rest.is_empty() || rest == ".rs" || rest.starts_with('/'))
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, read(&path));
        }
    }
}

#[test]
fn matches_files_and_folders() {
    assert!(is_in("source.rs", "source") && is_in("rust/emit/api.rs", "rust/emit"));
    assert!(is_in("rust/mod.rs", "rust/mod.rs"));
    assert!(!is_in("sources.rs", "source") && !is_in("rust/emitted.rs", "rust/emit"));
}
