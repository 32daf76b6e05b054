//! A fake of the API on a socket: for curl, and for clients in any language.

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use generated_client::Timestamp;
use generated_client::fake::{Fake, Server};

/// A fake of the API, which keeps what it is told in memory until it stops
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The port to listen at; 0 is any that is free
    #[arg(long, default_value_t = 4050)]
    port: u16,

    /// The address to listen at; what is not a loopback address can be reached from elsewhere
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,

    /// The key that requests must carry
    #[arg(long, default_value = "fake-key")]
    key: String,

    /// What is there at the start
    #[arg(long, value_enum, default_value_t)]
    seed: Content,

    /// Stop the clock at this time (RFC 3339), so that each run gives the same answers
    #[arg(long, value_name = "TIME")]
    clock: Option<Timestamp>,

    /// Answer 429 to more requests than the API allows
    #[arg(long, conflicts_with = "clock")]
    rate_limit: bool,

    /// The longest body of a request, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 1024 * 1024)]
    max_body: usize,
}

/// What is there at the start.
#[derive(Clone, Copy, Default, ValueEnum)]
enum Content {
    /// Nothing
    #[default]
    None,
    /// An example of each kind of object
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
    let server = server.map_err(|error| io::Error::new(error.kind(), format!("cannot listen at {place}: {error}")))?;
    let server = server.max_body(arguments.max_body);
    let stopped = stop_signal()?;
    announce(server.fake(), arguments.seed)?;
    server.run(stopped).await;
    // Who reads this may have gone.
    drop(writeln!(io::stdout(), "stopped"));
    Ok(())
}

/// Says what a person needs to call it.
fn announce(fake: &Fake, content: Content) -> io::Result<()> {
    match content {
        Content::None => {}
        Content::Examples => fake.seed_examples(),
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{} operations at {}", Fake::operation_count(), fake.base_url())?;
    writeln!(out, "key: {}", fake.key())?;
    writeln!(out, "objects: {}", fake.object_count())?;
    out.flush()
}

/// Another number in each run.
fn entropy() -> u64 {
    fastrand::u64(..)
}

/// Ready once the process is asked to stop.
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

/// Ready once the process is asked to stop.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}
