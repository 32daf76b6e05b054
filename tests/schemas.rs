//! Fixtures: schemas that each show one thing.
//!
//! A fixture is one file. Lines such as `==> resources/cats.yaml` begin the files that it stands for; without them it is
//! the only resource. Where it brings no `api.yaml`, that of `fixtures/` serves.

use generator::diagnostics::Source;
use std::fs;
use std::path::{Path, PathBuf};

/// The root of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests have a folder of their own")
}

/// The schema that a fixture stands for.
pub fn fixture(path: &Path) -> Vec<Source> {
    let text = read(path);
    let mut sources = match text.strip_prefix("==> ") {
        Some(files) => files.split("\n==> ").map(named_file).collect(),
        None => vec![source(&format!("resources/{}.yaml", stem(path)), &text)],
    };
    if !sources.iter().any(|source| source.name == generator::API_FILE) {
        let shared = read(&root().join("tests/fixtures/api.yaml"));
        sources.insert(0, source(generator::API_FILE, &shared));
    }
    sources
}

/// The fixtures that generate.
pub fn valid_fixtures() -> Vec<PathBuf> {
    let folder = root().join("tests/fixtures/valid");
    let entries = fs::read_dir(folder).expect("the fixtures can be listed");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("the fixtures can be listed").path())
        .collect();
    paths.sort();
    paths
}

/// The name of a fixture.
pub fn stem(path: &Path) -> String {
    path.file_stem()
        .expect("a fixture has a name")
        .to_string_lossy()
        .into_owned()
}

fn named_file(text: &str) -> Source {
    let (name, text) = text
        .split_once('\n')
        .expect("a line `==> name` is followed by the file");
    source(name, text)
}

fn source(name: &str, text: &str) -> Source {
    Source {
        path: format!("schema/{name}"),
        name: name.to_owned(),
        text: text.to_owned(),
    }
}

/// A file as text.
pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
