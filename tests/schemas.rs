//! Loads fixtures: small schemas that each test one feature.
//!
//! A fixture is one file. It can contain several schema files, each introduced by a line such as
//! `==> resources/cats.yaml`; without such lines, the fixture is a single resource. A fixture without `api.yaml` uses
//! the one in `fixtures/`. The query set `paging` and the type `Ref` are added to it if the fixture uses them, because
//! unused sets and types are errors.

use std::fs;
use std::path::{Path, PathBuf};

use generator::source::Source;

/// Returns the root folder of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package should be in a subfolder of the project")
}

/// Loads a fixture as a schema.
pub fn fixture(path: &Path) -> Vec<Source> {
    let text = read(path);
    let mut sources = match text.strip_prefix("==> ") {
        Some(_) => named_files(&text),
        None => vec![source(&format!("resources/{}.yaml", stem(path)), &text)],
    };
    if !sources.iter().any(|source| source.name == generator::source::API_FILE) {
        sources.insert(0, source(generator::source::API_FILE, &common_api(&text)));
    }
    sources
}

/// Splits a text into schema files, each introduced by a line such as `==> resources/cats.yaml`.
pub fn named_files(text: &str) -> Vec<Source> {
    let files = text.strip_prefix("==> ").unwrap_or(text);
    files.split("\n==> ").map(named_file).collect()
}

/// Returns the `api.yaml` for fixtures without one.
fn common_api(text: &str) -> String {
    let mut api = read(&root().join("tests/fixtures/api.yaml"));
    let uses = |name: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == name);
    if uses("paging") {
        api.push_str("query_sets: { paging: { limit: { type: uint32, doc: \"Page size.\" } } }\n");
    }
    if uses("Ref") {
        api.push_str("types: { Ref: { doc: \"A reference.\", fields: { id: { type: string, doc: \"ID.\" } } } }\n");
    }
    api
}

/// Returns the paths of the valid fixtures.
pub fn valid_fixtures() -> Vec<PathBuf> {
    let folder = root().join("tests/fixtures/valid");
    let entries = fs::read_dir(folder).expect("the folder of fixtures should be readable");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("the folder of fixtures should be readable").path())
        .collect();
    paths.sort();
    paths
}

/// Returns the name of a file without its extension.
pub fn stem(path: &Path) -> String {
    path.file_stem()
        .expect("the path should have a file name")
        .to_string_lossy()
        .into_owned()
}

fn named_file(text: &str) -> Source {
    let (name, text) = text
        .split_once('\n')
        .expect("a line `==> name` should be followed by the file's text");
    source(name, text)
}

fn source(name: &str, text: &str) -> Source {
    Source {
        path: format!("schema/{name}"),
        name: name.to_owned(),
        text: text.to_owned(),
    }
}

/// Reads a file into a string.
pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
