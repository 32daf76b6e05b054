//! Tests a new crate as its author does.

use generator::starter;

use crate::crates::Workspace;

#[test]
fn new_crate_passes_its_tests() {
    let mut workspace = Workspace::new("new_crate");
    let name = "acme-client".parse().unwrap();
    workspace.add_new(&name, &starter(&name));
    // The unit tests of the runtime and the fake run in this repository.
    for arguments in [
        &["test", "--features", "blocking,fake", "--test", "fake"][..],
        &["test", "--features", "blocking,fake", "--doc"],
        &["doc", "--no-default-features", "--features", "fake", "--no-deps"],
    ] {
        let output = workspace.cargo(arguments);
        let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{text}");
    }
}
