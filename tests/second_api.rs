//! The generator and the runtime serve another API with no change of code.

use generator::source;

use crate::crates::Workspace;
use crate::schemas::{read, root};

/// The tests inside are in `fixtures/second_api/calls.rs`: only the generated crate can compile them.
#[test]
fn a_second_api_is_generated_and_called() {
    let folder = root().join("tests/fixtures/second_api");
    let calls = read(&folder.join("calls.rs"));
    let mut workspace = Workspace::new("second_api");
    workspace.add("library", &source::load(&folder).unwrap());
    workspace.add_file("library", "tests/calls.rs", &calls);

    let test = |targets: &[&str]| {
        let output = workspace.cargo(&[&["test", "--features", "fake"], targets].concat());
        let [shown, errors] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
        assert!(output.status.success(), "{shown}{errors}");
        (shown, errors)
    };
    test(&["--doc"]);
    let (shown, errors) = test(&["--test", "calls"]);
    let passed = format!("{} passed", calls.matches("#[test]").count());
    assert!(!passed.starts_with('0') && shown.contains(&passed), "{shown}{errors}");
}
