//! Resolves `auth` and `key_variable` of the API, and `auth` of operations.

use crate::api::model::{Auth, KeyPlace};
use crate::syntax::{ApiFile, AuthExpr, Diagnostic, Diagnostics, KeyVariable, LoginVariables, OrderedMap, Place};

/// The valid values of `auth`.
const FORMS: &str = "`auth` is `bearer`, `basic`, `none`, `{ header: X-Api-Key }`, \
    `{ header: Authorization, prefix: \"Token \" }` or `{ query: api_key }`";

/// The place of the credentials, before the environment variables are known.
enum Scheme {
    None,
    Basic,
    Key(KeyPlace),
}

/// Resolves the authentication of the API. Returns `None` if it is invalid.
pub fn auth(file: &Place, api: &ApiFile, errors: &mut Diagnostics) -> Option<Auth> {
    let scheme = scheme(file, &api.auth);
    let auth = scheme.and_then(|scheme| with_variables(file, api, scheme));
    auth.map_err(|error| errors.push(*error)).ok()
}

/// Returns `true` if an operation sends credentials.
pub fn is_authenticated(operation: &Place, auth: Option<&AuthExpr>, errors: &mut Diagnostics) -> bool {
    match auth {
        None => true,
        Some(AuthExpr::Word(word)) if word == "none" => false,
        Some(_) => {
            let error = Diagnostic::new(
                operation.value("auth"),
                "the only `auth` of an operation is `none`, which sends it without credentials",
            );
            errors.push(error.help("write `auth: none`, or remove `auth` to use the `auth` in `api.yaml`"));
            true
        }
    }
}

fn scheme(file: &Place, auth: &AuthExpr) -> Result<Scheme, Box<Diagnostic>> {
    match auth {
        AuthExpr::Word(word) => match word.as_str() {
            "bearer" => Ok(Scheme::Key(KeyPlace::Bearer)),
            "basic" => Ok(Scheme::Basic),
            "none" => Ok(Scheme::None),
            unknown => Err(Box::new(unknown_scheme(file, unknown))),
        },
        AuthExpr::Mapping(keys) => key_place(&file.entry("auth"), keys).map(Scheme::Key),
        AuthExpr::Other => {
            let error = Diagnostic::new(file.value("auth"), "`auth` must be a word or a mapping");
            Err(Box::new(error.note(FORMS)))
        }
    }
}

fn unknown_scheme(file: &Place, word: &str) -> Diagnostic {
    let message = format!("unknown authentication scheme `{word}`");
    let error = Diagnostic::new(file.value("auth"), message).note(FORMS);
    let plain: String = word.to_lowercase().split(['-', '_', ' ']).collect();
    let error = match plain.as_str() {
        "token" => error.help("write `{ header: Authorization, prefix: \"Token \" }`, or `bearer`"),
        "apikey" | "key" | "header" | "xapikey" => error.help("write `{ header: NAME }` with the name of the header"),
        "query" => error.help("write `{ query: NAME }` with the name of the query parameter"),
        _ => error,
    };
    error.suggest(word, ["bearer", "basic", "none"])
}

fn key_place(auth: &Place, keys: &OrderedMap<AuthExpr>) -> Result<KeyPlace, Box<Diagnostic>> {
    let known = ["header", "prefix", "query"];
    if let Some(unknown) = keys.keys().find(|key| !known.contains(key)) {
        let error = Diagnostic::new(auth.entry(unknown), format!("unknown key `{unknown}`")).note(FORMS);
        let error = match unknown {
            "bearer" | "basic" | "none" => error.help(format!("write `auth: {unknown}`")),
            "type" | "scheme" => error.help("write one of these forms instead of a security scheme of OpenAPI"),
            _ => error.suggest(unknown, known),
        };
        return Err(Box::new(error));
    }
    let text = |key: &str| match keys.get(key) {
        None => Ok(None),
        Some(AuthExpr::Word(text)) => Ok(Some(text.clone())),
        Some(AuthExpr::Mapping(_) | AuthExpr::Other) => {
            let error = Diagnostic::new(auth.value(key), format!("`{key}` must be a string"));
            Err(Box::new(error.note(FORMS)))
        }
    };
    let wrong = |key: &str, message: &str| Err(Box::new(Diagnostic::new(auth.entry(key), message).note(FORMS)));
    match (text("header")?, text("prefix")?, text("query")?) {
        (Some(name), prefix, None) => Ok(KeyPlace::Header { name, prefix }),
        (None, None, Some(name)) => Ok(KeyPlace::Query(name)),
        (Some(_), _, Some(_)) => wrong("query", "`auth` has both `header` and `query`"),
        (None, Some(_), _) => wrong("prefix", "`prefix` requires `header`"),
        (None, None, None) => {
            let error = Diagnostic::new(auth.clone(), "`auth` must have the key `header` or `query`");
            Err(Box::new(error.note(FORMS)))
        }
    }
}

/// Combines the scheme with the environment variables, which depend on it.
fn with_variables(file: &Place, api: &ApiFile, scheme: Scheme) -> Result<Auth, Box<Diagnostic>> {
    let place = |part: &Option<KeyVariable>| match part {
        Some(_) => file.value("key_variable"),
        None => file.entry("auth"),
    };
    let wrong = |message: &str, help: String| {
        let error = Diagnostic::new(place(&api.key_variable), message);
        let error = error.note("`from_env` reads the credentials from environment variables");
        Err(Box::new(error.help(help)))
    };
    let name = variable_prefix(&api.name);
    match (scheme, &api.key_variable) {
        (Scheme::None, None) => Ok(Auth::None),
        (Scheme::None, Some(_)) => wrong(
            "`auth: none` has no credentials to read from the environment",
            "remove `key_variable`".to_owned(),
        ),
        (Scheme::Basic, Some(KeyVariable::Login(LoginVariables { user, password }))) => Ok(Auth::Basic {
            user_variable: user.clone(),
            password_variable: password.clone(),
        }),
        (Scheme::Basic, found) => wrong(
            match found {
                Some(_) => "`auth: basic` requires two environment variables",
                None => "`auth: basic` requires the key `key_variable`",
            },
            format!("write `key_variable: {{ user: {name}_USER, password: {name}_PASSWORD }}`"),
        ),
        (Scheme::Key(place), Some(KeyVariable::Key(variable))) => Ok(Auth::Key {
            place,
            variable: variable.clone(),
        }),
        (Scheme::Key(_), found) => wrong(
            match found {
                Some(_) => "this `auth` requires one environment variable, which contains the API key",
                None => "this `auth` requires the key `key_variable`",
            },
            format!("write `key_variable: {name}_API_KEY`"),
        ),
    }
}

/// Returns the name of the API as the start of the name of an environment variable.
fn variable_prefix(name: &str) -> String {
    let upper = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_uppercase()
        } else {
            '_'
        }
    };
    name.chars().map(upper).collect()
}
