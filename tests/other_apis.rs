//! Tests that the generator and the runtime work for other APIs.

use std::fs;
use std::path::Path;

use generator::source;

use crate::crates::{Workspace, crate_name};
use crate::documented_calls::program;
use crate::schemas::{read, root};

/// The packages of the generated crates, with the folders of their schemas.
const APIS: [(&str, &str); 3] = [
    ("library", "second_api"),
    ("nimbus", "cloud_api"),
    ("attic", "storage_api"),
];

/// Runs the tests in `calls.rs` of each folder and in its modules, which only the generated crate can compile.
#[test]
fn generates_and_calls_other_apis() {
    let mut workspace = Workspace::new("other_apis");
    for (package, folder) in APIS {
        let folder = root().join("tests/fixtures").join(folder);
        workspace.add(package, &source::load(&folder).unwrap());
        workspace.add_file(package, "tests/calls.rs", &read(&folder.join("calls.rs")));
        let schema = source::load(&folder).unwrap();
        let files = generator::generate(&schema).unwrap().files;
        workspace.add_file(
            package,
            "examples/documented.rs",
            &program(&crate_name(&schema), &files),
        );
        for (module, code) in modules(&folder) {
            workspace.add_file(package, &format!("tests/{module}/mod.rs"), &code);
        }
    }
    let test = |targets: &[&str]| {
        let output = workspace.cargo(&[&["test", "--features", "fake,blocking"], targets].concat());
        let [stdout, stderr] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
        assert!(output.status.success(), "{stdout}{stderr}");
        (stdout, stderr)
    };
    test(&["--doc"]);
    documented_calls_succeed(&workspace);
    for (package, folder) in APIS {
        let folder = root().join("tests/fixtures").join(folder);
        let (stdout, stderr) = test(&["--package", package, "--test", "calls"]);
        let modules = modules(&folder).into_iter().map(|(_, code)| code);
        let files = modules.chain([read(&folder.join("calls.rs"))]);
        let tests: usize = files.map(|code| code.matches("#[test]").count()).sum();
        let passed = format!("{tests} passed");
        assert!(!passed.starts_with('0') && stdout.contains(&passed), "{stdout}{stderr}");
    }
}

/// The number of documented calls of each API, and those that fail with the fake's example objects.
const DOCUMENTED: [(&str, usize, &[&str]); 3] = [
    // Their keys are chosen by requests, and the example objects have them already.
    (
        "library",
        46,
        &[
            ".books().create(\"978-0\",\"Emma\").await?: books.create failed: 409 Conflict: `978-0` already exists",
            ".shelf_plans().create(\"1\",\"a/b.svg\").await?: shelf_plans.create failed: 409 Conflict: `a/b.svg` already exists",
        ],
    ),
    ("nimbus", 34, &[]),
    // The example of a file has no hold.
    (
        "attic",
        30,
        &[
            ".files().release(Default::default()).await?: files.release failed: 404 Not Found: `hold` is not set (not_found)",
        ],
    ),
];

fn documented_calls_succeed(workspace: &Workspace) {
    for (package, count, failures) in DOCUMENTED {
        let arguments = [
            "run",
            "--features",
            "fake",
            "--package",
            package,
            "--example",
            "documented",
        ];
        let output = workspace.cargo(&arguments);
        let [stdout, stderr] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
        let mut lines: Vec<_> = stdout.lines().collect();
        assert_eq!(
            lines.pop(),
            Some(&*format!("{count} examples")),
            "{package}: {stdout}{stderr}"
        );
        assert_eq!(lines, failures, "{package}");
    }
}

/// Returns the modules of `calls.rs` in a folder, with their code.
fn modules(folder: &Path) -> Vec<(String, String)> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let code = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let named = code.map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), read(&path)));
    named.filter(|(name, _)| name != "calls").collect()
}
