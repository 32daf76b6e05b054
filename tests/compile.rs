//! What the generator makes of each valid fixture compiles, without a warning.

use crate::crates::Workspace;
use crate::schemas::{fixture, stem, valid_fixtures};

#[test]
fn fixtures_compile() {
    let mut workspace = Workspace::new("fixtures");
    for path in valid_fixtures() {
        workspace.add(&stem(&path), &fixture(&path));
    }
    let output = workspace.cargo(&["check"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
