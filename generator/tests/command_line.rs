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
        "new      api.rs\nnew      cats.rs\nnew      client.rs\nnew      exports.rs\nnew      fake.rs\nnew      mod.rs\n\
         1 resource, 1 operation, 1 type; 6 of 6 files changed"
    );
    let written = modified(&project.path("out/cats.rs"));
    let second = project.run(&[]);
    assert!(second.status.success());
    assert_eq!(
        summary(&second),
        "1 resource, 1 operation, 1 type; 0 of 6 files changed"
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
        "changed  cats.rs\n1 resource, 1 operation, 1 type; 1 of 6 files changed"
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

/// Opens the device that is always full.
#[cfg(target_os = "linux")]
fn full() -> std::process::Stdio {
    fs::File::options().write(true).open("/dev/full").unwrap().into()
}

#[cfg(target_os = "linux")]
#[test]
fn reports_output_that_cannot_be_written() {
    let project = Project::new();
    let stale = CATS.replace("Cats.", "The cats.");
    for arguments in [&[][..], &["--check"], &["openapi"], &["--help"], &["--version"]] {
        let output = project
            .command("schema")
            .args(arguments)
            .stdout(full())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(
            stderr(&output).starts_with("error: cannot write to stdout: "),
            "{}",
            stderr(&output)
        );
        assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
    }
    project.write("schema/resources/cats.yaml", &stale);
    let output = project
        .command("schema")
        .arg("--check")
        .stderr(full())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("+/// The cats."), "{}", stdout(&output));
    project.write("schema/resources/cats.yaml", "");
    let output = project.command("schema").stderr(full()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
}

#[cfg(unix)]
#[test]
fn closed_pipe_ends_quietly() {
    let project = Project::new();
    for (arguments, code) in [
        (&["--check"][..], 1),
        (&[], 0),
        (&["--check"], 0),
        (&["openapi"], 0),
        (&["--help"], 0),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = project
            .command("schema")
            .args(arguments)
            .stdout(writer)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", stderr(&output));
        assert_eq!(
            stderr(&output).lines().count(),
            usize::try_from(code).unwrap(),
            "{}",
            stderr(&output)
        );
    }
}

/// Asserts that the generator rejects a resource quickly, with a short message.
fn rejects_quickly(resource: &str) {
    let project = Project::new();
    project.write("schema/resources/cats.yaml", resource);
    let output = project.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        output.stderr.len() < 4000,
        "{} bytes: {}",
        output.stderr.len(),
        &stderr(&output)[..2000]
    );
}

#[test]
fn messages_about_long_names_are_short() {
    let long = |c: &str| c.repeat(100_000);
    rejects_quickly(&CATS.replace("returns: Cat", &format!("returns: {}", long("C"))));
    rejects_quickly(&CATS.replace("returns: Cat", &format!("returns: {}", "C".repeat(1000))));
    rejects_quickly(&CATS.replace("resource: cats", &format!("resource: {}", long("cat"))));
    rejects_quickly(&CATS.replace("/cats/{id}", &format!("/{}", long("{"))));
    rejects_quickly(&CATS.replace("/cats/{id}", &long("/a")));
    rejects_quickly(&CATS.replace("name: {", &format!("{}: {{", long("n"))));
    rejects_quickly(&CATS.replace("doc: \"Returns", &format!("{}: \"Returns", long("d"))));
    rejects_quickly(&CATS.replace("type: string", &format!("type: string, create: {}", long("r"))));
    rejects_quickly(&CATS.replace("type: string", &format!("type: string, max_bytes: \"{}\"", long("r r"))));
    rejects_quickly(&CATS.replace("doc: \"Cats.\"", &format!("doc: \"Cats.\"\nparent: {}", long("p"))));
    rejects_quickly(&format!("{CATS}{}", long("&a ")));
    rejects_quickly(&long("["));
}

#[test]
fn cycle_of_many_parents_is_reported_once() {
    let project = Project::new();
    for number in 0..300 {
        let text = CATS
            .replace("cats", &format!("cats{number}s"))
            .replace("Cat,", "string,");
        let text = text.split("types:").next().unwrap();
        let text = text.replace(
            "operations:",
            &format!("parent: cats{}s\noperations:", (number + 1) % 300),
        );
        project.write(&format!("schema/resources/cats{number}s.yaml"), &text);
    }
    fs::remove_file(project.path("schema/resources/cats.yaml")).unwrap();
    let text = stderr(&project.run(&[]));
    assert_eq!(text.matches("form a cycle").count(), 1, "{text}");
    assert!(text.contains(" → 291 others → ") && text.len() < 1000, "{text}");
}

#[cfg(unix)]
#[test]
fn escapes_control_characters_in_paths() {
    let project = Project::new();
    for name in ["a\u{1b}[31m.yaml", "a\n.yaml", "a\u{1b}[31m.yml"] {
        project.write(&format!("schema/resources/{name}"), CATS);
        let output = project.run(&[]);
        assert_eq!(output.status.code(), Some(1));
        let text = stderr(&output);
        assert!(!text.trim_end().contains(['\u{1b}', '\n']), "{text:?}");
        assert!(text.contains(&format!("resources/{}", name.escape_default())), "{text}");
        fs::remove_file(project.path(&format!("schema/resources/{name}"))).unwrap();
    }
    project.write("schema/resources/a\u{feff}.yaml", "");
    let text = stderr(&project.run(&[]));
    assert!(text.contains("resources/a\\u{feff}.yaml"), "{text}");
}
