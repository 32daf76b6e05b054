//! A workspace in `target/programs` with the clients and the programs that use them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::calls::{self, Program};
use super::system::{Result, mirror, output, read, run, rustc, write};

/// Package name of the published client.
pub const PUBLISHED: &str = "ngrok-api";
const PUBLISHED_VERSION: &str = "0.12";

/// The operation called by the programs that call only one.
const OPERATION: &str = "reserved_domains.get";

/// The packages of the workspace.
const MEMBERS: [&str; 6] = [
    "by_hand",
    "every_generated",
    "every_published",
    "generated-client",
    "one_generated",
    "one_published",
];

const MANIFEST: &str = "[package]
name = \"NAME\"
version = \"0.0.0\"
edition = \"2024\"

[dependencies]
";

/// Environment variables that change how cargo builds. They are removed to make builds comparable.
const BUILD_VARIABLES: [&str; 8] = [
    "CARGO_BUILD_RUSTC_WRAPPER",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_TARGET_DIR",
    "RUSTC_WRAPPER",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTFLAGS",
];

/// Returns the root folder of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package should be in a subfolder of the project")
}

/// The workspace, with its dependencies fetched.
pub struct Workspace {
    folder: PathBuf,
    /// Text of `Cargo.lock`.
    lock: String,
    /// Numbers of operations of the generated client and of the published client.
    pub operations: [usize; 2],
}

impl Workspace {
    /// Writes the workspace and fetches its dependencies.
    pub fn new() -> Result<Self> {
        let mut workspace = Self {
            folder: root().join("target/programs"),
            lock: String::new(),
            operations: [0; 2],
        };
        workspace.write_manifests()?;
        workspace.write(
            "by_hand/src/main.rs",
            include_str!("../../fixtures/programs/by_hand.rs"),
        )?;
        workspace.write(
            "one_generated/src/main.rs",
            include_str!("../../fixtures/programs/one_generated.rs"),
        )?;
        for name in ["every_generated", "every_published", "one_published"] {
            let path = format!("{name}/src/main.rs");
            if !workspace.folder.join(&path).exists() {
                workspace.write(&path, "fn main() {}\n")?;
            }
        }
        let host = host()?;
        workspace.fetch(&host)?;
        let list = read(&root().join("tests/data/operations.txt"))?;
        let generated = calls::generated(&root().join("generated-client/src/generated"), &list)?;
        let [published, one] =
            calls::published(&workspace.published_sources(&host)?.join("src/clients.rs"), OPERATION)?;
        workspace.operations = [generated.operations, published.operations];
        for (name, Program { source, .. }) in [
            ("every_generated", generated),
            ("every_published", published),
            ("one_published", one),
        ] {
            workspace.write(&format!("{name}/src/main.rs"), &source)?;
        }
        Ok(workspace)
    }

    /// Returns a cargo command that builds a package offline, in the target folder of this name.
    pub fn cargo(&self, command: &str, package: &str, target: &str, profile: &str) -> Command {
        let mut cargo = self.command();
        cargo
            .args([command, "--quiet", "--offline", "--locked", "--package", package])
            .args(["--profile", profile])
            .env("CARGO_TARGET_DIR", self.target(target));
        if command == "check" {
            // This only compiles clients. Cargo compiles dependencies from a registry without lints, so the generated client
            // is compiled like one of them.
            cargo.env("RUSTFLAGS", "--cap-lints=allow");
        }
        cargo
    }

    /// Builds a program and returns the size of its stripped binary in bytes.
    pub fn size(&self, package: &str, target: &str) -> Result<u64> {
        let program = self.program(package, target)?;
        let metadata = fs::metadata(&program).map_err(|error| format!("cannot read {}: {error}", program.display()))?;
        Ok(metadata.len())
    }

    /// Builds a program and returns the path of its binary.
    pub fn program(&self, package: &str, target: &str) -> Result<PathBuf> {
        run(&mut self.cargo("build", package, target, "release"))?;
        let name = format!("{package}{}", std::env::consts::EXE_SUFFIX);
        Ok(self.target(target).join("release").join(name))
    }

    /// Removes the build artifacts of some packages from a target folder.
    ///
    /// Returns an error if there are none, because the next build would then have nothing to do.
    pub fn clean_packages(&self, packages: &[&str], target: &str, profile: &str) -> Result<()> {
        let mut cargo = self.command();
        cargo.args(["clean", "--offline", "--locked", "--profile", profile]);
        for package in packages {
            cargo.args(["--package", package]);
        }
        let stderr = output(cargo.env("CARGO_TARGET_DIR", self.target(target)))?.stderr;
        if stderr.contains("Removed 0 files") {
            return Err(format!("`cargo clean` removed no files of {}", packages.join(", ")));
        }
        Ok(())
    }

    /// Removes a target folder.
    pub fn clean(&self, target: &str) -> Result<()> {
        let folder = self.target(target);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| format!("cannot remove {}: {error}", folder.display()))?;
        }
        Ok(())
    }

    /// Returns the version of a package in `Cargo.lock`, or `?` if the package isn't there.
    pub fn version(&self, package: &str) -> &str {
        let entry = format!("name = \"{package}\"\nversion = \"");
        let rest = self.lock.split_once(&entry).map_or("?", |(_, rest)| rest);
        rest.split('"').next().unwrap_or("?")
    }

    /// Returns the path of a file in the workspace.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn target(&self, name: &str) -> PathBuf {
        self.folder.join("target").join(name)
    }

    fn command(&self) -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.folder).env("CARGO_INCREMENTAL", "0");
        for variable in BUILD_VARIABLES {
            cargo.env_remove(variable);
        }
        cargo
    }

    fn write_manifests(&self) -> Result<()> {
        let manifest = read(&root().join("Cargo.toml"))?;
        let dependencies = section(&manifest, "[workspace.dependencies]")?;
        let external: Vec<_> = dependencies.lines().filter(|line| !line.contains("path = ")).collect();
        let workspace = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {MEMBERS:?}\n\n[profile.release]\nstrip = true\n\n{}\n",
            external.join("\n")
        );
        self.write("Cargo.toml", &workspace)?;
        self.write_client()?;
        let tokio = "tokio.workspace = true\n";
        let json = "serde.workspace = true\nserde_json.workspace = true\n";
        let client = "generated-client.path = \"../generated-client\"\n";
        let stack = "reqwest = { version = \"0.13\", default-features = false, features = [\"json\", \"rustls-no-provider\"] }\n\
                     rustls.workspace = true\nwebpki-roots.workspace = true\n";
        let published = format!("{PUBLISHED} = \"{PUBLISHED_VERSION}\"\nfutures = \"0.3\"\n");
        for (name, dependencies) in [
            ("by_hand", [stack, json, tokio].concat()),
            ("one_generated", [client, tokio].concat()),
            ("every_generated", [client, tokio].concat()),
            ("every_published", [&published, tokio].concat()),
            ("one_published", [&published, tokio].concat()),
        ] {
            let manifest = [&MANIFEST.replace("NAME", name), &*dependencies].concat();
            self.write(&format!("{name}/Cargo.toml"), &manifest)?;
        }
        Ok(())
    }

    /// Copies the client, so that the paths of its files relative to the workspace are the same in every checkout.
    /// Binaries contain these paths, and rustc splits the crate into codegen units by them.
    fn write_client(&self) -> Result<()> {
        let client = root().join("generated-client");
        let manifest = read(&client.join("Cargo.toml"))?;
        let manifest = [
            "[package]\nname = \"generated-client\"\nversion = \"0.0.0\"\nedition = \"2024\"\nautobins = false\n\n",
            section(&manifest, "[features]")?,
            "\n\n",
            section(&manifest, "[dependencies]")?,
            "\n",
        ]
        .concat();
        self.write("generated-client/Cargo.toml", &manifest)?;
        mirror(&client.join("src"), &self.folder.join("generated-client/src"))
    }

    fn fetch(&mut self, host: &str) -> Result<()> {
        let path = self.folder.join("Cargo.lock");
        if !path.exists() {
            self.write("Cargo.lock", &read(&root().join("Cargo.lock"))?)?;
        }
        let fetch = |offline: &[&str]| {
            run(self
                .command()
                .args(["fetch", "--quiet", "--target", host])
                .args(offline))
        };
        if fetch(&["--offline"]).is_err() {
            fetch(&[]).map_err(|error| format!("cannot fetch the dependencies of the programs: {error}"))?;
        }
        self.lock = read(&path)?;
        Ok(())
    }

    /// Returns the folder with the fetched sources of the published client.
    fn published_sources(&self, host: &str) -> Result<PathBuf> {
        let mut metadata = self.command();
        metadata.args(["metadata", "--offline", "--locked", "--format-version", "1"]);
        let stdout = output(metadata.args(["--filter-platform", host]))?.stdout;
        let metadata: serde_json::Value = serde_json::from_str(&stdout)
            .map_err(|error| format!("cannot parse the output of `cargo metadata`: {error}"))?;
        let packages = metadata["packages"].as_array();
        let manifest = packages
            .and_then(|packages| packages.iter().find(|package| package["name"] == PUBLISHED))
            .and_then(|package| package["manifest_path"].as_str())
            .ok_or_else(|| format!("missing package {PUBLISHED} in the output of `cargo metadata`"))?;
        Ok(Path::new(manifest).with_file_name(""))
    }

    fn write(&self, path: &str, text: &str) -> Result<()> {
        write(&self.folder.join(path), text.as_bytes())
    }
}

/// Returns the target triple of the host.
fn host() -> Result<String> {
    let version = rustc(&["-vV"])?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| "missing line `host:` in the output of `rustc -vV`".to_owned())
}

/// Returns a section of a manifest, with its header.
fn section<'a>(manifest: &'a str, header: &str) -> Result<&'a str> {
    let start = manifest
        .find(&format!("{header}\n"))
        .ok_or_else(|| format!("missing section {header} in a Cargo.toml"))?;
    let text = &manifest[start..];
    Ok(text.find("\n\n[").map_or(text, |end| &text[..end]))
}
