//! Tests that the generator and the runtime work for other APIs.

use generator::source;

use crate::crates::Workspace;
use crate::schemas::{read, root};

/// The packages of the generated crates, with the folders of their schemas.
const APIS: [(&str, &str); 3] = [
    ("library", "second_api"),
    ("nimbus", "cloud_api"),
    ("ledger", "strict_api"),
];

/// Runs the tests in `calls.rs` of each folder, which only the generated crate can compile.
#[test]
fn generates_and_calls_other_apis() {
    let mut workspace = Workspace::new("other_apis");
    for (package, folder) in APIS {
        let folder = root().join("tests/fixtures").join(folder);
        workspace.add(package, &source::load(&folder).unwrap());
        workspace.add_file(package, "tests/calls.rs", &read(&folder.join("calls.rs")));
    }
    let test = |targets: &[&str]| {
        let output = workspace.cargo(&[&["test", "--features", "fake,blocking"], targets].concat());
        let [stdout, stderr] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
        assert!(output.status.success(), "{stdout}{stderr}");
        (stdout, stderr)
    };
    test(&["--doc"]);
    for (package, folder) in APIS {
        let calls = read(&root().join("tests/fixtures").join(folder).join("calls.rs"));
        let (stdout, stderr) = test(&["--package", package, "--test", "calls"]);
        let passed = format!("{} passed", calls.matches("#[test]").count());
        assert!(!passed.starts_with('0') && stdout.contains(&passed), "{stdout}{stderr}");
    }
}
