//! Imports between files: no cycles, and only the allowed directions between modules.

use std::collections::BTreeSet;

use super::graph::{Graph, Towards};
use super::mentions::Mention;
use super::package::{ModuleId, Package};
use super::report;
use super::resolve::definitions;
use super::sources::{is_in, rust_files};

/// The source folder and library name of each package.
const PACKAGES: [(&str, &str); 3] = [
    ("generator/src", "generator"),
    ("generated-client/src", "generated_client"),
    ("tests", "tests"),
];

/// Areas of a package (files or folders), each with the areas that it may import.
type Directions = [(&'static str, &'static [&'static str])];

/// Directions in the generator. The file named by a path counts as imported, because `api` may re-export types of
/// `syntax`.
const GENERATOR: &Directions = &[
    ("names", &[]),
    ("source", &[]),
    ("diagnostics", &["source"]),
    ("syntax", &["diagnostics", "source"]),
    ("api", &["syntax", "names", "diagnostics", "source"]),
    ("openapi/json", &[]),
    ("openapi/json_reader", &["openapi/json"]),
    (
        "openapi/import",
        &[
            "openapi/json_reader",
            "openapi/json",
            "api",
            "syntax",
            "names",
            "diagnostics",
            "source",
        ],
    ),
    ("openapi", &["openapi/json", "api", "names", "diagnostics", "source"]),
    ("rust/ir", &["api", "names", "diagnostics", "source"]),
    ("rust/markdown", &[]),
    (
        "rust/lower",
        &["rust/ir", "rust/markdown", "api", "names", "diagnostics", "source"],
    ),
    ("rust/layout", &[]),
    ("rust/docs", &["rust/layout", "rust/markdown", "rust/ir", "names"]),
    ("rust/emit", &["rust/docs", "rust/markdown", "rust/ir"]),
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
    (
        "crate_template",
        &[
            "rust/docs",
            "rust/markdown",
            "rust/print",
            "rust/ir",
            "api",
            "names",
            "source",
        ],
    ),
    ("output", &["rust/print", "source"]),
    (
        "lib",
        &[
            "crate_template",
            "output",
            "rust/mod.rs",
            "rust/print",
            "rust/emit",
            "rust/lower",
            "rust/ir",
            "openapi/import",
            "openapi",
            "api",
            "syntax",
            "diagnostics",
            "source",
        ],
    ),
    (
        "main",
        &["lib", "crate_template", "output", "rust/print", "diagnostics", "source"],
    ),
];

/// Directions in the client. The file that defines an item counts as imported, because `runtime/mod.rs` re-exports both
/// clients.
const CLIENT: &Directions = &[
    ("runtime/asynchronous", &["runtime", "runtime/http_transport"]),
    ("runtime/blocking", &["runtime", "runtime/http_transport"]),
    // The transport implements the traits of both clients.
    (
        "runtime/http_transport",
        &["runtime", "runtime/asynchronous", "runtime/blocking"],
    ),
    // Macros of the runtime implement methods of both clients.
    (
        "runtime",
        &["runtime/asynchronous", "runtime/blocking", "runtime/http_transport"],
    ),
    ("fake", &["runtime", "runtime/asynchronous", "runtime/blocking"]),
    (
        "generated",
        &[
            "fake",
            "runtime",
            "runtime/asynchronous",
            "runtime/blocking",
            "runtime/http_transport",
        ],
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

const MOVE_SHARED: &str = "break the import cycle: move the shared item into a file that imports none of the others";

fn package(folder: &str) -> Package {
    let (_, library) = PACKAGES.iter().find(|(known, _)| *known == folder).unwrap();
    Package::read(library, &rust_files(folder))
}

/// Describes the import cycles of a package.
fn cycles(folder: &str) -> Vec<String> {
    let graph = Graph::new(&package(folder), Towards::Definition);
    let cycles = graph.cycles().into_iter().map(|cycle| {
        format!(
            "{folder}: {} files import each other: {}\n  shortest cycle: {}\n",
            cycle.files.len(),
            cycle.files.join(", "),
            graph.describe(&cycle.shortest),
        )
    });
    cycles.collect()
}

/// Describes imports that aren't allowed, and files that belong to no area.
fn wrong_directions(folder: &str, directions: &Directions, towards: Towards) -> Vec<String> {
    let mut wrong = Vec::new();
    for (file, imports) in &Graph::new(&package(folder), towards).files {
        let Some((area, allowed)) = area_of(directions, file) else {
            wrong.push(format!("{folder}/{file}: add an entry to the table of directions"));
            continue;
        };
        for (other, reason) in imports {
            let Some((other_area, _)) = area_of(directions, other) else {
                continue;
            };
            if area != other_area && !allowed.contains(&other_area) {
                wrong.push(format!(
                    "{folder}/{file}:{}: `{area}` must not import `{other_area}`: `{}` is in {other}",
                    reason.line, reason.path
                ));
            }
        }
    }
    wrong
}

/// Finds paths that start with `crate`, `super` or `self` and have no definition, except re-exports of other packages.
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

/// Returns the most specific area that contains a file.
fn area_of(directions: &Directions, file: &str) -> Option<(&'static str, &'static [&'static str])> {
    let areas = directions.iter().filter(|(area, _)| is_in(file, area));
    areas.max_by_key(|(area, _)| area.len()).copied()
}

#[test]
fn generator_has_no_import_cycles() {
    report(MOVE_SHARED, &cycles("generator/src"));
}

#[test]
fn client_has_no_import_cycles() {
    report(MOVE_SHARED, &cycles("generated-client/src"));
}

#[test]
fn tests_have_no_import_cycles() {
    report(MOVE_SHARED, &cycles("tests"));
}

#[test]
fn generator_imports_only_in_allowed_directions() {
    let wrong = wrong_directions("generator/src", GENERATOR, Towards::Name);
    report(
        "move the item, or the code that uses it, into a file where the import is allowed",
        &wrong,
    );
}

#[test]
fn client_imports_only_in_allowed_directions() {
    let wrong = wrong_directions("generated-client/src", CLIENT, Towards::Definition);
    report(
        "runtime and fake must not import generated code, which passes in everything specific to an API",
        &wrong,
    );
}

#[test]
fn directions_contain_only_known_areas() {
    for directions in [GENERATOR, CLIENT] {
        for (area, allowed) in directions {
            let unknown = allowed
                .iter()
                .find(|used| !directions.iter().any(|(area, _)| area == *used));
            assert!(
                unknown.is_none(),
                "`{area}` may import {unknown:?}, which is not an area of the table"
            );
        }
    }
}

#[test]
fn finds_the_most_specific_area() {
    let area = |file| area_of(CLIENT, file).map(|(area, _)| area);
    assert_eq!(area("runtime/error.rs"), Some("runtime"));
    assert_eq!(area("runtime/mod.rs"), Some("runtime"));
    assert_eq!(area("runtime/blocking/mod.rs"), Some("runtime/blocking"));
    assert_eq!(area("runtime_2.rs"), None);
    assert_eq!(area_of(GENERATOR, "rust/other.rs"), None);
}

#[test]
fn resolves_every_path() {
    for (folder, _) in PACKAGES {
        report(
            "paths that `tidy` cannot resolve, so that its rules would miss them",
            &unresolved_paths(folder),
        );
    }
}

#[test]
fn every_file_belongs_to_a_crate() {
    for (folder, _) in PACKAGES {
        let unused = package(folder).unused;
        assert!(
            unused.is_empty(),
            "{folder}: files without a `mod` declaration: {unused:?}"
        );
    }
}

/// Prints the import graph of each package.
#[test]
#[ignore = "only prints"]
fn print_import_graph() {
    for (folder, _) in PACKAGES {
        println!("# {folder}\n\n{}", Graph::new(&package(folder), Towards::Definition));
    }
}
