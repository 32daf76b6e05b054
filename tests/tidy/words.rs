//! Words that only some files may contain, and words that some files must not contain.

use super::report;
use super::sources::{all_files, is_in, rust_files};
use crate::schemas::root;

/// Words that only these files and folders of the generator may contain, with the reason.
const RESERVED: [(&str, &[&str], &str); 6] = [
    (
        "quote!",
        &["rust/docs", "rust/emit"],
        "only `emit` and `docs` build tokens",
    ),
    ("Ident::new", &["names"], "only `names` creates identifiers"),
    (
        "format_ident!",
        &[],
        "only `names` creates identifiers, with `Ident::new`",
    ),
    (
        "serde_yaml::",
        &["syntax", "openapi/import/document"],
        "only `syntax` and the loader of OpenAPI documents parse YAML",
    ),
    ("prettyplease::", &["rust/layout"], "only `layout` formats code"),
    (
        "fs::",
        &["source", "output"],
        "every step between loading and writing is a pure function",
    ),
];

/// Words that API-independent code may not contain: generated code, the crate, and the name of the API.
const FORBIDDEN: [&str; 3] = ["crate::generated", "generated_client", "ngrok"];

/// Folders with API-independent code.
const API_INDEPENDENT: [&str; 2] = ["generated-client/src/runtime", "generated-client/src/fake"];

/// Returns the numbered lines of a file without comments and unit tests.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let tests = text.find("\n#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let numbered = text[..tests].lines().zip(1..).map(|(line, number)| (number, line));
    numbered.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn misplaced_words() -> Vec<String> {
    let mut violations = Vec::new();
    for (file, text) in rust_files("generator/src") {
        for (word, places, reason) in RESERVED {
            let found = code(&text).find(|(_, code)| code.contains(word));
            if let Some((line, _)) = found
                && !places.iter().any(|place| is_in(&file, place))
            {
                violations.push(format!(
                    "generator/src/{file}:{line}: `{word}` is only allowed in {places:?}: {reason}"
                ));
            }
        }
    }
    violations
}

fn forbidden_words() -> Vec<String> {
    let mut violations = Vec::new();
    for folder in API_INDEPENDENT {
        for (file, text) in all_files(folder) {
            for (line, number) in text.lines().zip(1..) {
                let line = line.to_lowercase();
                let found = FORBIDDEN.iter().filter(|word| line.contains(**word));
                violations.extend(found.map(|word| format!("{folder}/{file}:{number}: `{word}`")));
            }
        }
    }
    violations
}

#[test]
fn generator_uses_reserved_words_only_where_allowed() {
    report("move the code to a file that may contain the word", &misplaced_words());
}

#[test]
fn runtime_and_fake_name_neither_crate_nor_api() {
    report(
        "runtime and fake must work in a crate of another name, with another API",
        &forbidden_words(),
    );
}

#[test]
fn only_the_schema_names_the_api_and_its_resources() {
    let schema = generator::source::load(&root().join("schema")).unwrap();
    let names = schema
        .iter()
        .filter_map(|file| file.name.strip_prefix("resources/")?.strip_suffix(".yaml"));
    // Single words also occur in unrelated code, and comments use `api_keys` as an example.
    let names: Vec<_> = names.filter(|name| name.contains('_') && *name != "api_keys").collect();
    for folder in [
        "generator/src",
        "generated-client/src/runtime",
        "generated-client/src/fake",
        "generated-client/src/bin",
    ] {
        for (file, text) in rust_files(folder) {
            let resource = names.iter().find(|name| text.contains(**name));
            assert!(
                resource.is_none(),
                "{folder}/{file} names the resource {resource:?}: describe its behavior in the schema"
            );
            let found = text.to_lowercase().find("ngrok");
            assert!(
                found.is_none(),
                "{folder}/{file} names the API: describe its behavior in the schema"
            );
        }
    }
}

#[test]
fn skips_comments_and_unit_tests() {
    let text = "#[cfg(test)]\nmod tests;\n// comment\nfn f() {}\n\n#[cfg(test)]\nmod tests {\n}\n";
    let code: Vec<_> = code(text).collect();
    assert_eq!(code, [(1, "#[cfg(test)]"), (2, "mod tests;"), (4, "fn f() {}")]);
}
