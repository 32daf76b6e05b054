//! Fixtures: schemas that each show one thing.
//!
//! A fixture is one file. Lines such as `==> resources/cats.yaml` begin the files that it stands for; without them it is
//! the only resource. Where it brings no `api.yaml`, that of `fixtures/` serves, with the query set `paging` and the type
//! `Ref` where it uses them: a set or a type that nothing uses is an error.

use std::fs;
use std::path::{Path, PathBuf};

use generator::source::Source;

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
    if !sources.iter().any(|source| source.name == generator::source::API_FILE) {
        sources.insert(0, source(generator::source::API_FILE, &common_api(&text)));
    }
    sources
}

/// The `api.yaml` for fixtures that bring none, with what they use of it.
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
