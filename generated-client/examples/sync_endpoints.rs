//! Makes the cloud endpoints of an account agree with a YAML file: a list of what [`EndpointCreate`] holds.
//!
//! ```sh
//! cargo run -p generated-client --features blocking,fake --example sync_endpoints
//! ```
//!
//! It acts on a fake of the API, in this process, where some endpoints exist already, and does so twice: the second
//! time nothing is left to do. With `-- --live FILE` it acts on the account whose key is in `NGROK_API_KEY`, and with
//! `--dry-run` it tells what it would do.
//!
//! It deletes only what it made or changed before: the metadata of such endpoints begins with a mark.

use std::collections::HashSet;
use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::{fmt, fs};

use clap::Parser;
use generated_client::blocking::Client;
use generated_client::fake::Fake;
use generated_client::models::{Endpoint, EndpointCreate, EndpointType, EndpointUpdate};

/// What the metadata of each endpoint begins with that is seen to here.
const MARK: &str = "sync_endpoints";

/// Makes the cloud endpoints of an account agree with a YAML file
#[derive(Parser)]
pub(crate) struct Arguments {
    /// Act on an account rather than on a fake
    #[arg(long, requires = "file")]
    live: bool,

    /// Tell what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,

    /// The endpoints that are wanted [default: endpoints.yaml beside this example]
    file: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&Arguments::parse(), &mut io::stdout())
}

pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let text = match &arguments.file {
        Some(path) => fs::read_to_string(path)?,
        None => include_str!("endpoints.yaml").to_owned(),
    };
    let wanted = read(&text)?;
    if arguments.live {
        let summary = sync(&Client::from_env()?, &wanted, arguments.dry_run, out)?;
        return Ok(writeln!(out, "{summary}")?);
    }
    let client = Fake::new().blocking_client();
    prepare(&client, &wanted)?;
    for _ in 0..2 {
        let summary = sync(&client, &wanted, arguments.dry_run, out)?;
        writeln!(out, "{summary}\n")?;
    }
    Ok(())
}

/// Puts online what a run finds: an endpoint that differs, one that is no longer wanted, and one of somebody else.
fn prepare(client: &Client, wanted: &[EndpointCreate]) -> Result<(), generated_client::Error> {
    if let Some(first) = wanted.first() {
        let found = client.endpoints().create_from(first.clone());
        found.description("What it was before").send()?;
    }
    let create = |url: &str| {
        client
            .endpoints()
            .create(url, EndpointType::Cloud, "on_http_request: []")
    };
    create("https://gone.example.com").metadata(MARK).send()?;
    create("https://by-hand.example.com").send()?;
    Ok(())
}

/// Reads and checks what is wanted, and marks it.
pub(crate) fn read(text: &str) -> Result<Vec<EndpointCreate>, Box<dyn Error>> {
    let mut wanted: Vec<EndpointCreate> = serde_yaml::from_str(text)?;
    let mut urls = HashSet::new();
    for endpoint in &mut wanted {
        if endpoint.r#type != EndpointType::Cloud {
            return Err(format!("{}: only an endpoint of the type `cloud` can be created", endpoint.url).into());
        }
        if !urls.insert(endpoint.url.clone()) {
            return Err(format!("{}: the URL stands twice", endpoint.url).into());
        }
        let own = endpoint.metadata.take().unwrap_or_default();
        endpoint.metadata = Some(format!("{MARK} {own}").trim_end().to_owned());
    }
    Ok(wanted)
}

/// How many endpoints were treated in which way.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Summary {
    pub(crate) created: usize,
    pub(crate) updated: usize,
    pub(crate) deleted: usize,
    pub(crate) kept: usize,
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            created,
            updated,
            deleted,
            kept,
        } = self;
        write!(
            formatter,
            "{created} created, {updated} updated, {deleted} deleted, {kept} kept"
        )
    }
}

/// Makes the account agree with what is wanted, and prints a line for each endpoint.
pub(crate) fn sync(
    client: &Client,
    wanted: &[EndpointCreate],
    dry_run: bool,
    out: &mut impl Write,
) -> Result<Summary, Box<dyn Error>> {
    let all = client.endpoints().list().items().collect::<Result<Vec<_>, _>>()?;
    let mut there: Vec<Endpoint> = all
        .into_iter()
        .filter(|endpoint| endpoint.r#type == EndpointType::Cloud)
        .collect();
    // Of several with one URL, those that are seen to here come first.
    there.sort_by_key(|endpoint| !is_managed(endpoint));
    let mut summary = Summary::default();
    for want in wanted {
        let Some(found) = there.iter().position(|have| have.url == want.url) else {
            writeln!(out, "create {}", want.url)?;
            summary.created += 1;
            if !dry_run {
                client.endpoints().create_from(want.clone()).send()?;
            }
            continue;
        };
        let have = there.remove(found);
        let (update, differs) = difference(&have, want);
        if differs.is_empty() {
            writeln!(out, "keep   {}", want.url)?;
            summary.kept += 1;
            continue;
        }
        writeln!(out, "update {} ({})", want.url, differs.join(", "))?;
        summary.updated += 1;
        if !dry_run {
            client.endpoints().update_from(have.id, update).send()?;
        }
    }
    for have in there.into_iter().filter(is_managed) {
        writeln!(out, "delete {}", have.url)?;
        summary.deleted += 1;
        if !dry_run {
            client.endpoints().delete(have.id).send()?;
        }
    }
    Ok(summary)
}

fn is_managed(endpoint: &Endpoint) -> bool {
    endpoint.metadata.split(' ').next() == Some(MARK)
}

/// The update that makes an endpoint what is wanted, and the names of the fields that it changes.
fn difference(have: &Endpoint, want: &EndpointCreate) -> (EndpointUpdate, Vec<&'static str>) {
    let mut update = EndpointUpdate::new();
    let mut differs = Vec::new();
    if want.traffic_policy != have.traffic_policy {
        update.traffic_policy = Some(want.traffic_policy.clone());
        differs.push("traffic_policy");
    }
    macro_rules! compare {
        ($($field:ident),+) => {$(
            if want.$field.as_ref().is_some_and(|want| *want != have.$field) {
                update.$field.clone_from(&want.$field);
                differs.push(stringify!($field));
            }
        )+};
    }
    compare!(metadata, description, bindings, pooling_enabled);
    (update, differs)
}
