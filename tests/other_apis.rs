//! Tests that the generator and the runtime work for other APIs.

use std::fs;
use std::path::Path;

use generator::source;

use crate::crates::Workspace;
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

/// Returns the modules of `calls.rs` in a folder, with their code.
fn modules(folder: &Path) -> Vec<(String, String)> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let code = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let named = code.map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), read(&path)));
    named.filter(|(name, _)| name != "calls").collect()
}
