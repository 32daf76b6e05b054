//! Tests that the generator and the runtime work for another API.

use generator::source;

use crate::crates::Workspace;
use crate::schemas::{read, root};

/// Runs the tests in `fixtures/second_api/calls.rs`, which only the generated crate can compile.
#[test]
fn generates_and_calls_a_second_api() {
    let folder = root().join("tests/fixtures/second_api");
    let calls = read(&folder.join("calls.rs"));
    let mut workspace = Workspace::new("second_api");
    workspace.add("library", &source::load(&folder).unwrap());
    workspace.add_file("library", "tests/calls.rs", &calls);

    let test = |targets: &[&str]| {
        let output = workspace.cargo(&[&["test", "--features", "fake"], targets].concat());
        let [stdout, stderr] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
        assert!(output.status.success(), "{stdout}{stderr}");
        (stdout, stderr)
    };
    test(&["--doc"]);
    let (stdout, stderr) = test(&["--test", "calls"]);
    let passed = format!("{} passed", calls.matches("#[test]").count());
    assert!(!passed.starts_with('0') && stdout.contains(&passed), "{stdout}{stderr}");
}
