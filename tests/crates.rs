//! Crates of generated code, which take the runtime in by path.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use generator::output::Plan;
use generator::source::Source;

use crate::schemas::{read, root};

/// A workspace of such crates, in the folder that cargo gives to tests.
pub struct Workspace {
    folder: PathBuf,
    members: Vec<String>,
}

impl Workspace {
    pub fn new(name: &str) -> Self {
        Self {
            folder: Path::new(env!("CARGO_TARGET_TMPDIR")).join(name),
            members: Vec::new(),
        }
    }

    /// Adds a crate with what the generator makes of the schema.
    pub fn add(&mut self, name: &str, schema: &[Source]) {
        let folder = self.folder.join(name);
        let output = generator::generate(schema).unwrap_or_else(|errors| panic!("{name}: {errors}"));
        Plan::new(&folder.join("src/generated"), &output.files)
            .and_then(|plan| plan.apply())
            .unwrap();
        let [runtime, fake] = ["runtime", "fake"].map(|module| {
            let path = root().join(format!("generated-client/src/{module}/mod.rs"));
            path.display().to_string()
        });
        let library = format!(
            "#![deny(warnings)]\n#[path = {runtime:?}]\npub mod runtime;\n\
             #[cfg(feature = \"fake\")]\n#[path = {fake:?}]\npub mod fake;\npub mod generated;\n\
             pub use generated::models;\npub use runtime::{{Client, Error}};\n"
        );
        write(&folder.join("src/lib.rs"), &library);
        write(&folder.join("Cargo.toml"), &manifest(name, &crate_name(schema)));
        self.members.push(name.to_owned());
    }

    /// Adds a file to one of the crates.
    pub fn add_file(&self, name: &str, path: &str, text: &str) {
        write(&self.folder.join(name).join(path), text);
    }

    /// Runs cargo on all of them.
    pub fn cargo(&self, arguments: &[&str]) -> Output {
        self.write_workspace();
        Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--workspace", "--offline", "--quiet"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo runs")
    }

    fn write_workspace(&self) {
        let own = read(&root().join("Cargo.toml"));
        let start = own
            .find("[workspace.dependencies]")
            .expect("the workspace lists its dependencies");
        let dependencies = own[start..].split("\n[").next().unwrap_or_default();
        let foreign: Vec<_> = dependencies.lines().filter(|line| !line.contains("path = ")).collect();
        let text = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {:?}\n\n{}\n",
            self.members,
            foreign.join("\n")
        );
        write(&self.folder.join("Cargo.toml"), &text);
        write(&self.folder.join("Cargo.lock"), &read(&root().join("Cargo.lock")));
    }
}

/// How the examples of a schema name the crate.
fn crate_name(schema: &[Source]) -> String {
    let mut lines = schema.iter().flat_map(|source| source.text.lines());
    let name = lines.find_map(|line| line.strip_prefix("crate: "));
    name.expect("a schema names its crate").to_owned()
}

/// The manifest of the client under another name, without what only its own targets need.
fn manifest(name: &str, library: &str) -> String {
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
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\nname = \"{library}\"\n\n{shared}"
    )
}

/// Writes a file that is not already as it should be, so that cargo builds only what changed.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::create_dir_all(path.parent().expect("a file has a folder")).unwrap();
        fs::write(path, text).unwrap();
    }
}
