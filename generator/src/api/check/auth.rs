//! Rules for the authentication.

use super::api::{check_header_name, check_header_value};
use crate::api::model::{Api, Auth, KeyPlace, Operation, Returns};
use crate::syntax::{Diagnostic, Diagnostics, Place};

pub fn check(api: &Api, errors: &mut Diagnostics) {
    let file = Place::file(api.source);
    errors.extend(check_variables(&file, &api.auth));
    match &api.auth {
        Auth::None
        | Auth::Basic { .. }
        | Auth::Key {
            place: KeyPlace::Bearer,
            ..
        } => {}
        Auth::Key {
            place: KeyPlace::Header { name, prefix },
            ..
        } => {
            let place = file.entry("auth").value("header");
            errors.extend(check_header_name(&place, name));
            let at = file.entry("auth").value("prefix");
            errors.extend(prefix.as_ref().and_then(|prefix| check_prefix(&at, prefix)));
        }
        Auth::Key {
            place: KeyPlace::Query(name),
            ..
        } => {
            let place = file.entry("auth").value("query");
            errors.extend(check_query_name(&place, name));
            check_query_parameters_differ(&place, api, name, errors);
        }
    }
}

fn check_variables(file: &Place, auth: &Auth) -> Vec<Diagnostic> {
    let place = file.entry("key_variable");
    match auth {
        Auth::None => Vec::new(),
        Auth::Key { variable, .. } => check_variable(&file.value("key_variable"), variable)
            .into_iter()
            .collect(),
        Auth::Basic {
            user_variable,
            password_variable,
        } => {
            let same = (user_variable == password_variable).then(|| {
                Diagnostic::new(
                    place.value("password"),
                    format!("the user and the password have the same environment variable `{user_variable}`"),
                )
                .help("name another variable for one of them")
            });
            let user = check_variable(&place.value("user"), user_variable);
            let password = check_variable(&place.value("password"), password_variable);
            [user, password, same].into_iter().flatten().collect()
        }
    }
}

fn check_variable(place: &Place, name: &str) -> Option<Diagnostic> {
    let is_valid = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (!is_valid).then(|| {
        let message = format!("`{name}` is not a valid environment variable name");
        Diagnostic::new(place.clone(), message).help("use ASCII letters, digits and `_`")
    })
}

fn check_prefix(place: &Place, prefix: &str) -> Option<Diagnostic> {
    if prefix.is_empty() {
        return Some(Diagnostic::new(place.clone(), "the prefix is empty").help("remove `prefix`"));
    }
    if prefix.starts_with(' ') {
        let error = Diagnostic::new(place.clone(), "the prefix starts with a space");
        let error = error.note("servers ignore spaces at the start of a header value");
        return Some(error.help(format!("write `prefix: {:?}`", prefix.trim_start())));
    }
    if prefix.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        let error = Diagnostic::new(
            place.clone(),
            format!("nothing separates the prefix `{prefix}` from the API key"),
        );
        let error = error.note("YAML drops spaces at the end of a string without quotes");
        return Some(error.help(format!("write `prefix: \"{prefix} \"`")));
    }
    check_header_value(place, prefix)
}

fn check_query_name(place: &Place, name: &str) -> Option<Diagnostic> {
    name.is_empty().then(|| {
        let error = Diagnostic::new(place.clone(), "the name of the query parameter is empty");
        error.help("write the name of the query parameter, such as `{ query: api_key }`")
    })
}

/// Checks that no operation with authentication has a query parameter with the name of the API key.
fn check_query_parameters_differ(place: &Place, api: &Api, name: &str, errors: &mut Diagnostics) {
    for operation in api.operations().filter(|operation| operation.authenticated) {
        let declared = operation.query.iter().find(|parameter| parameter.name == name);
        let at = match declared {
            Some(parameter) => parameter.place.clone(),
            None if has_cursor(operation, name) => Place::file(api.source).entry("paging").value("query"),
            None => continue,
        };
        errors.push(
            Diagnostic::new(at, format!("the query parameter `{name}` contains the API key"))
                .related(place.clone(), "`auth` sets it")
                .help("remove the parameter: the client adds the API key to every request"),
        );
    }
}

fn has_cursor(operation: &Operation, name: &str) -> bool {
    match &operation.returns {
        Returns::Page(page) => page.paging.next.query() == Some(name),
        Returns::Nothing | Returns::Headers | Returns::Value(_) | Returns::ByStatus(_) => false,
    }
}
