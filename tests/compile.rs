//! What the generator makes of each valid fixture compiles, without a warning.

use crate::schemas::{fixture, read, root, stem, valid_fixtures};
use generator::write::Plan;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A crate for each fixture, all in one workspace, which takes the runtime in by path.
#[test]
fn fixtures_compile() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
    let members: Vec<_> = valid_fixtures()
        .iter()
        .map(|path| write_crate(&workspace, path))
        .collect();
    write_workspace(&workspace, &members);
    let output = Command::new(env!("CARGO"))
        .args(["check", "--workspace", "--offline", "--quiet"])
        .current_dir(&workspace)
        .env("CARGO_TARGET_DIR", workspace.join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Writes the crate of a fixture, and returns its name.
fn write_crate(workspace: &Path, path: &Path) -> String {
    let name = stem(path);
    let folder = workspace.join(&name);
    let output = generator::generate(&fixture(path)).unwrap_or_else(|errors| panic!("{name}: {errors}"));
    Plan::new(&folder.join("src/generated"), &output.files)
        .and_then(|plan| plan.apply())
        .unwrap();
    let runtime = root().join("generated-client/src/runtime/mod.rs");
    let library = format!(
        "#![deny(warnings)]\n#[path = {:?}]\npub mod runtime;\npub mod generated;\n",
        runtime.display().to_string()
    );
    write(&folder.join("src/lib.rs"), &library);
    write(&folder.join("Cargo.toml"), &manifest(&name));
    name
}

/// The manifest of the client under another name, without what only its own targets need.
fn manifest(name: &str) -> String {
    let client = read(&root().join("generated-client/Cargo.toml"));
    let sections = client
        .split_inclusive('\n')
        .fold(Vec::<String>::new(), |mut sections, line| {
            if line.starts_with('[') {
                sections.push(String::new());
            }
            if let Some(section) = sections.last_mut() {
                section.push_str(line);
            }
            sections
        });
    let kept = |section: &&String| section.starts_with("[features]") || section.starts_with("[dependencies]");
    let shared: String = sections.iter().filter(kept).map(String::as_str).collect();
    let shared = shared.replace("default = [\"async\"]", "default = []");
    format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n{shared}")
}

fn write_workspace(workspace: &Path, members: &[String]) {
    let own = read(&root().join("Cargo.toml"));
    let start = own
        .find("[workspace.dependencies]")
        .expect("the workspace lists its dependencies");
    let dependencies = own[start..].split("\n[").next().unwrap_or_default();
    let foreign: Vec<_> = dependencies.lines().filter(|line| !line.contains("path = ")).collect();
    let text = format!(
        "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n{}\n",
        foreign.join("\n")
    );
    write(&workspace.join("Cargo.toml"), &text);
    write(&workspace.join("Cargo.lock"), &read(&root().join("Cargo.lock")));
}

/// Writes a file that is not already as it should be, so that cargo checks only what changed.
fn write(path: &PathBuf, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::create_dir_all(path.parent().expect("a file has a folder")).unwrap();
        fs::write(path, text).unwrap();
    }
}
