//! The client that is checked in is the one that the schema describes.

use generator::output::Plan;
use generator::{generate, source};

use crate::schemas::root;

#[test]
fn regenerating_changes_nothing() {
    let sources = source::load(&root().join("schema")).unwrap();
    let output = generate(&sources).unwrap();
    let plan = Plan::new(&root().join("generated-client/src/generated"), &output.files).unwrap();
    assert!(
        plan.changes().is_empty(),
        "run `cargo run -p generator`:\n{}",
        plan.diff()
    );
}
