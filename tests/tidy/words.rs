//! Words that only some files may contain.

use super::report;
use super::sources::{all_files, is_in, rust_files};
use crate::schemas::root;

/// Words that only these files and folders of the generator may contain, and why.
const RESERVED: [(&str, &[&str], &str); 6] = [
    (
        "quote!",
        &["rust/docs", "rust/emit"],
        "code is made where it is emitted",
    ),
    ("Ident::new", &["names"], "identifiers are made in one place"),
    ("format_ident!", &[], "identifiers are made in one place"),
    ("serde_yaml::", &["syntax"], "YAML is read in one place"),
    ("prettyplease::", &["rust/layout"], "Rust is laid out in one place"),
    (
        "fs::",
        &["source", "output"],
        "every step between loading and writing is a pure function",
    ),
];

/// Words that code for every API may not contain: generated code, the crate, and this API.
const FOREIGN: [&str; 3] = ["crate::generated", "generated_client", "ngrok"];

/// Code for every API.
const FOR_EVERY_API: [&str; 2] = ["generated-client/src/runtime", "generated-client/src/fake"];

/// Returns the numbered lines of a file without comments and unit tests.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let tests = text.find("\n#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let numbered = text[..tests].lines().zip(1..).map(|(line, number)| (number, line));
    numbered.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn misplaced_words() -> Vec<String> {
    let mut broken = Vec::new();
    for (file, text) in rust_files("generator/src") {
        for (word, places, reason) in RESERVED {
            let found = code(&text).find(|(_, code)| code.contains(word));
            if let Some((line, _)) = found
                && !places.iter().any(|place| is_in(&file, place))
            {
                broken.push(format!(
                    "generator/src/{file}:{line}: `{word}` belongs in {places:?}: {reason}"
                ));
            }
        }
    }
    broken
}

fn foreign_words() -> Vec<String> {
    let mut broken = Vec::new();
    for folder in FOR_EVERY_API {
        for (file, text) in all_files(folder) {
            for (line, number) in text.lines().zip(1..) {
                let line = line.to_lowercase();
                let found = FOREIGN.iter().filter(|word| line.contains(**word));
                broken.extend(found.map(|word| format!("{folder}/{file}:{number}: `{word}`")));
            }
        }
    }
    broken
}

#[test]
fn each_kind_of_work_has_its_place() {
    report("move the code", &misplaced_words());
}

#[test]
fn runtime_and_fake_name_neither_crate_nor_api() {
    report(
        "these folders are copied into other crates, which have other names and another API",
        &foreign_words(),
    );
}

#[test]
fn nothing_but_the_schema_knows_the_api() {
    let schema = generator::source::load(&root().join("schema")).unwrap();
    let names = schema
        .iter()
        .filter_map(|file| file.name.strip_prefix("resources/")?.strip_suffix(".yaml"));
    // A name of one word may be a word of any code, and `api_keys` is the example that comments give.
    let names: Vec<_> = names.filter(|name| name.contains('_') && *name != "api_keys").collect();
    for folder in [
        "generator/src",
        "generated-client/src/runtime",
        "generated-client/src/fake",
        "generated-client/src/bin",
    ] {
        for (file, text) in rust_files(folder) {
            let resource = names.iter().find(|name| text.contains(**name));
            assert!(resource.is_none(), "{folder}/{file} names the resource {resource:?}");
            let found = text.to_lowercase().find("ngrok");
            assert!(
                found.is_none(),
                "{folder}/{file} names the API: what is special to it belongs into the schema"
            );
        }
    }
}

#[test]
fn code_ends_where_unit_tests_begin() {
    let text = "#[cfg(test)]\nmod tests;\n// comment\nfn f() {}\n\n#[cfg(test)]\nmod tests {\n}\n";
    let code: Vec<_> = code(text).collect();
    assert_eq!(code, [(1, "#[cfg(test)]"), (2, "mod tests;"), (4, "fn f() {}")]);
}
