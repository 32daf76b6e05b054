//! A first tour of the client: creates, reads, lists, changes and deletes, and handles what goes wrong.
//!
//! ```sh
//! cargo run -p generated-client --features fake --example first_tour
//! ```
//!
//! It calls a fake of the API, in this process. With `-- --live` it calls the API, with the key in `NGROK_API_KEY`.

use std::error::Error;
use std::io::{self, Write};

use clap::Parser;
use generated_client::Client;
use generated_client::fake::{Fake, Fault};
use generated_client::models::EndpointType;

type Outcome = Result<(), Box<dyn Error>>;

const POLICY: &str = r#"{"on_http_request":[{"actions":[{"type":"deny"}]}]}"#;

/// A first tour of the client
#[derive(Parser)]
pub(crate) struct Arguments {
    /// Call the API rather than a fake of it
    #[arg(long)]
    live: bool,

    /// The domain to reserve for a moment
    #[arg(long, default_value = "tour.example.com")]
    domain: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    run(Arguments::parse(), &mut io::stdout()).await
}

pub(crate) async fn run(arguments: Arguments, out: &mut impl Write) -> Outcome {
    if arguments.live {
        let client = Client::from_env()?;
        endpoints(&client, out).await?;
        return domains(&client, &arguments.domain, out).await;
    }
    let fake = Fake::new();
    let client = fake.client();
    endpoints(&client, out).await?;
    domains(&client, &arguments.domain, out).await?;
    faults(&client, &fake, out).await?;
    requests(&fake, out)
}

async fn endpoints(client: &Client, out: &mut impl Write) -> Outcome {
    writeln!(out, "endpoints")?;
    let mut made = Vec::new();
    for name in ["a", "b", "c"] {
        let url = format!("https://{name}.tour.internal");
        let create = client.endpoints().create(url, EndpointType::Cloud, POLICY);
        let endpoint = create.bindings(["internal"]).metadata("tour").await?;
        writeln!(out, "  created {} at {}", endpoint.id, endpoint.url)?;
        made.push(endpoint.id);
    }
    let endpoint = client.endpoints().get(&made[0]).await?;
    writeln!(out, "  read    {} of {}", endpoint.url, endpoint.created_at)?;

    // Two a page: the second page is asked for once the first has been read.
    let mine = client.endpoints().list().filter(r#"obj.metadata == "tour""#);
    let mut items = mine.limit(2).items();
    while let Some(endpoint) = items.try_next().await? {
        writeln!(out, "  listed  {}", endpoint.url)?;
    }
    let changed = client.endpoints().update(&made[0]).description("changed").await?;
    writeln!(out, "  changed {}: {:?}", changed.url, changed.description)?;
    for id in made {
        client.endpoints().delete(&id).await?;
        writeln!(out, "  deleted {id}")?;
    }
    Ok(())
}

async fn domains(client: &Client, domain: &str, out: &mut impl Write) -> Outcome {
    writeln!(out, "a reserved domain")?;
    let domains = client.reserved_domains();
    let id = domains.create(domain).description("for a moment").await?.id;
    writeln!(out, "  created {id}")?;
    let changed = domains
        .update(&id)
        .metadata("tour")
        .clear_certificate_management_policy();
    let changed = changed.await?;
    writeln!(out, "  changed {}: {:?}", changed.domain, changed.metadata)?;
    domains.delete(&id).await?;
    writeln!(out, "  deleted {id}")?;
    match domains.get(&id).await {
        Err(error) if error.is_not_found() => writeln!(out, "  it is gone: {error}")?,
        Err(error) => return Err(error.into()),
        Ok(domain) => writeln!(out, "  {} is still there", domain.id)?,
    }
    Ok(())
}

async fn faults(client: &Client, fake: &Fake, out: &mut impl Write) -> Outcome {
    writeln!(out, "a fault")?;
    let before = fake.now();
    fake.fault(Fault::status(503).header("retry-after", "20").times(2));
    let page = client.api_keys().list().await?;
    let waited = (fake.now() - before).as_secs();
    writeln!(out, "  listed {} keys, at the third attempt", page.items.len())?;
    writeln!(out, "  waited {waited} s, on the fake's clock alone")?;

    fake.fault(Fault::status(503));
    let error = client.api_keys().list().no_retry().await.expect_err("one attempt");
    writeln!(out, "  with one attempt: {error}")?;
    Ok(())
}

fn requests(fake: &Fake, out: &mut impl Write) -> Outcome {
    writeln!(out, "what the fake was asked")?;
    for request in fake.requests() {
        let status = request.status.map(|status| status.as_u16()).unwrap_or_default();
        let operation = request.operation.unwrap_or_default();
        writeln!(out, "  {status} {operation} {}", request.path)?;
    }
    Ok(())
}
