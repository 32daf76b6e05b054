//! Tests that the checked-in client is up to date with the schema.

use generator::output::Plan;
use generator::{generate, source};

use crate::schemas::root;

#[test]
fn generated_client_is_up_to_date() {
    let sources = source::load(&root().join("schema")).unwrap();
    let output = generate(&sources).unwrap();
    let plan = Plan::new(&root().join("generated-client/src/generated"), &output.files).unwrap();
    assert!(
        plan.changes().is_empty(),
        "run `cargo run -p generator`:\n{}",
        plan.diff()
    );
}
