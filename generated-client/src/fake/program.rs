//! The program that serves the fake over HTTP.

use std::ffi::OsString;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::process::ExitCode;

use clap::{ArgMatches, Args, Command, FromArgMatches, ValueEnum};

use super::builder::FakeBuilder;
use super::in_process::Fake;
use super::server::Server;
use super::table::Index;
use crate::runtime::{Api, Auth, Credentials, Timestamp};

/// The arguments that do not depend on the API.
#[derive(Args)]
struct Arguments {
    /// Port to listen on; 0 selects a free port
    #[arg(long, default_value_t = 4050)]
    port: u16,

    /// IP address to listen on; other machines can only connect if it is not a loopback address
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,

    /// Objects to start with
    #[arg(long, value_enum, default_value_t)]
    seed: Content,

    /// Use a simulated clock that starts at this time (RFC 3339), for reproducible responses
    #[arg(long, value_name = "TIME")]
    clock: Option<Timestamp>,

    /// Allow web pages of every origin to call the fake (CORS)
    #[arg(long)]
    cors: bool,

    /// Maximum size of a request body, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 1024 * 1024)]
    max_body: usize,
}

/// The argument of an API with API keys.
#[derive(Args)]
struct Key {
    /// API key that requests must carry
    #[arg(long, default_value = "fake-key")]
    key: String,
}

/// The arguments of an API with users and passwords.
#[derive(Args)]
struct Login {
    /// User that requests must carry
    #[arg(long, default_value = "fake-user")]
    user: String,

    /// Password that requests must carry
    #[arg(long, default_value = "fake-password")]
    password: String,
}

/// The argument of an API that documents a rate limit.
#[derive(Args)]
struct Limit {
    /// Reject requests beyond the rate limit of the API with 429
    #[arg(long, conflicts_with = "clock")]
    rate_limit: bool,
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

/// Serves a fake over HTTP as its command-line arguments say, until a signal stops it.
#[doc(hidden)]
#[must_use]
pub fn run_program(fake: FakeBuilder, arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let matches = command(fake.index().api).get_matches_from(arguments);
    match serve(fake, &matches) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the command-line interface for the fake of an API.
fn command(api: &Api) -> Command {
    let command = Arguments::augment_args(Command::new("fake-api"));
    let command = match api.auth {
        Auth::None => command,
        Auth::Basic => Login::augment_args(command),
        Auth::Bearer | Auth::Header { .. } | Auth::Query(_) => Key::augment_args(command),
    };
    let command = match api.rate_limit {
        Some(_) => Limit::augment_args(command),
        None => command,
    };
    // The structs set the description, too.
    command
        .version(env!("CARGO_PKG_VERSION"))
        .about("Serves a fake of the API over HTTP, with objects in memory")
}

fn serve(fake: FakeBuilder, matches: &ArgMatches) -> io::Result<()> {
    let arguments = Arguments::from_arg_matches(matches).map_err(io::Error::other)?;
    let mut builder = with_credentials(fake, matches)?.record_requests(false);
    builder = match arguments.clock {
        Some(start) => builder.start(start),
        None => builder.seed(fastrand::u64(..)).system_clock(),
    };
    if let Some(limit) = builder.index().api.rate_limit
        && matches.get_flag("rate_limit")
    {
        builder = builder.rate_limit(limit);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(listen(builder, &arguments))
}

/// Sets the credentials that requests must carry.
fn with_credentials(fake: FakeBuilder, matches: &ArgMatches) -> io::Result<FakeBuilder> {
    Ok(match fake.index().api.auth {
        Auth::None => fake,
        Auth::Basic => {
            let Login { user, password } = Login::from_arg_matches(matches).map_err(io::Error::other)?;
            fake.with_credentials(Credentials::login(user, password))
        }
        Auth::Bearer | Auth::Header { .. } | Auth::Query(_) => {
            let Key { key } = Key::from_arg_matches(matches).map_err(io::Error::other)?;
            fake.with_credentials(Credentials::key(key))
        }
    })
}

async fn listen(builder: FakeBuilder, arguments: &Arguments) -> io::Result<()> {
    let (index, host, port) = (builder.index(), arguments.host, arguments.port);
    let server = Server::bind(builder, (host, port)).await;
    let server =
        server.map_err(|error| io::Error::new(error.kind(), format!("cannot listen on {host}:{port}: {error}")))?;
    let mut server = server.max_body(arguments.max_body);
    if arguments.cors {
        server = server.cors();
    }
    let stopped = stop_signal()?;
    match arguments.seed {
        Content::None => {}
        Content::Examples => server.fake().seed_examples(),
    }
    announce(server.fake(), index)?;
    server.run(stopped).await;
    // Standard output may be closed by now.
    drop(writeln!(io::stdout(), "stopped"));
    Ok(())
}

/// Prints the base URL, the credentials and the number of objects.
fn announce(fake: &Fake, index: &Index) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{} operations at {}", index.operation_count(), fake.base_url())?;
    let credentials = fake.credentials();
    match index.api.auth {
        Auth::None => {}
        Auth::Basic => writeln!(
            out,
            "user: {}\npassword: {}",
            credentials.user(),
            credentials.password()
        )?,
        Auth::Bearer | Auth::Header { .. } | Auth::Query(_) => writeln!(out, "API key: {}", credentials.api_key())?,
    }
    writeln!(out, "objects: {}", fake.object_count())?;
    out.flush()
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::runtime::{ErrorFields, RateLimit};

    /// Returns the options that depend on the API.
    fn options(auth: Auth, rate_limit: Option<RateLimit>) -> Vec<String> {
        let api = Api {
            base_url: "https://api.example.com",
            auth,
            headers: &[],
            errors: ErrorFields::NONE,
            rate_limit,
            idempotency_key: None,
        };
        let names = ["key", "user", "password", "rate_limit"];
        let command = command(&api);
        let found = command.get_arguments().map(|argument| argument.get_id().to_string());
        found.filter(|name| names.contains(&name.as_str())).collect()
    }

    #[test]
    fn options_depend_on_the_api() {
        assert_eq!(options(Auth::None, None), [""; 0]);
        assert_eq!(options(Auth::Basic, None), ["user", "password"]);
        let limit = RateLimit::new(1, Duration::from_secs(1));
        assert_eq!(options(Auth::Query("key"), Some(limit)), ["key", "rate_limit"]);
    }
}
