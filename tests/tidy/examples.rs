//! Tests of the import graph on small packages.

use std::collections::BTreeMap;

use super::graph::{Graph, Towards};
use super::package::Package;

/// Builds the import graph of a package from its files, given as paths and texts.
fn graph(files: &[(&str, &str)]) -> Graph {
    Graph::new(&package(files), Towards::Definition)
}

/// Builds a package and declares the top-level files in its `lib.rs`.
fn package(files: &[(&str, &str)]) -> Package {
    let mut sources: BTreeMap<String, String> = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    let is_child = |path: &&str| !path.contains('/') && !["lib.rs", "main.rs"].contains(path);
    let children = files.iter().map(|(path, _)| *path).filter(is_child);
    let declarations = children.map(|path| format!("pub mod {};\n", path.trim_end_matches(".rs")));
    let declarations: String = declarations.collect();
    sources.entry("lib.rs".to_owned()).or_default().push_str(&declarations);
    let package = Package::read("small", &sources);
    assert!(package.unused.is_empty(), "{:?}", package.unused);
    package
}

/// Returns the files that a file imports.
fn imports(files: &[(&str, &str)], file: &str) -> Vec<String> {
    graph(files).files[file].keys().cloned().collect()
}

/// Returns descriptions of the shortest cycles.
fn cycles(files: &[(&str, &str)]) -> Vec<String> {
    let graph = graph(files);
    let cycles = graph.cycles();
    cycles.iter().map(|cycle| graph.describe(&cycle.shortest)).collect()
}

#[test]
fn finds_cycle_of_two_files() {
    let files = [
        (
            "a.rs",
            "//! B is first.\n\nuse crate::b::B;\n\npub struct A;\nfn b(_: B) {}",
        ),
        ("b.rs", "pub struct B;\nfn a(_: super::a::A) {}"),
        ("c.rs", "use crate::a::A;"),
    ];
    let expected = "a.rs -> b.rs -> a.rs\
        \n    a.rs:3: `crate::b::B` is defined in b.rs\
        \n    b.rs:2: `super::a::A` is defined in a.rs";
    assert_eq!(cycles(&files), [expected]);
}

#[test]
fn finds_shortest_cycle_and_all_its_files() {
    let graph = graph(&[
        ("a.rs", "use crate::b::B;\npub struct A;"),
        ("b.rs", "use crate::c::C;\npub struct B;"),
        ("c.rs", "use crate::{a::A, b::B};\npub struct C;"),
        ("d.rs", "pub fn d() { crate::a::A; }"),
    ]);
    let cycles = graph.cycles();
    assert_eq!(cycles.len(), 1);
    assert_eq!(cycles[0].files, ["a.rs", "b.rs", "c.rs"]);
    assert_eq!(cycles[0].shortest, ["b.rs", "c.rs"]);
}

#[test]
fn finds_cycle_through_reexport() {
    let files = [
        ("lib.rs", "mod folder;\n"),
        ("a.rs", "use crate::folder::B;\npub struct A;"),
        ("folder/mod.rs", "mod b;\npub use b::Inner as B;"),
        ("folder/b.rs", "use crate::a::A;\npub struct Inner;"),
    ];
    assert_eq!(imports(&files, "a.rs"), ["folder/b.rs"]);
    assert_eq!(cycles(&files).len(), 1);
}

#[test]
fn follows_renamed_import_and_module() {
    let files = [
        ("a.rs", "pub mod inner { pub struct A; }"),
        ("b.rs", "pub use crate::a::inner as renamed;"),
        ("c.rs", "use crate::b::renamed::A as Other;"),
        ("d.rs", "use crate::b as again;\nfn a(_: again::renamed::A) {}"),
    ];
    assert_eq!(imports(&files, "b.rs"), [""; 0]);
    assert_eq!(imports(&files, "c.rs"), ["a.rs"]);
    assert_eq!(imports(&files, "d.rs"), ["a.rs"]);
}

#[test]
fn follows_globs_to_the_names_that_are_used() {
    let files = [
        ("a.rs", "pub struct A;\npub struct Unused;"),
        ("b.rs", "pub fn b() {}"),
        ("all.rs", "pub use crate::a::*;\npub use crate::b::*;"),
        ("c.rs", "use crate::all::*;\nfn c() { b() }"),
        ("d.rs", "use crate::all::A;"),
    ];
    assert_eq!(imports(&files, "all.rs"), [""; 0]);
    assert_eq!(imports(&files, "c.rs"), ["b.rs"]);
    assert_eq!(imports(&files, "d.rs"), ["a.rs"]);
}

#[test]
fn globs_skip_private_imports() {
    let files = [
        ("a.rs", "pub struct A;"),
        ("b.rs", "use crate::a::A;\npub struct B;"),
        ("c.rs", "use crate::b::*;\nfn c(_: A) {}"),
    ];
    assert_eq!(imports(&files, "c.rs"), [""; 0]);
}

#[test]
fn follows_super_to_ancestors() {
    let files = [
        ("lib.rs", "mod folder;\n"),
        ("a.rs", "pub struct A;"),
        ("folder/mod.rs", "mod child;\npub struct Own;"),
        (
            "folder/child.rs",
            "use super::super::a::A;\nmod inner { fn own(_: super::super::Own) {} }",
        ),
    ];
    assert_eq!(imports(&files, "folder/child.rs"), ["a.rs", "folder/mod.rs"]);
}

#[test]
fn resolves_crate_paths_of_macro_rules_in_the_defining_file() {
    let files = [
        (
            "a.rs",
            "macro_rules! make { ($x:ident) => { $crate::b::B; $crate::c::$x; $x::d::D; use $crate::d::{self, E}; } }\n\
             pub(crate) use make;",
        ),
        ("b.rs", "pub struct B;"),
        ("c.rs", "pub struct C;"),
        ("d.rs", "pub struct D; pub enum E {}"),
        ("e.rs", "crate::a::make!(C);"),
    ];
    assert_eq!(imports(&files, "a.rs"), ["b.rs", "c.rs", "d.rs"]);
    assert_eq!(imports(&files, "e.rs"), ["a.rs"]);
}

#[test]
fn distinguishes_a_macro_from_a_module_of_the_same_name() {
    let files = [
        ("lib.rs", "mod json;\n"),
        ("json/mod.rs", "mod object;\npub(crate) use object::object;"),
        (
            "json/object.rs",
            "macro_rules! object { () => {} }\npub(crate) use object;",
        ),
        ("a.rs", "use crate::json::object;\nobject!();"),
    ];
    assert_eq!(imports(&files, "a.rs"), ["json/object.rs"]);
    assert_eq!(imports(&files, "json/mod.rs"), [""; 0]);
}

#[test]
fn ignores_reexports_of_child_modules() {
    let child = ("folder/child.rs", "use super::Own;\npub struct Child;");
    let only_reexports = ("folder/mod.rs", "mod child;\npub use child::Child;\npub struct Own;");
    let root = ("lib.rs", "mod folder;\npub use folder::Child;");
    assert_eq!(cycles(&[root, only_reexports, child]), [""; 0]);

    let uses = (
        "folder/mod.rs",
        "mod child;\npub use child::Child;\npub struct Own(Child);",
    );
    assert_eq!(cycles(&[root, uses, child]).len(), 1);
    let imports_it = ("folder/mod.rs", "mod child;\nuse child::Child;\npub struct Own;");
    assert_eq!(cycles(&[root, imports_it, child]).len(), 1);
}

#[test]
fn counts_reexports_of_other_modules() {
    let files = [("a.rs", "pub struct A;"), ("b.rs", "pub use crate::a::A;")];
    assert_eq!(imports(&files, "b.rs"), ["a.rs"]);
}

#[test]
fn resolves_paths_through_modules_in_scope() {
    let files = [
        ("lib.rs", "mod folder;\n"),
        ("a.rs", "use crate::folder;\nfn a() { folder::child::run::<u8>() }"),
        (
            "b.rs",
            "use crate::folder::{self as renamed};\nfn b() { renamed::child::Kind::All; }",
        ),
        ("folder/mod.rs", "pub mod child;\npub fn all() { child::run::<u8>() }"),
        ("folder/child.rs", "pub fn run<T>() {}\npub enum Kind { All }"),
    ];
    for file in ["a.rs", "b.rs", "folder/mod.rs"] {
        assert_eq!(imports(&files, file), ["folder/child.rs"]);
    }
}

#[test]
fn finds_paths_in_macro_arguments() {
    let files = [
        ("a.rs", "pub struct A;\npub const TEXT: &str = \"\";"),
        ("b.rs", "use crate::a;\nfn b() { vec![println!(\"{}\", a::TEXT)]; }"),
        ("c.rs", "fn c() { use crate::a::A; }"),
        (
            "d.rs",
            "fn d() { quote!(crate::a::A); stringify!(crate::a::A); \"crate::a::A\"; }",
        ),
    ];
    assert_eq!(imports(&files, "b.rs"), ["a.rs"]);
    assert_eq!(imports(&files, "c.rs"), ["a.rs"]);
    assert_eq!(imports(&files, "d.rs"), [""; 0]);
}

#[test]
fn ignores_fields_variants_and_lifetimes_of_the_same_name() {
    let child = ("folder/child.rs", "pub fn read() {}\npub struct Item;");
    for code in [
        "fn f(read: X) { read.read(); <X>::read(); self.read; }",
        "enum Kind { Item, Read { read: u8 } }",
        "trait T { type Item; fn read(); }",
        "fn f(_: impl Iterator<Item = u8>) {}",
        "fn f<'read>(_: &'read str) {}",
    ] {
        let parent = format!("mod child;\npub use child::*;\n{code}");
        let files = [("lib.rs", "mod folder;\n"), ("folder/mod.rs", &parent), child];
        assert_eq!(imports(&files, "folder/mod.rs"), [""; 0], "{code}");
    }
    for code in [
        "fn f() { read() }",
        "enum Kind { Other(Item) }",
        "trait T { type Other = Item; }",
        "fn f() { match x { Item => 1 } }",
        "fn f() { Item == x }",
        "fn f() { 0..read() }",
    ] {
        let parent = format!("mod child;\npub use child::*;\n{code}");
        let files = [("lib.rs", "mod folder;\n"), ("folder/mod.rs", &parent), child];
        assert_eq!(imports(&files, "folder/mod.rs"), ["folder/child.rs"], "{code}");
    }
}

#[test]
fn ignores_unit_tests_comments_and_methods() {
    let files = [
        ("a.rs", "pub struct A;\nimpl A { pub fn make() {} }"),
        (
            "b.rs",
            "#[cfg(test)]\nuse crate::a::A;\n#[cfg(test)]\nmod tests { use crate::a::A; }",
        ),
        (
            "c.rs",
            "/// See [`A`](crate::a::A).\n// crate::a::A\nfn c(a: impl Iterator) { a.make() }",
        ),
    ];
    assert_eq!(imports(&files, "b.rs"), [""; 0]);
    assert_eq!(imports(&files, "c.rs"), [""; 0]);
}

#[test]
fn resolves_the_library_name_in_binaries() {
    let files = [
        ("lib.rs", "pub struct Library;\n"),
        ("a.rs", "pub struct A;"),
        (
            "main.rs",
            "use small::a::A;\nfn main() { small::Library; std::io::stdin(); }",
        ),
    ];
    assert_eq!(imports(&files, "main.rs"), ["a.rs", "lib.rs"]);
}

#[test]
fn counts_the_named_file_as_imported() {
    let package = package(&[
        ("lib.rs", "pub mod folder;\n"),
        ("a.rs", "pub struct A;\npub enum E { One }\npub fn make() {}"),
        ("folder/mod.rs", "pub mod b;\npub use b::B;"),
        ("folder/b.rs", "pub use crate::a::*;\npub struct B;"),
        ("c.rs", "use crate::folder::b::{self, A};\nfn c() -> A { b::E::One }"),
        ("d.rs", "use crate::folder;\nfn d(_: folder::B) {}"),
        ("e.rs", "use crate::{a, folder::b::*};\nfn e(_: A) {}"),
    ]);
    let graph = Graph::new(&package, Towards::Name);
    let imports = |file: &str| graph.files[file].keys().cloned().collect::<Vec<_>>();
    assert_eq!(imports("folder/mod.rs"), [""; 0]);
    assert_eq!(imports("folder/b.rs"), ["a.rs"]);
    assert_eq!(imports("c.rs"), ["folder/b.rs"]);
    assert_eq!(imports("d.rs"), ["folder/mod.rs"]);
    assert_eq!(imports("e.rs"), ["folder/b.rs"]);
}
