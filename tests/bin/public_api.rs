//! Compares the public API of the client with the checked-in list, or updates the list with `--update`.
//!
//! rustdoc's JSON format is unstable, and each version of the crate `public-api` supports the format of one version of
//! Rust. If the active toolchain has another version, the program runs the supported one through rustup.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use public_api::Builder;
use similar::TextDiff;

/// The version of Rust whose rustdoc JSON `public-api` supports. Update both together.
const RUST: &str = "1.95.0";

/// Path of the list, relative to the root of the project.
const LIST: &str = "generated-client/public-api.txt";

const UPDATE: &str = "cargo run -p tests --example public_api -- --update";

fn main() -> ExitCode {
    let result = match env::args().nth(1).as_deref() {
        None => check(),
        Some("--update") => update(),
        Some(other) => Err(format!("unexpected argument `{other}`\nhelp: the only option is `--update`").into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn check() -> Result<(), Box<dyn Error>> {
    let expected = fs::read_to_string(root().join(LIST))?;
    let actual = public_api()?;
    if actual == expected {
        return Ok(());
    }
    let diff = TextDiff::from_lines(&expected, &actual);
    print!("{}", diff.unified_diff().context_radius(0).header(LIST, "public API"));
    Err(
        format!("the public API has changed\nhelp: if this is intended, add it to CHANGELOG.md and run `{UPDATE}`")
            .into(),
    )
}

fn update() -> Result<(), Box<dyn Error>> {
    Ok(fs::write(root().join(LIST), public_api()?)?)
}

/// Returns the items of the public API, one per line, without blanket and auto trait implementations.
fn public_api() -> Result<String, Box<dyn Error>> {
    let api = Builder::from_rustdoc_json(rustdoc_json()?)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()?;
    Ok(api.to_string().replace("generated_client::", ""))
}

/// Runs rustdoc and returns the path of its JSON output.
fn rustdoc_json() -> Result<PathBuf, Box<dyn Error>> {
    // A separate target folder, because some build scripts rerun when RUSTC_BOOTSTRAP changes.
    let target = root().join("target/public-api");
    let status = cargo()?
        .args([
            "rustdoc",
            "--package",
            "generated-client",
            "--lib",
            "--all-features",
            "--quiet",
        ])
        .arg("--target-dir")
        .arg(&target)
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        .env("RUSTC_BOOTSTRAP", "1") // allows -Z on a stable toolchain
        .current_dir(root())
        .status();
    if status.is_ok_and(|status| status.success()) {
        return Ok(target.join("doc/generated_client.json"));
    }
    let install = format!("rustup toolchain install {RUST} --profile minimal");
    Err(format!("rustdoc of Rust {RUST} failed\nhelp: if this toolchain is missing, run `{install}`").into())
}

/// Returns cargo of the supported toolchain: the active one if its version matches, or else one run through rustup.
fn cargo() -> Result<Command, Box<dyn Error>> {
    let output = Command::new("rustc").arg("--version").output()?;
    let version = String::from_utf8(output.stdout)?;
    if version.starts_with(&format!("rustc {RUST} ")) {
        return Ok(Command::new("cargo"));
    }
    eprintln!("using Rust {RUST} instead of {}", version.trim());
    let mut command = Command::new("rustup");
    command.args(["run", RUST, "cargo"]);
    Ok(command)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package should be in a subfolder of the project")
}
