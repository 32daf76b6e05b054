//! Exports the objects of an account to JSON files, one file per resource.
//!
//! ```sh
//! cargo run -p generated-client --features fake --example export
//! ```
//!
//! By default it reads from an in-process fake of the API, which contains an example object of each type. With
//! `-- --live` it reads from the account with the API key in `NGROK_API_KEY`. Resources that cannot be listed, for
//! example because of missing permissions, are reported at the end.

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

/// Exports the objects of an account to JSON files
#[derive(Parser)]
struct Arguments {
    /// Read from the API instead of a fake
    #[arg(long)]
    live: bool,

    /// Write the files to this folder
    #[arg(default_value = "target/export")]
    folder: PathBuf,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let client = if arguments.live {
        Client::from_env()?
    } else {
        let fake = Fake::new();
        fake.seed_examples();
        fake.client()
    };
    fs::create_dir_all(&arguments.folder)?;

    let mut export = Export::new(arguments.folder)?;
    export.everything(&client).await?;
    export.report()
}

struct Export {
    folder: PathBuf,
    bar: ProgressBar,
    files: usize,
    objects: usize,
    failed: Vec<(&'static str, generated_client::Error)>,
}

/// Defines a method that exports the given resources one after the other.
macro_rules! export_resources {
    ($($resource:ident)+) => {
        async fn everything(&mut self, client: &Client) -> Result<(), Box<dyn Error>> {
            self.bar.set_length([$(stringify!($resource)),+].len() as u64);
            $(self.resource(stringify!($resource), client.$resource().list().items()).await?;)+
            self.bar.finish_and_clear();
            Ok(())
        }
    };
}

impl Export {
    fn new(folder: PathBuf) -> Result<Self, Box<dyn Error>> {
        let bar = ProgressBar::new(0).with_style(ProgressStyle::with_template("{bar:30} {pos:>2}/{len} {wide_msg}")?);
        bar.enable_steady_tick(Duration::from_millis(100));
        Ok(Self {
            folder,
            bar,
            files: 0,
            objects: 0,
            failed: Vec::new(),
        })
    }

    // All resources that can be listed without the ID of another object.
    export_resources! {
        agent_ingresses ai_gateway_api_keys api_keys application_sessions application_users bot_users
        certificate_authorities credentials https_edges tcp_edges tls_edges endpoints event_destinations
        event_subscriptions failover_backends http_response_backends ip_policies ip_policy_rules ip_restrictions
        kubernetes_operators reserved_addrs reserved_domains secrets service_users ssh_certificate_authorities
        ssh_credentials ssh_host_certificates ssh_user_certificates static_backends tls_certificates
        tunnel_group_backends tunnel_sessions tunnels vaults weighted_backends
    }

    /// Exports one resource. A failed request is recorded and does not stop the export of other resources.
    async fn resource<O>(&mut self, name: &'static str, items: Items<O>) -> Result<(), Box<dyn Error>>
    where
        O: Paged,
        O::Item: Serialize,
    {
        self.bar.set_message(name);
        match self.read_all(name, items).await {
            Ok(objects) => {
                write_json(&self.folder.join(name).with_extension("json"), &objects)?;
                self.files += 1;
                self.objects += objects.len();
            }
            Err(error) => self.failed.push((name, error)),
        }
        self.bar.inc(1);
        Ok(())
    }

    /// Reads the objects of all pages.
    async fn read_all<O: Paged>(
        &self,
        name: &str,
        mut items: Items<O>,
    ) -> Result<Vec<O::Item>, generated_client::Error> {
        let mut objects = Vec::new();
        while let Some(object) = items.try_next().await? {
            objects.push(object);
            self.bar.set_message(format!("{name}: {}", objects.len()));
        }
        Ok(objects)
    }

    fn report(self) -> Result<(), Box<dyn Error>> {
        let folder = self.folder.display();
        println!("{} objects in {} files in {folder}", self.objects, self.files);
        for (resource, error) in &self.failed {
            eprintln!("{resource}: {error}");
        }
        match self.failed.len() {
            0 => Ok(()),
            failed => Err(format!("{failed} resources could not be exported").into()),
        }
    }
}

fn write_json(path: &Path, objects: &[impl Serialize]) -> Result<(), Box<dyn Error>> {
    let mut text = serde_json::to_string_pretty(objects)?;
    text.push('\n');
    Ok(fs::write(path, text)?)
}
