//! Measures programs that use the generated client, the published client or no client.

mod calls;
mod document;
mod measure;
mod rows;
mod server;
mod system;
mod workspace;

use std::path::PathBuf;

use clap::Parser;

use rows::Rows;
use system::Result;
use workspace::{Workspace, root};

/// Command-line options.
#[derive(Parser)]
pub struct Options {
    /// Writes the table to `generated-client/BENCHMARKS.md`.
    #[arg(long, conflicts_with = "rows")]
    write: bool,
    /// Measures only these rows.
    #[arg(long, value_enum, value_delimiter = ',')]
    rows: Vec<Rows>,
    /// Sets the number of pairs of builds to measure.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..))]
    pairs: u8,
    /// Adds a row for the API of this OpenAPI document. Its path is relative to the workspace. Can be repeated.
    #[arg(long, value_name = "DOCUMENT")]
    openapi: Vec<PathBuf>,
    /// Adds a remark above the table, for example on other load of the machine.
    #[arg(long, default_value = "")]
    remark: String,
    /// Passed by cargo.
    #[arg(long = "bench", hide = true)]
    _bench: bool,
}

/// Measures the selected rows and prints them.
pub fn run(options: &Options) -> Result<()> {
    let workspace = Workspace::new()?;
    let selected = if options.rows.is_empty() {
        Rows::ALL.to_vec()
    } else {
        options.rows.clone()
    };
    if !options.openapi.is_empty() && !selected.contains(&Rows::Ratios) {
        return Err("`--openapi` adds to the rows `ratios`, which are not selected".to_owned());
    }
    if let Some(missing) = options.openapi.iter().find(|path| !root().join(path).is_file()) {
        return Err(format!("there is no file {}", root().join(missing).display()));
    }
    let mut table = document::header(&workspace, &options.remark)?;
    print!("{table}");
    for rows in selected {
        for row in rows.measure(&workspace, options.pairs.into(), &options.openapi)? {
            println!("{row}");
            table.push_str(&row);
            table.push('\n');
        }
    }
    if options.write {
        document::update(&table)
    } else {
        Ok(())
    }
}
