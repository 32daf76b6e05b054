//! The README of a new crate.

use super::example::{self, Calls};
use super::package_name::PackageName;
use crate::rust::docs::{self, Client};
use crate::rust::ir::{Auth, Operation};
use crate::rust::markdown::inert;

pub fn text(package: &PackageName, title: &str, auth: &Auth, calls: &Calls) -> String {
    let title = inert(title);
    let crate_name = package.crate_name();
    let mut code = example::imports(&crate_name, Client::Async, calls.first);
    code.push(String::new());
    code.extend(example::allow_deprecated(calls.first).map(str::to_owned));
    code.push(format!("async fn example() -> Result<(), {crate_name}::Error> {{"));
    code.push(format!("    {}", example::new_client(auth)));
    let call = calls
        .first
        .map(|operation| docs::example_call(operation, Client::Async));
    code.extend(call.into_iter().flatten().map(|line| format!("    {line}")));
    if calls.first.is_none() {
        code.push("    drop(client);".to_owned());
    }
    code.extend(["    Ok(())".to_owned(), "}".to_owned()]);
    let code = code.join("\n");
    let fake = calls.first.map_or_else(String::new, |first| fake(&crate_name, first));
    let resources = calls.feature_row();
    let choice = calls
        .choice_of_resources(package)
        .map_or_else(String::new, |choice| format!("\n{choice}\n"));
    format!(
        "# {package}

A Rust client for {title}, async and blocking, with an in-process fake for tests.

```rust,no_run
{code}
```

The crate documentation (`cargo doc --all-features --open`) shows the blocking client, errors and the fake.

| feature | adds |
|---|---|
{resources}| `async` (default) | the default transport of `Client`, built on hyper and rustls; requires Tokio |
| `blocking` | `blocking::Client`, with the same transport; includes `async`, but the program needs no async runtime |
| `fake` | `fake::Fake`, an in-process fake of the API |
| `fake-server` | `fake::Server`, which serves the fake over HTTP, and the program `fake-api` |
{choice}{fake}
## Changing the API

`schema/` describes the API. After a change, generate the code again:

```console
$ generator --crate .
$ cargo test --all-features
```

The generator writes `src/generated/`, `src/runtime/` and `src/fake/`. Do not edit these folders: it overwrites changes. It never
changes other files.

## License

MIT, see [LICENSE](LICENSE).
"
    )
}

/// Returns the section about the fake.
fn fake(crate_name: &str, first: &Operation) -> String {
    let mut code = vec![format!("use {crate_name}::fake::Fake;")];
    if first.example.models {
        code.push(format!("use {crate_name}::models::*;"));
    }
    code.extend([String::new(), "#[test]".to_owned()]);
    code.extend(example::allow_deprecated(Some(first)).map(str::to_owned));
    code.extend([
        format!("fn calls_the_fake() -> Result<(), {crate_name}::Error> {{"),
        "    let fake = Fake::new();".to_owned(),
        "    fake.seed_examples();".to_owned(),
        "    let client = fake.blocking_client();".to_owned(),
    ]);
    code.extend(
        docs::example_call(first, Client::Blocking)
            .into_iter()
            .map(|line| format!("    {line}")),
    );
    code.extend(["    Ok(())".to_owned(), "}".to_owned()]);
    let code = code.join("\n");
    format!(
        "
## Tests without the API

The fake has an example object of each type, with the ID in the documentation, so that the documented calls find it:

```rust,no_run
{code}
```

To run it, and those in `tests/fake.rs`: `cargo test --features blocking,fake`.
"
    )
}
