//! Writes all objects of an account to JSON files, one for each resource that can be listed.
//!
//! ```sh
//! cargo run -p generated-client --features fake --example export
//! ```
//!
//! It reads from a fake of the API, in this process, which holds an example of each kind of object. With `-- --live` it
//! reads from the account whose key is in `NGROK_API_KEY`. What cannot be listed, for want of a right say, is told at
//! the end.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Parser;
use generated_client::Client;
use generated_client::fake::Fake;
use generated_client::{Items, Paged};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

/// Writes all objects of an account to JSON files
#[derive(Parser)]
pub(crate) struct Arguments {
    /// Read from the API rather than from a fake of it
    #[arg(long)]
    live: bool,

    /// The folder for the files
    #[arg(default_value = "target/export")]
    folder: PathBuf,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let style = ProgressStyle::with_template("{bar:30} {pos:>2}/{len} {wide_msg}")?;
    let bar = ProgressBar::new(0).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(100));
    let arguments = Arguments::parse();
    let export = run(&arguments, bar).await?;
    println!(
        "{} objects in {} files in {}",
        export.objects,
        export.files,
        arguments.folder.display()
    );
    for (resource, error) in &export.failed {
        eprintln!("{resource}: {error}");
    }
    if export.failed.is_empty() {
        Ok(())
    } else {
        Err("the export is not complete".into())
    }
}

/// What came of an export.
#[derive(Default)]
pub(crate) struct Export {
    pub(crate) files: usize,
    pub(crate) objects: usize,
    pub(crate) failed: Vec<(&'static str, generated_client::Error)>,
}

pub(crate) async fn run(arguments: &Arguments, bar: ProgressBar) -> Result<Export, Box<dyn Error>> {
    let client = if arguments.live {
        Client::from_env()?
    } else {
        let fake = Fake::new();
        fake.seed_examples();
        fake.client()
    };
    fs::create_dir_all(&arguments.folder)?;
    export(&client, &arguments.folder, bar).await
}

macro_rules! resources {
    ($($resource:ident)+) => {
        /// The resources that can be listed without the ID of another.
        pub(crate) const RESOURCES: &[&str] = &[$(stringify!($resource)),+];

        /// Exports one resource after the other.
        async fn export(client: &Client, folder: &Path, bar: ProgressBar) -> Result<Export, Box<dyn Error>> {
            bar.set_length(RESOURCES.len() as u64);
            let mut export = Export::default();
            $(
                match all(stringify!($resource), client.$resource().list().items(), &bar).await {
                    Ok(objects) => export.save(folder, stringify!($resource), &objects)?,
                    Err(error) => export.failed.push((stringify!($resource), error)),
                }
                bar.inc(1);
            )+
            bar.finish_and_clear();
            Ok(export)
        }
    };
}

resources! {
    agent_ingresses ai_gateway_api_keys api_keys application_sessions application_users bot_users
    certificate_authorities credentials edges_https edges_tcp edges_tls endpoints event_destinations
    event_subscriptions failover_backends http_response_backends ip_policies ip_policy_rules ip_restrictions
    kubernetes_operators reserved_addrs reserved_domains secrets service_users ssh_certificate_authorities
    ssh_credentials ssh_host_certificates ssh_user_certificates static_backends tls_certificates
    tunnel_group_backends tunnel_sessions tunnels vaults weighted_backends
}

/// The objects of every page.
async fn all<O: Paged>(
    resource: &str,
    mut items: Items<O>,
    bar: &ProgressBar,
) -> Result<Vec<O::Item>, generated_client::Error> {
    let mut objects = Vec::new();
    bar.set_message(resource.to_owned());
    while let Some(object) = items.try_next().await? {
        objects.push(object);
        bar.set_message(format!("{resource}: {}", objects.len()));
    }
    Ok(objects)
}

impl Export {
    fn save(&mut self, folder: &Path, resource: &str, objects: &[impl Serialize]) -> Result<(), Box<dyn Error>> {
        let mut text = serde_json::to_string_pretty(objects)?;
        text.push('\n');
        fs::write(folder.join(resource).with_extension("json"), text)?;
        self.files += 1;
        self.objects += objects.len();
        Ok(())
    }
}
