//! Reads and writes files safely: foreign files, interrupted runs, concurrent runs.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use self::support::{API, CATS, Project, stderr, stdout};

/// Asserts that a run fails with a message, and that the folder for the output does not change.
fn assert_fails(project: &Project, message: &str) {
    let before = contents(&project.path("out"));
    let output = project.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains(message), "{}", stderr(&output));
    assert_eq!(contents(&project.path("out")), before);
}

/// Returns the files of a folder, without following links. A folder that does not exist has none.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let file = |path: &Path| fs::read(path).unwrap_or_default();
    entries
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), file(&entry.path())))
        .collect()
}

/// Asserts that a run succeeds, and returns its output.
fn succeed(project: &Project, arguments: &[&str]) -> String {
    let output = project.run(arguments);
    assert!(output.status.success(), "{}{}", stdout(&output), stderr(&output));
    stdout(&output)
}

#[test]
fn ignores_hidden_and_backup_files() {
    let project = Project::new();
    succeed(&project, &[]);
    for name in [
        ".cats.yaml.swp",
        "cats.yaml~",
        "cats.yaml.orig",
        "#cats.yaml#",
        ".DS_Store",
        "4913",
        "5036",
        "cats.yaml.tmp",
        "cats.yaml.sb-1234abcd-x",
        "cats.yaml___jb_tmp___",
        "Thumbs.db",
    ] {
        project.write(&format!("schema/resources/{name}"), "\0");
        project.write(&format!("out/{name}"), "\0");
    }
    let text = succeed(&project, &[]);
    assert!(text.contains("0 of 6 files changed"), "{text}");
    assert!(project.path("out/cats.yaml~").exists());
    for name in ["dogs.yml", "dogs.YAML", "dogs", "dogs.yaml.txt", "4913.json"] {
        project.write(&format!("schema/resources/{name}"), "");
        assert_fails(&project, &format!("`schema/resources/{name}` is not a schema file"));
        fs::remove_file(project.path(&format!("schema/resources/{name}"))).unwrap();
    }
}

#[test]
fn locates_bytes_that_are_not_utf8() {
    let project = Project::new();
    let mut bytes = CATS.replace("A cat.", "Käse: ").into_bytes();
    let place = bytes.windows(3).position(|window| window == b"se:").unwrap();
    bytes[place] = 0xff;
    fs::write(project.path("schema/resources/cats.yaml"), bytes).unwrap();
    assert_fails(
        &project,
        "`schema/resources/cats.yaml` is not valid UTF-8 at line 6, column 18",
    );
}

#[test]
fn rejects_large_files() {
    let project = Project::new();
    let file = fs::File::create(project.path("schema/resources/cats.yaml")).unwrap();
    file.set_len(16 * 1024 * 1024 + 1).unwrap();
    assert_fails(&project, "`schema/resources/cats.yaml` is larger than 16 MiB");
}

#[test]
fn accepts_windows_line_endings() {
    let project = Project::new();
    succeed(&project, &[]);
    let unix = contents(&project.path("out"));
    for folder in ["schema", "schema/resources", "out"] {
        for entry in fs::read_dir(project.path(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let text = fs::read_to_string(&path).unwrap();
                fs::write(&path, text.replace('\n', "\r\n")).unwrap();
            }
        }
    }
    let text = succeed(&project, &["--check"]);
    assert!(text.contains("0 of 6 files changed"), "{text}");
    fs::remove_dir_all(project.path("out")).unwrap();
    succeed(&project, &[]);
    assert_eq!(contents(&project.path("out")), unix);
}

#[test]
fn mends_interrupted_files() {
    let project = Project::new();
    succeed(&project, &[]);
    let complete = contents(&project.path("out"));
    let text = project.read("out/cats.rs");
    for remains in ["", "// Gen", &text[..200], "\0\0\0\0"] {
        project.write("out/cats.rs", remains);
        assert!(succeed(&project, &[]).starts_with("changed  cats.rs\n"));
        assert_eq!(contents(&project.path("out")), complete);
    }
}

#[test]
fn mends_merge_conflicts_and_byte_order_marks() {
    let project = Project::new();
    succeed(&project, &[]);
    let complete = contents(&project.path("out"));
    let text = project.read("out/cats.rs");
    for conflict in [
        format!("<<<<<<< HEAD\n{text}=======\n>>>>>>> main\n"),
        format!("<<<<<<< HEAD\n||||||| base\n=======\n{text}>>>>>>> main\n"),
        format!("\u{feff}{text}"),
        format!("\u{feff}<<<<<<< HEAD\r\n{text}"),
    ] {
        project.write("out/cats.rs", &conflict);
        assert!(succeed(&project, &[]).starts_with("changed  cats.rs\n"));
        assert_eq!(contents(&project.path("out")), complete);
    }
    for foreign in [
        format!("// mine\n{text}"),
        format!("<<<<<<< HEAD\n// mine\n=======\n{text}>>>>>>> main\n"),
        "\u{feff}// mine\n".to_owned(),
        "<<<<<<< HEAD\n".to_owned(),
    ] {
        project.write("out/cats.rs", &foreign);
        assert_fails(&project, "`out/cats.rs` was not generated");
    }
}

#[cfg(unix)]
#[test]
fn rejects_links_and_special_files() {
    use std::os::unix::fs::symlink;

    let project = Project::new();
    succeed(&project, &[]);
    let text = project.read("out/cats.rs");
    project.write("elsewhere.rs", &text);
    fs::remove_file(project.path("out/cats.rs")).unwrap();
    symlink("../elsewhere.rs", project.path("out/cats.rs")).unwrap();
    project.write("schema/resources/cats.yaml", &CATS.replace("A cat.", "The cat."));
    assert_fails(
        &project,
        "`out/cats.rs` is a symbolic link: move it out of the output folder",
    );
    assert_eq!(project.read("elsewhere.rs"), text);

    fs::remove_file(project.path("out/cats.rs")).unwrap();
    fs::create_dir(project.path("out/cats.rs")).unwrap();
    assert_fails(&project, "`out/cats.rs` is not a regular file");

    symlink("/dev/zero", project.path("schema/resources/dogs.yaml")).unwrap();
    assert_fails(&project, "`schema/resources/dogs.yaml` is not a regular file");
}

/// Writes a schema with many resources, whose documentation starts with `doc`.
fn many_resources(project: &Project, schema: &str, doc: &str) {
    fs::create_dir_all(project.path(schema).join("resources")).unwrap();
    project.write(&format!("{schema}/api.yaml"), API);
    for number in 0..40 {
        let names = CATS.replace("cats", &format!("cats{number}s"));
        let text = names.replace("\"Cats.", &format!("\"{doc}"));
        let text = text
            .replace("Cat,", &format!("Cat{number},"))
            .replace("Cat:", &format!("Cat{number}:"));
        project.write(&format!("{schema}/resources/cats{number}s.yaml"), &text);
    }
}

/// Starts a run, waits until it writes its first file, and kills it a little later.
fn kill_while_writing(project: &Project, schema: &str, delay: Duration) {
    let first = project.path("out/cats0s.rs");
    let before = fs::read(&first).unwrap();
    let mut child = project.command(schema).stdout(Stdio::null()).spawn().unwrap();
    while child.try_wait().unwrap().is_none() && fs::read(&first).is_ok_and(|text| text == before) {
        thread::yield_now();
    }
    let start = Instant::now();
    while start.elapsed() < delay {
        thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn next_run_repairs_the_output_of_a_killed_run() {
    let project = Project::new();
    let [old, new] = ["old", "new"].map(|schema| {
        many_resources(&project, schema, &format!("The {schema} cats."));
        assert!(project.command(schema).output().unwrap().status.success());
        contents(&project.path("out"))
    });
    let mut interrupted = 0;
    for step in 0..200_u32 {
        // On a busy machine, the first runs may end before they are killed.
        if step >= 12 && interrupted > 0 {
            break;
        }
        let (schema, before, after) = if step % 2 == 0 {
            ("old", &new, &old)
        } else {
            ("new", &old, &new)
        };
        kill_while_writing(&project, schema, Duration::from_micros(200) * (step % 12));
        let found = contents(&project.path("out"));
        for (name, text) in found.iter().filter(|(name, _)| !name.starts_with('.')) {
            let is_complete = before[name] == *text || after[name] == *text;
            assert!(is_complete, "{name}");
        }
        interrupted += usize::from(found != *after);
        assert!(project.command(schema).output().unwrap().status.success());
        assert_eq!(contents(&project.path("out")), *after);
    }
    assert!(interrupted > 0, "some runs should be killed before they end");
}

#[test]
fn concurrent_runs_do_not_mix_their_output() {
    let project = Project::new();
    let schemas = ["old", "new"];
    let complete = schemas.map(|schema| {
        many_resources(&project, schema, &format!("The {schema} cats."));
        assert!(project.command(schema).output().unwrap().status.success());
        let files = contents(&project.path("out"));
        fs::remove_dir_all(project.path("out")).unwrap();
        files
    });
    assert_ne!(complete[0], complete[1]);
    for _ in 0..4 {
        let children = [0, 1, 0, 1].map(|index: usize| {
            let mut command = project.command(schemas[index]);
            command.stdout(Stdio::null()).spawn().unwrap()
        });
        for mut child in children {
            assert!(child.wait().unwrap().success());
        }
        assert!(complete.contains(&contents(&project.path("out"))));
    }
}

#[cfg(unix)]
#[test]
fn keeps_existing_files_if_a_write_fails() {
    let project = Project::new();
    succeed(&project, &[]);
    let before = contents(&project.path("out"));
    let doc = "The cat. ".repeat(400);
    project.write("schema/resources/cats.yaml", &CATS.replace("A cat.", &doc));
    let generator = env!("CARGO_BIN_EXE_generator");
    // The limit counts blocks of 512 bytes or more. A write beyond it fails, because the signal is ignored.
    let script = format!("trap '' XFSZ; ulimit -f 1; exec '{generator}' --schema schema --out out");
    let output = Command::new("sh")
        .args(["-c", &script])
        .current_dir(project.path("."))
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(stderr(&output).contains("`out/cats.rs`"), "{}", stderr(&output));
    assert_eq!(contents(&project.path("out")), before);
    succeed(&project, &[]);
    assert!(project.read("out/cats.rs").contains("The cat. The cat."));
}
