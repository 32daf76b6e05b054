//! Embeds the parts of the client that are the same for every API, from which the generator builds new crates.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?);
    let client = root.join("../generated-client");
    let mut code = String::new();
    for (constant, folder) in [("RUNTIME", "runtime"), ("FAKE", "fake")] {
        let folder = client.join("src").join(folder);
        // Cargo rebuilds the generator if a file is added or removed, too.
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files = Vec::new();
        find(&folder, "", &mut files)?;
        files.sort();
        writeln!(code, "pub const {constant}: &[(&str, &str)] = &[").map_err(io::Error::other)?;
        for (name, path) in files {
            let path = path.display().to_string();
            writeln!(code, "    ({name:?}, include_str!({path:?})),").map_err(io::Error::other)?;
        }
        code.push_str("];\n");
    }
    let out = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    fs::write(Path::new(&out).join("originals.rs"), code)
}

/// Adds the names and paths of the Rust files in a folder and its subfolders.
fn find(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if entry.file_type()?.is_dir() {
            find(&path, &format!("{prefix}{name}/"), files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push((format!("{prefix}{name}"), path));
        }
    }
    Ok(())
}
