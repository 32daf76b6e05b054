//! What each construct of the schema language becomes in Rust.

use std::path::Path;

use crate::schemas::{fixture, root, stem, valid_fixtures};

/// The files that say the same for every API; only the fixtures of the API itself show them.
const COMMON: [&str; 4] = ["api.rs", "client.rs", "fake.rs", "mod.rs"];

#[test]
fn constructs_become_rust() {
    insta::glob!("fixtures/valid/*.yaml", |path| {
        // Those that try out many names have made their point when they compile.
        if !stem(path).starts_with("names_of_") {
            insta::assert_snapshot!(generated(path));
        }
    });
}

fn generated(path: &Path) -> String {
    let sources = fixture(path);
    let output = generator::generate(&sources).unwrap_or_else(|errors| panic!("{}: {errors}", path.display()));
    let whole = stem(path).starts_with("api_");
    let files = output
        .files
        .iter()
        .filter(|file| whole || !COMMON.contains(&file.name.as_str()));
    let files: Vec<_> = files.map(|file| format!("==> {}\n{}", file.name, file.text)).collect();
    files.concat()
}

#[test]
fn the_order_of_the_files_changes_nothing() {
    let mut sources = fixture(&root().join("tests/fixtures/valid/shared_types.yaml"));
    let forwards = generator::generate(&sources).unwrap().files;
    sources.reverse();
    let backwards = generator::generate(&sources).unwrap().files;
    assert_eq!(forwards, backwards);
}

#[test]
fn documentation_fits_100_columns() {
    let fixtures = valid_fixtures().into_iter().map(|path| (stem(&path), fixture(&path)));
    let schema = generator::source::load(&root().join("schema")).unwrap();
    for (name, sources) in fixtures.chain([("schema".to_owned(), schema)]) {
        for file in generator::generate(&sources).unwrap().files {
            let too_long: Vec<_> = file.text.lines().filter(|line| is_too_long(line)).collect();
            assert!(too_long.is_empty(), "{name}, {}: {too_long:#?}", file.name);
        }
    }
}

/// Returns `true` for a line of documentation that could be broken. Lines after `# ` are hidden, and a string is whole.
fn is_too_long(line: &str) -> bool {
    let comment = line.trim_start().strip_prefix("/// ").unwrap_or_default().trim_start();
    line.chars().count() > 100 && !comment.is_empty() && !comment.starts_with(['#', '"'])
}
