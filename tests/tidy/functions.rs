//! The length of functions.

use super::report;
use super::sources::rust_files;

#[test]
fn functions_are_short() {
    let mut long = Vec::new();
    for folder in [
        "generator/src",
        "generator/tests",
        "generated-client/src/runtime",
        "generated-client/src/fake",
        "generated-client/src/bin",
        "generated-client/examples",
        "generated-client/tests",
        "tests",
    ] {
        for (file, text) in rust_files(folder) {
            long.extend(
                long_functions(&text).map(|(name, lines)| format!("{folder}/{file}: `{name}` has {lines} lines")),
            );
        }
    }
    report("split functions of more than 60 lines", &long);
}

/// Returns the functions of more than 60 lines, with their lengths.
fn long_functions(text: &str) -> impl Iterator<Item = (String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let starts = lines.clone().into_iter().enumerate().filter(|(_, line)| {
        let line = line.trim_start();
        let line = ["pub ", "pub(crate) ", "pub(super) "]
            .iter()
            .find_map(|visibility| line.strip_prefix(visibility))
            .unwrap_or(line);
        let starts = line.starts_with("fn ") || line.starts_with("async fn ") || line.starts_with("const fn ");
        starts && !line.ends_with(['}', ';'])
    });
    let ends = starts.filter_map(move |(start, line)| {
        let indent = line.len() - line.trim_start().len();
        let end = format!("{}}}", " ".repeat(indent));
        let length = lines[start..].iter().position(|line| *line == end)?;
        Some((line.trim().to_owned(), length + 1))
    });
    ends.filter(|(_, length)| *length > 60)
}

#[test]
fn finds_long_functions() {
    let body = "    line();\n".repeat(60);
    for long in ["pub fn long() {", "pub(super) async fn long() {", "const fn long() {"] {
        let text = format!("fn short() {{\n}}\nfn one_line() {{}}\nfn declared();\n{long}\n{body}}}\n");
        assert_eq!(long_functions(&text).collect::<Vec<_>>(), [(long.to_owned(), 62)]);
    }
}
