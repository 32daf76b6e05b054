//! Names of module files and layout of imports.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Item, Visibility};

use super::report;
use super::sources::rust_files;

const PACKAGES: [&str; 3] = ["generator", "generated-client", "tests"];

/// Generated code, which has a different import layout.
const GENERATED: &str = "src/generated/";

/// Finds modules that have child modules but whose own file isn't named `name/mod.rs`.
fn misplaced_modules(files: &BTreeMap<String, String>) -> Vec<String> {
    let folders: BTreeSet<&str> = files
        .keys()
        .flat_map(|file| file.match_indices('/').map(|(slash, _)| &file[..slash]))
        .collect();
    let misplaced = folders
        .iter()
        .filter(|folder| files.contains_key(&format!("{folder}.rs")))
        .map(|folder| format!("{folder}.rs: move it to {folder}/mod.rs"));
    misplaced.collect()
}

/// A `mod` or `use` declaration before the first other item of a file.
#[derive(Debug)]
struct Statement {
    /// The line where its comments and attributes start.
    first_line: usize,
    last_line: usize,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Module,
    Import(Group),
    Reexport,
}

/// A group of imports. Groups are separated by blank lines, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Standard,
    External,
    Own,
}

/// Returns the layout violations of a file's imports, as lines and fixes.
fn import_violations(text: &str) -> Vec<(usize, &'static str)> {
    let parsed = syn::parse_file(text).expect("the file should parse");
    let mut violations = Vec::new();
    let statements = head(text, &own_names(&parsed.items));
    for pair in statements.windows(2) {
        let line = pair[1].first_line;
        let blank_lines = line - pair[0].last_line - 1;
        violations.extend(fix(pair[0].kind, pair[1].kind, blank_lines).map(|fix| (line, fix)));
    }
    violations.extend(late_import(text, &parsed.items, &statements));
    violations
}

/// Returns the fix for a statement that follows another one; `None` if their order and spacing are correct.
fn fix(before: Kind, after: Kind, blank_lines: usize) -> Option<&'static str> {
    match (before, after) {
        (Kind::Module, Kind::Module) | (Kind::Reexport, Kind::Reexport) => None,
        (Kind::Import(_) | Kind::Reexport, Kind::Module) => Some("move it above the imports and re-exports"),
        (Kind::Reexport, Kind::Import(_)) => Some("move it above the re-exports"),
        (Kind::Module, Kind::Import(_) | Kind::Reexport) | (Kind::Import(_), Kind::Reexport) => {
            (blank_lines == 0).then_some("put a blank line before it")
        }
        (Kind::Import(before), Kind::Import(after)) if after < before => {
            Some("order imports: std, then other crates, then crate, super, self and child modules")
        }
        (Kind::Import(before), Kind::Import(after)) if after == before => {
            (blank_lines > 0).then_some("remove the blank line before it: it belongs to the imports above")
        }
        (Kind::Import(_), Kind::Import(_)) => (blank_lines == 0).then_some("put a blank line before it"),
    }
}

/// Finds an import that follows an item other than an import or a module.
fn late_import(text: &str, items: &[Item], statements: &[Statement]) -> Option<(usize, &'static str)> {
    let is_head = |item: &&Item| matches!(item, Item::Use(_) | Item::Mod(_));
    let mut rest = items.iter().skip_while(is_head);
    let is_import = |item: &Item| matches!(item, Item::Use(item) if matches!(item.vis, Visibility::Inherited));
    if !rest.any(is_import) {
        return None;
    }
    let head = statements.last().map_or(0, |statement| statement.last_line);
    let mut lines = text.lines().zip(1..).skip(head);
    let line = lines.find(|(line, _)| line.starts_with("use "));
    Some((line.map_or(1, |(_, line)| line), "move it to the imports at the top"))
}

/// Returns the names of a file's modules and enums, with which imports of the last group may start.
fn own_names(items: &[Item]) -> BTreeSet<String> {
    let names = items.iter().filter_map(|item| match item {
        Item::Mod(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    });
    names.collect()
}

/// Parses `mod` and `use` declarations up to the first other item. Works on lines formatted by rustfmt, because the
/// syntax tree lacks line numbers.
fn head(text: &str, own_names: &BTreeSet<String>) -> Vec<Statement> {
    let lines: Vec<&str> = text.lines().collect();
    let mut statements = Vec::new();
    let mut first_line = None;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let is_inner = line.starts_with("//!") || line.starts_with("#![");
        if line.is_empty() || is_inner {
            first_line = None;
        } else if line.starts_with("//") || line.starts_with("#[") {
            first_line = first_line.or(Some(at + 1));
            at += end_of(&lines[at..], |line| line.contains(']') || line.starts_with("//"));
        } else {
            let start = at;
            at += end_of(&lines[at..], |line| {
                line.ends_with(';') || line.ends_with('{') && !line.contains("use ")
            });
            let Some(kind) = kind(line, own_names) else { break };
            statements.push(Statement {
                first_line: first_line.take().unwrap_or(start + 1),
                last_line: at + 1,
                kind,
            });
        }
        at += 1;
    }
    statements
}

/// Returns the index of a statement's last line, relative to its first line.
fn end_of(lines: &[&str], is_end: impl Fn(&str) -> bool) -> usize {
    lines.iter().position(|line| is_end(line)).unwrap_or(0)
}

fn kind(line: &str, own_names: &BTreeSet<String>) -> Option<Kind> {
    let (visibility, rest) = match line.split_once(' ')? {
        (visibility, rest) if visibility.starts_with("pub") => (visibility, rest),
        _ => ("", line),
    };
    if rest.starts_with("mod ") {
        return rest.ends_with(';').then_some(Kind::Module);
    }
    let path = rest.strip_prefix("use ")?;
    if !visibility.is_empty() {
        return Some(Kind::Reexport);
    }
    let first = path.split([':', ';', ' ', '{']).next().unwrap_or_default();
    Some(Kind::Import(match first {
        "std" | "core" | "alloc" => Group::Standard,
        "crate" | "super" | "self" => Group::Own,
        name if own_names.contains(name) => Group::Own,
        _ => Group::External,
    }))
}

fn all_misplaced_modules() -> Vec<String> {
    let violations = PACKAGES.iter().flat_map(|package| {
        let misplaced = misplaced_modules(&rust_files(package));
        misplaced.into_iter().map(move |file| format!("{package}/{file}"))
    });
    violations.collect()
}

fn all_import_violations() -> Vec<String> {
    let mut violations = Vec::new();
    for package in PACKAGES {
        for (file, text) in rust_files(package) {
            if file.starts_with(GENERATED) {
                continue;
            }
            let found = import_violations(&text).into_iter();
            violations.extend(found.map(|(line, fix)| format!("{package}/{file}:{line}: {fix}")));
        }
    }
    violations
}

#[test]
fn modules_with_children_are_in_mod_rs() {
    report(
        "a module with child modules must be in `name/mod.rs`",
        &all_misplaced_modules(),
    );
}

#[test]
fn imports_are_in_three_groups() {
    report(
        "a file must start with `mod` declarations, imports from std, from other crates and from its own crate, and \
         re-exports, in this order",
        &all_import_violations(),
    );
}

#[test]
fn finds_module_files_next_to_their_folders() {
    let files = ["a.rs", "a/b.rs", "c/mod.rs", "c/d.rs", "c/d/e/f.rs", "g.rs"];
    let files = files.map(|file| (file.to_owned(), String::new())).into();
    assert_eq!(
        misplaced_modules(&files),
        ["a.rs: move it to a/mod.rs", "c/d.rs: move it to c/d/mod.rs"]
    );
}

#[test]
fn accepts_the_import_style() {
    let text = "\
//! A module.

#![allow(dead_code)]

mod child;
#[cfg(test)]
mod tests;

#[cfg(unix)] // only there
use std::fmt;
use std::{
    io,
    time::Duration,
};

use serde::Deserialize;
// Ours is faster.
use zeroize::Zeroize;

use self::Local::*;
use super::Other;
use child::Child;
use Kind::A;

pub use child::{
    Public,
};
#[allow(
    unused_imports,
    reason = \"a macro\"
)]
pub(crate) use macros::object;

enum Kind { A }
macro_rules! late { () => {} }
pub(crate) use late;
const TEXT: &str = \"
use std::io;
\";
";
    assert_eq!(import_violations(text), []);
}

#[test]
fn finds_misplaced_imports() {
    let cases = [
        ("use std::fmt;\nuse serde::de;\n", 2, "put a blank line before it"),
        (
            "use std::fmt;\n\nuse std::io;\n",
            3,
            "remove the blank line before it: it belongs to the imports above",
        ),
        (
            "use crate::a;\n\n#[cfg(unix)]\nuse std::io;\n",
            3,
            "order imports: std, then other crates, then crate, super, self and child modules",
        ),
        ("mod a;\n\nuse std::fmt;\nuse a::A;\n", 4, "put a blank line before it"),
        (
            "use std::fmt;\n\nmod a;\n",
            3,
            "move it above the imports and re-exports",
        ),
        (
            "mod a;\n\npub use a::A;\n\nuse std::fmt;\n",
            5,
            "move it above the re-exports",
        ),
        ("use a::A;\npub use a::B;\n", 2, "put a blank line before it"),
        (
            "use a::A;\n\nfn f() {}\n\nuse a::B;\n",
            5,
            "move it to the imports at the top",
        ),
    ];
    for (text, line, fix) in cases {
        assert_eq!(import_violations(text), [(line, fix)], "{text}");
    }
}
