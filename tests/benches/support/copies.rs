//! Creates large schemas from copies of a schema.

use std::collections::BTreeSet;
use std::fmt::Write;

use generator::source::{API_FILE, Source};

/// The HTTP methods that precede the paths of operations.
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// Copies every resource and its types `count` times. Each copy has unique names and paths.
pub fn copies(schema: &[Source], count: usize) -> Vec<Source> {
    let (api, resources): (Vec<_>, Vec<_>) = schema.iter().partition(|source| source.name == API_FILE);
    let names: BTreeSet<&str> = resources.iter().flat_map(|source| names(&source.text)).collect();
    let copies = (1..=count).flat_map(|number| resources.iter().map(move |source| (number, *source)));
    let copies = copies.map(|(number, source)| copy(source, &names, number));
    api.into_iter().cloned().chain(copies).collect()
}

/// Returns the names of a file's resource and types.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let resource = text.lines().find_map(|line| line.strip_prefix("resource: "));
    let singular = text.lines().find_map(|line| line.strip_prefix("singular: "));
    let types = text.split_once("\ntypes:\n").map_or("", |(_, types)| types);
    let types = types.lines().filter_map(|line| {
        let name = line.strip_prefix("  ")?.split_once(':')?.0;
        name.starts_with(|first: char| first.is_ascii_uppercase())
            .then_some(name)
    });
    resource.into_iter().chain(singular).chain(types)
}

fn copy(source: &Source, names: &BTreeSet<&str>, number: usize) -> Source {
    let file = |path: &str| path.replace("resources/", &format!("resources/c{number}_"));
    let text = METHODS
        .iter()
        .fold(renamed(&source.text, names, number), |text, method| {
            text.replace(&format!("\"{method} /"), &format!("\"{method} /c{number}/"))
        });
    Source {
        path: file(&source.path),
        name: file(&source.name),
        text,
    }
}

/// Adds a prefix to each occurrence of a name in the text.
fn renamed(text: &str, names: &BTreeSet<&str>, number: usize) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut renamed = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| is_word(c) != is_word(first)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        if names.contains(part) {
            let (prefix, separator) = if first.is_ascii_uppercase() {
                ("C", "")
            } else {
                ("c", "_")
            };
            let _ = write!(renamed, "{prefix}{number}{separator}");
        }
        renamed.push_str(part);
        rest = after;
    }
    renamed
}
