//! A first tour of the client: creates, reads, lists, updates and deletes objects, and handles errors.
//!
//! ```sh
//! cargo run -p generated-client --features fake --example first_tour
//! ```
//!
//! It calls an in-process fake of the API. To call the API itself, create the client with `Client::from_env()`, which
//! reads the API key from `NGROK_API_KEY`.

use std::error::Error;

use generated_client::Client;
use generated_client::fake::{Fake, Fault};
use generated_client::models::EndpointType;

const POLICY: &str = r#"{"on_http_request":[{"actions":[{"type":"deny"}]}]}"#;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let fake = Fake::new();
    let client = fake.client();

    println!("endpoints");
    endpoints(&client).await?;
    println!("a reserved domain");
    reserved_domain(&client).await?;
    println!("faults");
    faults(&client, &fake).await?;

    println!("requests received by the fake");
    for request in fake.requests() {
        let status = request.status.map(|status| status.as_u16()).unwrap_or_default();
        let operation = request.operation.unwrap_or_default();
        println!("  {status} {operation} {}", request.path);
    }
    Ok(())
}

async fn endpoints(client: &Client) -> Result<(), Box<dyn Error>> {
    let mut ids = Vec::new();
    for name in ["a", "b", "c"] {
        let endpoint = client
            .endpoints()
            .create(format!("https://{name}.tour.internal"), EndpointType::Cloud, POLICY)
            .bindings(["internal"])
            .metadata("tour")
            .await?;
        println!("  created {} at {}", endpoint.id, endpoint.url);
        ids.push(endpoint.id);
    }

    let endpoint = client.endpoints().get(&ids[0]).await?;
    println!("  read    {}, created at {}", endpoint.url, endpoint.created_at);

    // Each page has two endpoints. The second page is requested after the last item of the first one.
    let list = client.endpoints().list().filter(r#"obj.metadata == "tour""#).limit(2);
    let mut items = list.items();
    while let Some(endpoint) = items.try_next().await? {
        println!("  listed  {}", endpoint.url);
    }

    let changed = client.endpoints().update(&ids[0]).description("updated").await?;
    println!("  updated {}: {:?}", changed.url, changed.description);

    for id in ids {
        client.endpoints().delete(&id).await?;
        println!("  deleted {id}");
    }
    Ok(())
}

async fn reserved_domain(client: &Client) -> Result<(), Box<dyn Error>> {
    let domains = client.reserved_domains();
    let domain = domains.create("tour.example.com").description("temporary").await?;
    println!("  created {}", domain.id);

    let changed = domains
        .update(&domain.id)
        .metadata("tour")
        .clear_certificate_management_policy() // sends null
        .await?;
    println!("  updated {}: {:?}", changed.domain, changed.metadata);

    domains.delete(&domain.id).await?;
    println!("  deleted {}", domain.id);

    match domains.get(&domain.id).await {
        Ok(domain) => println!("  {} still exists", domain.id),
        Err(error) if error.is_not_found() => println!("  no longer exists: {error}"),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

async fn faults(client: &Client, fake: &Fake) -> Result<(), Box<dyn Error>> {
    fake.fault(Fault::status(503).header("retry-after", "20").times(2));
    let start = fake.now();
    let page = client.api_keys().list().await?;
    let waited = fake.now() - start;
    println!("  listed {} API keys on the third attempt", page.items.len());
    println!("  waited {} s on the fake's clock, without sleeping", waited.as_secs());

    fake.fault(Fault::status(503));
    if let Err(error) = client.api_keys().list().no_retry().await {
        println!("  with one attempt: {error}");
    }
    Ok(())
}
