//! Tests the contents of the published package.

use std::path::Path;
use std::process::Command;

use crate::schemas::{read, root};

#[test]
fn package_contains_readme_changelog_and_license() {
    let output = Command::new(env!("CARGO"))
        .args([
            "package",
            "--list",
            "--package",
            "generated-client",
            "--allow-dirty",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .expect("cargo should run");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo package failed:\n{errors}");
    let files = String::from_utf8(output.stdout).expect("paths should be UTF-8");
    let files: Vec<_> = files.lines().collect();
    for file in [
        "CHANGELOG.md",
        "FAKE.md",
        "LICENSE",
        "README.md",
        "examples/first_tour.rs",
        "src/generated/mod.rs",
        "src/lib.rs",
    ] {
        assert!(files.contains(&file), "{file} is missing from the package:\n{files:#?}");
    }
    let extra: Vec<_> = files
        .iter()
        .filter(|file| Path::new(file).extension().is_some_and(|extension| extension == "txt"))
        .collect();
    assert!(
        extra.is_empty(),
        "exclude these development files from the package: {extra:?}"
    );
}

#[test]
fn package_license_matches_the_workspace() {
    assert_eq!(
        read(&root().join("generated-client/LICENSE")),
        read(&root().join("LICENSE"))
    );
}

#[test]
fn changelog_has_a_section_for_the_current_version() {
    let manifest = read(&root().join("Cargo.toml"));
    let version = manifest.lines().find_map(|line| line.strip_prefix("version = "));
    let version = version.expect("the workspace should have a version").trim_matches('"');
    let changelog = read(&root().join("generated-client/CHANGELOG.md"));
    let heading = format!("## [{version}]");
    assert!(
        changelog.lines().any(|line| line.starts_with(&heading)),
        "missing section `{heading}` in CHANGELOG.md"
    );
}
