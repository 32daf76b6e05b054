//! Programs with either client, and what they cost.

mod calls;
mod document;
mod measure;
mod rows;
mod server;
mod system;
mod workspace;

use clap::Parser;

use rows::Rows;
use system::Result;
use workspace::Workspace;

/// The options of the command line.
#[derive(Parser)]
pub struct Options {
    /// Writes the table to `generated-client/BENCHMARKS.md`.
    #[arg(long, conflicts_with = "rows")]
    write: bool,
    /// Measures these rows alone.
    #[arg(long, value_enum, value_delimiter = ',')]
    rows: Vec<Rows>,
    /// Sets how many pairs of builds are timed.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..))]
    pairs: u8,
    /// Adds a remark to the table, such as what else the machine did.
    #[arg(long, default_value = "")]
    remark: String,
    /// Passed by cargo.
    #[arg(long = "bench", hide = true)]
    _bench: bool,
}

/// Measures rows and prints them.
pub fn run(options: &Options) -> Result<()> {
    let workspace = Workspace::new()?;
    let selected = if options.rows.is_empty() {
        Rows::ALL.to_vec()
    } else {
        options.rows.clone()
    };
    let mut table = document::header(&workspace, &options.remark)?;
    print!("{table}");
    for rows in selected {
        for row in rows.measure(&workspace, options.pairs.into())? {
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
