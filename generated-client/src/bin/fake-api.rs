//! Serves a fake of the API over HTTP, for curl and for clients in any language.

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use generated_client::Timestamp;
use generated_client::fake::{Fake, Server};

/// Serves a fake of the API over HTTP, with objects in memory
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Port to listen on; 0 selects a free port
    #[arg(long, default_value_t = 4050)]
    port: u16,

    /// IP address to listen on; other machines can only connect if it is not a loopback address
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,

    /// API key that requests must carry
    #[arg(long, default_value = "fake-key")]
    key: String,

    /// Objects to start with
    #[arg(long, value_enum, default_value_t)]
    seed: Content,

    /// Use a simulated clock that starts at this time (RFC 3339), for reproducible responses
    #[arg(long, value_name = "TIME")]
    clock: Option<Timestamp>,

    /// Reject requests beyond the rate limit of the API with 429
    #[arg(long, conflicts_with = "clock")]
    rate_limit: bool,

    /// Allow web pages of every origin to call the fake (CORS)
    #[arg(long)]
    cors: bool,

    /// Maximum size of a request body, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 1024 * 1024)]
    max_body: usize,
}

/// The objects to start with.
#[derive(Clone, Copy, Default, ValueEnum)]
enum Content {
    /// No objects
    #[default]
    None,
    /// An example object of each type
    Examples,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> io::Result<()> {
    let address = (arguments.host, arguments.port);
    let mut builder = Fake::builder().key(arguments.key).record_requests(false);
    builder = match arguments.clock {
        Some(start) => builder.start(start),
        None => builder.seed(entropy()).system_clock(),
    };
    if arguments.rate_limit {
        builder = builder.api_rate_limit();
    }
    let server = Server::bind(builder, address).await;
    let place = format!("{}:{}", arguments.host, arguments.port);
    let server = server.map_err(|error| io::Error::new(error.kind(), format!("cannot listen on {place}: {error}")))?;
    let mut server = server.max_body(arguments.max_body);
    if arguments.cors {
        server = server.cors();
    }
    let stopped = stop_signal()?;
    announce(server.fake(), arguments.seed)?;
    server.run(stopped).await;
    // Standard output may be closed by now.
    drop(writeln!(io::stdout(), "stopped"));
    Ok(())
}

/// Adds the initial objects, and prints the base URL, the API key and the number of objects.
fn announce(fake: &Fake, content: Content) -> io::Result<()> {
    match content {
        Content::None => {}
        Content::Examples => fake.seed_examples(),
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{} operations at {}", Fake::operation_count(), fake.base_url())?;
    writeln!(out, "API key: {}", fake.key())?;
    writeln!(out, "objects: {}", fake.object_count())?;
    out.flush()
}

/// Returns a random seed.
fn entropy() -> u64 {
    fastrand::u64(..)
}

/// Returns a future that completes on SIGTERM or SIGINT.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Returns a future that completes on Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}
