//! Synchronizes the cloud endpoints of an account with a YAML file, a list of [`EndpointCreate`].
//!
//! ```sh
//! cargo run -p generated-client --features blocking,fake --example sync_endpoints
//! ```
//!
//! By default it changes an in-process fake of the API with some existing endpoints. It runs twice, and the second run
//! changes nothing. With `-- --live FILE` it changes the account with the API key in `NGROK_API_KEY`. With `--dry-run`
//! it only prints the changes.
//!
//! It marks the metadata of endpoints that it creates or updates, and deletes only marked endpoints.

use std::collections::HashSet;
use std::error::Error;
use std::path::PathBuf;
use std::{fmt, fs};

use clap::Parser;
use generated_client::blocking::{Client, ClientBuilder};
use generated_client::fake::Fake;
use generated_client::models::{Endpoint, EndpointCreate, EndpointType, EndpointUpdate};

/// The mark at the start of the metadata of endpoints that this program manages.
const MARK: &str = "sync_endpoints";

/// Synchronizes the cloud endpoints of an account with a YAML file
#[derive(Parser)]
struct Arguments {
    /// Change an account instead of a fake
    #[arg(long, requires = "file")]
    live: bool,

    /// Base URL of the API, for example of the program fake-api
    #[arg(long, requires = "live")]
    base_url: Option<String>,

    /// Print the changes without making them
    #[arg(long)]
    dry_run: bool,

    /// File with the endpoints [default: endpoints.yaml of this example]
    file: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let text = match &arguments.file {
        Some(path) => fs::read_to_string(path)?,
        None => include_str!("endpoints.yaml").to_owned(),
    };
    let wanted = read(&text)?;

    if arguments.live {
        let mut builder = ClientBuilder::from_env()?;
        if let Some(url) = arguments.base_url {
            builder = builder.base_url(url);
        }
        println!("{}", sync(&builder.build()?, &wanted, arguments.dry_run)?);
        return Ok(());
    }

    let client = Fake::new().blocking_client();
    prepare(&client, &wanted)?;
    for _ in 0..2 {
        println!("{}\n", sync(&client, &wanted, arguments.dry_run)?);
    }
    Ok(())
}

/// Creates three endpoints: one that differs from the file, one that is not in the file, and one without the mark.
fn prepare(client: &Client, wanted: &[EndpointCreate]) -> Result<(), generated_client::Error> {
    if let Some(first) = wanted.first() {
        let found = client.endpoints().create_from(first.clone());
        found.description("An older description").send()?;
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

/// Parses, validates and marks the wanted endpoints.
fn read(text: &str) -> Result<Vec<EndpointCreate>, Box<dyn Error>> {
    let mut wanted: Vec<EndpointCreate> = serde_yaml::from_str(text)?;
    let mut urls = HashSet::new();
    for endpoint in &mut wanted {
        if endpoint.r#type != EndpointType::Cloud {
            return Err(format!("{}: expected type `cloud`", endpoint.url).into());
        }
        if !urls.insert(endpoint.url.clone()) {
            return Err(format!("{}: duplicate URL", endpoint.url).into());
        }
        let own = endpoint.metadata.take().unwrap_or_default();
        endpoint.metadata = Some(format!("{MARK} {own}").trim_end().to_owned());
    }
    Ok(wanted)
}

/// The number of endpoints per action.
#[derive(Default)]
struct Summary {
    created: usize,
    updated: usize,
    deleted: usize,
    kept: usize,
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

/// Changes the account to match the wanted endpoints, and prints a line for each endpoint.
fn sync(client: &Client, wanted: &[EndpointCreate], dry_run: bool) -> Result<Summary, generated_client::Error> {
    let all = client.endpoints().list().items().collect::<Result<Vec<_>, _>>()?;
    let mut existing: Vec<Endpoint> = all
        .into_iter()
        .filter(|endpoint| endpoint.r#type == EndpointType::Cloud)
        .collect();
    // Managed endpoints take precedence over others with the same URL.
    existing.sort_by_key(|endpoint| !is_managed(endpoint));
    let mut summary = Summary::default();
    for want in wanted {
        let Some(found) = existing.iter().position(|have| have.url == want.url) else {
            println!("create {}", want.url);
            summary.created += 1;
            if !dry_run {
                client.endpoints().create_from(want.clone()).send()?;
            }
            continue;
        };
        let have = existing.remove(found);
        let (update, differs) = difference(&have, want);
        if differs.is_empty() {
            println!("keep   {}", want.url);
            summary.kept += 1;
            continue;
        }
        println!("update {} ({})", want.url, differs.join(", "));
        summary.updated += 1;
        if !dry_run {
            client.endpoints().update_from(have.id, update).send()?;
        }
    }
    for have in existing.into_iter().filter(is_managed) {
        println!("delete {}", have.url);
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

/// Returns the update that makes an endpoint match, and the names of the changed fields.
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
