//! Imports between files: no circles, and one direction between modules.

use std::collections::BTreeSet;

use super::graph::{Graph, Towards};
use super::mentions::Mention;
use super::package::{ModuleId, Package};
use super::report;
use super::resolve::definitions;
use super::sources::{is_in, rust_files};

/// The folder and the library of each package.
const PACKAGES: [(&str, &str); 3] = [
    ("generator/src", "generator"),
    ("generated-client/src", "generated_client"),
    ("tests", "tests"),
];

/// Files or folders of a package, and which others each may import.
type Directions = [(&'static str, &'static [&'static str])];

/// An import counts towards the module that the path names: `api` may re-export types of `syntax`.
const GENERATOR: &Directions = &[
    ("names", &[]),
    ("source", &[]),
    ("diagnostics", &["source"]),
    ("syntax", &["diagnostics", "source"]),
    ("api", &["syntax", "names", "diagnostics", "source"]),
    ("openapi", &["api", "names", "diagnostics", "source"]),
    ("rust/ir", &["api", "names", "diagnostics", "source"]),
    ("rust/lower", &["rust/ir", "api", "names", "diagnostics", "source"]),
    ("rust/layout", &[]),
    ("rust/docs", &["rust/layout", "rust/ir", "names"]),
    ("rust/emit", &["rust/docs", "rust/ir"]),
    (
        "rust/print",
        &["rust/layout", "rust/emit", "rust/docs", "rust/ir", "diagnostics"],
    ),
    (
        "rust/mod.rs",
        &[
            "rust/print",
            "rust/emit",
            "rust/lower",
            "rust/ir",
            "api",
            "diagnostics",
            "source",
        ],
    ),
    ("output", &["rust/print", "source"]),
    (
        "lib",
        &[
            "output",
            "rust/mod.rs",
            "rust/print",
            "rust/emit",
            "rust/lower",
            "openapi",
            "api",
            "syntax",
            "diagnostics",
            "source",
        ],
    ),
    ("main", &["lib", "output", "rust/print", "diagnostics", "source"]),
];

/// An import counts towards the file that defines the item, for `runtime/mod.rs` re-exports both clients.
const CLIENT: &Directions = &[
    ("runtime/asynchronous", &["runtime"]),
    ("runtime/blocking", &["runtime"]),
    // Macros of the runtime give methods to both clients.
    ("runtime", &["runtime/asynchronous", "runtime/blocking"]),
    ("fake", &["runtime", "runtime/asynchronous", "runtime/blocking"]),
    (
        "generated",
        &["fake", "runtime", "runtime/asynchronous", "runtime/blocking"],
    ),
    (
        "lib",
        &[
            "generated",
            "fake",
            "runtime",
            "runtime/asynchronous",
            "runtime/blocking",
        ],
    ),
    (
        "bin",
        &[
            "lib",
            "generated",
            "fake",
            "runtime",
            "runtime/asynchronous",
            "runtime/blocking",
        ],
    ),
];

const MOVE_SHARED: &str = "move the shared item into a file that imports none of the others";

fn package(folder: &str) -> Package {
    let (_, library) = PACKAGES.iter().find(|(known, _)| *known == folder).unwrap();
    Package::read(library, &rust_files(folder))
}

/// Describes the circles of a package.
fn circles(folder: &str) -> Vec<String> {
    let graph = Graph::new(&package(folder), Towards::Definition);
    let circles = graph.circles().into_iter().map(|circle| {
        format!(
            "{folder}: {} files import each other: {}\n  shortest circle: {}\n",
            circle.files.len(),
            circle.files.join(", "),
            graph.describe(&circle.shortest),
        )
    });
    circles.collect()
}

/// Describes the imports against the directions, and the files that have no place in them.
fn wrong_directions(folder: &str, directions: &Directions, towards: Towards) -> Vec<String> {
    let mut wrong = Vec::new();
    for (file, imports) in &Graph::new(&package(folder), towards).files {
        let Some((area, allowed)) = place(directions, file) else {
            wrong.push(format!("{folder}/{file}: give it a place in the table of directions"));
            continue;
        };
        for (other, reason) in imports {
            let Some((other_area, _)) = place(directions, other) else {
                continue;
            };
            if area != other_area && !allowed.contains(&other_area) {
                wrong.push(format!(
                    "{folder}/{file}:{}: `{area}` may not use `{other_area}`: `{}` is in {other}",
                    reason.line, reason.path
                ));
            }
        }
    }
    wrong
}

/// Finds paths from `crate`, `super` or `self` without a definition, except those of items of other packages.
fn unresolved_paths(folder: &str) -> Vec<String> {
    let package = package(folder);
    let mentions = || {
        let modules = package.modules.iter().enumerate();
        modules.flat_map(|(id, module)| module.mentions.iter().map(move |mention| (id, mention)))
    };
    let resolves = |(id, mention): &(ModuleId, &Mention)| {
        let found = definitions(&package, *id, &mention.path, mention.space);
        !found.is_empty()
    };
    let reexports = mentions().filter(|found| found.1.is_reexport() && !resolves(found));
    let external: BTreeSet<_> = reexports.filter_map(|(_, mention)| mention.path.last()).collect();
    let unresolved = mentions().filter(|found| {
        let path = &found.1.path;
        let is_own = ["crate", "super", "self"].contains(&path[0].as_str());
        is_own && !path.last().is_some_and(|last| external.contains(last)) && !resolves(found)
    });
    let unresolved = unresolved.map(|(id, mention)| {
        let file = &package.files[package.modules[id].file].path;
        format!("{folder}/{file}: `{}`", mention.path.join("::"))
    });
    unresolved.collect()
}

/// Returns the most specific entry for a file.
fn place(directions: &Directions, file: &str) -> Option<(&'static str, &'static [&'static str])> {
    let places = directions.iter().filter(|(area, _)| is_in(file, area));
    places.max_by_key(|(area, _)| area.len()).copied()
}

#[test]
fn files_of_the_generator_do_not_import_in_circles() {
    report(MOVE_SHARED, &circles("generator/src"));
}

#[test]
fn files_of_the_client_do_not_import_in_circles() {
    report(MOVE_SHARED, &circles("generated-client/src"));
}

#[test]
fn files_of_the_tests_do_not_import_in_circles() {
    report(MOVE_SHARED, &circles("tests"));
}

#[test]
fn modules_of_the_generator_import_in_one_direction() {
    let wrong = wrong_directions("generator/src", GENERATOR, Towards::Name);
    report(
        "move the item, or the code that uses it, to where both may be used",
        &wrong,
    );
}

#[test]
fn runtime_and_fake_import_no_generated_code() {
    let wrong = wrong_directions("generated-client/src", CLIENT, Towards::Definition);
    report("generated code hands in what is special to an API", &wrong);
}

#[test]
fn directions_name_only_known_places() {
    for directions in [GENERATOR, CLIENT] {
        for (area, allowed) in directions {
            let unknown = allowed
                .iter()
                .find(|used| !directions.iter().any(|(area, _)| area == *used));
            assert!(unknown.is_none(), "`{area}` may use `{unknown:?}`, which has no place");
        }
    }
}

#[test]
fn finds_the_most_specific_place() {
    let area = |file| place(CLIENT, file).map(|(area, _)| area);
    assert_eq!(area("runtime/error.rs"), Some("runtime"));
    assert_eq!(area("runtime/mod.rs"), Some("runtime"));
    assert_eq!(area("runtime/blocking/mod.rs"), Some("runtime/blocking"));
    assert_eq!(area("runtime_2.rs"), None);
    assert_eq!(place(GENERATOR, "rust/other.rs"), None);
}

#[test]
fn every_path_is_resolved() {
    for (folder, _) in PACKAGES {
        report("imports that the rules would miss", &unresolved_paths(folder));
    }
}

#[test]
fn every_file_belongs_to_a_crate() {
    for (folder, _) in PACKAGES {
        let unused = package(folder).unused;
        assert!(unused.is_empty(), "{folder}: no `mod` line declares {unused:?}");
    }
}

/// Prints the import graph of each package.
#[test]
#[ignore = "prints and tests nothing"]
fn print_import_graph() {
    for (folder, _) in PACKAGES {
        println!("# {folder}\n\n{}", Graph::new(&package(folder), Towards::Definition));
    }
}
