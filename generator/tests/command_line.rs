//! Runs the generator from the command line.

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use self::support::{CATS, Project, stderr, stdout};

/// Returns the summary without the elapsed time.
fn summary(output: &Output) -> String {
    let text = stdout(output);
    text.trim_end().rsplit_once("; ").unwrap().0.to_owned()
}

fn modified(path: &Path) -> std::time::SystemTime {
    fs::metadata(path).unwrap().modified().unwrap()
}

#[test]
fn first_run_writes_every_file_and_second_run_writes_none() {
    let project = Project::new();
    let first = project.run(&[]);
    assert!(first.status.success(), "{}", stderr(&first));
    assert_eq!(
        summary(&first),
        "new      api.rs\nnew      cats.rs\nnew      client.rs\nnew      fake.rs\nnew      mod.rs\n\
         1 resource, 1 operation, 1 type; 5 of 5 files changed"
    );
    let written = modified(&project.path("out/cats.rs"));
    let second = project.run(&[]);
    assert!(second.status.success());
    assert_eq!(
        summary(&second),
        "1 resource, 1 operation, 1 type; 0 of 5 files changed"
    );
    assert_eq!(modified(&project.path("out/cats.rs")), written);
}

#[test]
fn writes_only_changed_files() {
    let project = Project::new();
    project.run(&[]);
    project.write(
        "schema/resources/cats.yaml",
        &CATS.replace("Returns a cat", "Fetches a cat"),
    );
    let output = project.run(&[]);
    assert_eq!(
        summary(&output),
        "changed  cats.rs\n1 resource, 1 operation, 1 type; 1 of 5 files changed"
    );
    assert!(project.read("out/cats.rs").contains("/// Fetches a cat."));
}

#[test]
fn deletes_stale_files() {
    let project = Project::new();
    project.run(&[]);
    fs::remove_file(project.path("schema/resources/cats.yaml")).unwrap();
    project.write("schema/resources/dogs.yaml", &CATS.replace("cats", "dogs"));
    assert!(stdout(&project.run(&[])).contains("deleted  cats.rs\n"));
    assert!(!project.path("out/cats.rs").exists());
}

#[test]
fn never_touches_files_that_were_not_generated() {
    let project = Project::new();
    fs::create_dir(project.path("out")).unwrap();
    project.write("out/mod.rs", "// mine, too\n");
    assert_eq!(project.run(&[]).status.code(), Some(1));
    assert_eq!(project.read("out/mod.rs"), "// mine, too\n");
    fs::remove_file(project.path("out/mod.rs")).unwrap();

    project.write("out/notes.rs", "// mine\n");
    let output = project.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("`out/notes.rs` was not generated"),
        "{}",
        stderr(&output)
    );
    assert_eq!(project.read("out/notes.rs"), "// mine\n");
    assert!(!project.path("out/mod.rs").exists());
}

#[test]
fn check_prints_a_diff_and_writes_nothing() {
    let project = Project::new();
    project.run(&[]);
    assert!(project.run(&["--check"]).status.success());
    project.write(
        "schema/resources/cats.yaml",
        &CATS.replace("Returns a cat", "Fetches a cat"),
    );
    let before = project.read("out/cats.rs");
    let output = project.run(&["--check"]);
    assert_eq!(output.status.code(), Some(1));
    let diff = stdout(&output);
    assert!(diff.contains("--- a/cats.rs\n+++ b/cats.rs\n"), "{diff}");
    assert!(
        diff.contains("-    /// Returns a cat.\n+    /// Fetches a cat.\n"),
        "{diff}"
    );
    assert!(stderr(&output).contains("run `cargo run -p generator`"));
    assert_eq!(project.read("out/cats.rs"), before);
}

#[test]
fn reports_an_invalid_schema_and_writes_nothing() {
    let project = Project::new();
    project.write(
        "schema/resources/cats.yaml",
        &CATS.replace("returns: Cat", "returns: Cta"),
    );
    let output = project.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    let text = stderr(&output);
    assert!(
        text.starts_with("error: unknown type `Cta`\n --> schema/resources/cats.yaml:4:43\n"),
        "{text}"
    );
    assert!(text.contains("help: did you mean `Cat`?"), "{text}");
    assert!(
        text.ends_with("error: 1 error in the schema; nothing was written\n"),
        "{text}"
    );
    assert!(!project.path("out").exists());
}

#[test]
fn reports_missing_and_unexpected_schema_files() {
    let project = Project::new();
    project.write("schema/resources/notes.txt", "");
    assert!(stderr(&project.run(&[])).contains("`schema/resources/notes.txt` is not a schema file"));
    fs::remove_file(project.path("schema/api.yaml")).unwrap();
    let output = project.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("error: `schema/api.yaml`: "),
        "{}",
        stderr(&output)
    );
}

#[test]
fn openapi_prints_the_document_and_writes_nothing() {
    let project = Project::new();
    let output = project.run(&["openapi"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["paths"]["/cats/{id}"]["get"]["operationId"], "cats.get");
    assert!(!project.path("out").exists());
    project.write(
        "schema/resources/cats.yaml",
        &CATS.replace("returns: Cat", "returns: Cta"),
    );
    let output = project.run(&["openapi"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty() && stderr(&output).contains("unknown type `Cta`"));
}

#[test]
fn schema_option_requires_out_option() {
    let project = Project::new();
    let output = Command::new(env!("CARGO_BIN_EXE_generator"))
        .args(["--schema", "schema"])
        .current_dir(project.path("."))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("add `--out DIR`"), "{}", stderr(&output));
    assert!(!project.path("generated-client").exists());
}
