//! Lists, gets and deletes application sessions over a loopback socket, async and blocking.
//!
//! ```sh
//! cargo run -p generated-client --example application_sessions --features blocking
//! ```

use generated_client::{Client, Error, blocking};

#[path = "support/server.rs"]
pub(crate) mod server;
#[path = "support/sessions.rs"]
pub(crate) mod sessions;

/// Starts a server and makes the same tour with both clients.
pub(crate) fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = sessions::start(5)?;
    println!("a server with five sessions listens on {}", server.url());

    let client = Client::builder("test-key").base_url(&server.url())?.build()?;
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(tour(&client))?;

    let client = blocking::Client::builder("test-key").base_url(&server.url())?.build()?;
    blocking_tour(&client)?;

    println!("\nthe server saw");
    for request in server.requests() {
        println!("  {} {}", request.method, request.target);
    }
    Ok(())
}

async fn tour(client: &Client) -> Result<(), Error> {
    println!("\nasync");
    let mut sessions = client.application_sessions().list().limit(2).items();
    while let Some(session) = sessions.try_next().await? {
        println!("  listed {}, made {}", session.id, session.created_at);
    }

    let session = client.application_sessions().get("as_3").await?;
    println!("  got {} from {}", session.id, session.browser_session.ip_address);

    client.application_sessions().delete("as_3").await?;
    println!("  deleted as_3");

    match client.application_sessions().get("as_3").await {
        Err(error) if error.is_not_found() => println!("  {error}"),
        Err(error) => return Err(error),
        Ok(session) => println!("  {} is still there", session.id),
    }
    Ok(())
}

fn blocking_tour(client: &blocking::Client) -> Result<(), Error> {
    println!("\nblocking");
    for session in client.application_sessions().list().limit(2).items() {
        let session = session?;
        println!("  listed {}, made {}", session.id, session.created_at);
    }

    let session = client.application_sessions().get("as_4").send()?;
    println!("  got {} from {}", session.id, session.browser_session.ip_address);

    client.application_sessions().delete("as_4").send()?;
    println!("  deleted as_4");

    match client.application_sessions().get("as_4").send() {
        Err(error) if error.is_not_found() => println!("  {error}"),
        Err(error) => return Err(error),
        Ok(session) => println!("  {} is still there", session.id),
    }
    Ok(())
}
