//! Rules for the headers of every request.

use std::collections::BTreeMap;

use crate::api::forms::is_managed_header;
use crate::api::model::{Api, Auth, KeyPlace};
use crate::syntax::{Diagnostic, Diagnostics, Place};

/// Checks that no header is set twice, and that none is managed by the client.
pub fn check(api: &Api, errors: &mut Diagnostics) {
    let mut first: BTreeMap<String, Header> = BTreeMap::new();
    for header in headers(api) {
        let name = header.name.to_ascii_lowercase();
        errors.extend(check_is_not_managed(&header.place, header.name));
        match first.get(&name) {
            Some(first) => errors.push(set_twice(&header, first)),
            None => drop(first.insert(name, header)),
        }
    }
}

/// A header that the API sets, with its place.
struct Header<'a> {
    name: &'a str,
    place: Place,
    /// The label of the place if another header has the same name.
    label: &'static str,
}

/// Returns the header of the credentials, the headers of every request, and the header of the idempotency key.
fn headers(api: &Api) -> Vec<Header<'_>> {
    let file = Place::file(api.source);
    let mut headers = Vec::new();
    headers.extend(credentials(&file, &api.auth));
    headers.extend(api.headers.iter().map(|(name, _)| Header {
        name,
        place: file.entry("headers").entry(name),
        label: "first set here",
    }));
    headers.extend(api.idempotency_key.as_ref().map(|name| Header {
        name,
        place: file.value("idempotency_key"),
        label: "the idempotency key is sent in this header",
    }));
    headers
}

/// Returns the header of the credentials.
fn credentials<'a>(file: &Place, auth: &'a Auth) -> Option<Header<'a>> {
    let (name, place) = match auth {
        Auth::None => return None,
        Auth::Basic { .. } => ("authorization", file.value("auth")),
        Auth::Key { place, .. } => match place {
            KeyPlace::Bearer => ("authorization", file.value("auth")),
            KeyPlace::Header { name, .. } => (name.as_str(), file.entry("auth").value("header")),
            KeyPlace::Query(_) => return None,
        },
    };
    let label = "the credentials are sent in this header";
    Some(Header { name, place, label })
}

/// Checks that the client does not manage a header.
pub fn check_is_not_managed(place: &Place, name: &str) -> Option<Diagnostic> {
    is_managed_header(name).then(|| {
        Diagnostic::new(place.clone(), format!("the header `{name}` cannot be set"))
            .note("the client manages the headers of the message, the connection and the proxy")
            .help("remove it, or use another header")
    })
}

fn set_twice(header: &Header, first: &Header) -> Diagnostic {
    Diagnostic::new(
        header.place.clone(),
        format!("the header `{}` is set twice", header.name),
    )
    .related(first.place.clone(), first.label)
    .note("header names are case-insensitive")
    .help("remove one of them, or use another header")
}
