//! The credentials of a client.

use std::env::VarError;

use zeroize::Zeroizing;

use super::api_key::api_key_problem;
use super::{Error, base64};

/// The credentials of a client, as its user sets them. Dropping them erases them from memory.
///
/// `Debug` is not implemented, so that no output can contain them.
#[derive(Clone)]
#[allow(dead_code, reason = "an API uses one of these")]
pub(crate) enum Credentials {
    /// No credentials.
    None,
    /// An API key.
    Key(Zeroizing<String>),
    /// A user with a password, which may be empty.
    Login {
        user: Zeroizing<String>,
        password: Zeroizing<String>,
    },
}

#[allow(dead_code, reason = "an API uses some of these")]
impl Credentials {
    /// Creates credentials from an API key.
    pub(crate) fn key(key: impl Into<String>) -> Self {
        Self::Key(Zeroizing::new(key.into()))
    }

    /// Creates credentials from a user and a password.
    pub(crate) fn login(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self::Login {
            user: Zeroizing::new(user.into()),
            password: Zeroizing::new(password.into()),
        }
    }

    /// Reads an API key from an environment variable.
    pub(crate) fn key_from_variable(name: &str) -> Result<Self, Error> {
        let key = variable(name, std::env::var(name)).and_then(valid_key(name));
        key.map(Self::key).map_err(Error::invalid_request)
    }

    /// Reads a user and a password from two environment variables. The error contains the problems of both.
    pub(crate) fn login_from_variables(user: &str, password: &str) -> Result<Self, Error> {
        let found = [user, password].map(|name| variable(name, std::env::var(name)));
        login(user, found).map_err(Error::invalid_request)
    }

    /// Returns the API key. Other credentials have none.
    pub(crate) fn api_key(&self) -> &str {
        match self {
            Self::Key(key) => key,
            Self::None | Self::Login { .. } => "",
        }
    }

    /// Returns the user. Other credentials have none.
    pub(crate) fn user(&self) -> &str {
        match self {
            Self::Login { user, .. } => user,
            Self::None | Self::Key(_) => "",
        }
    }

    /// Returns the password. Other credentials have none.
    pub(crate) fn password(&self) -> &str {
        match self {
            Self::Login { password, .. } => password,
            Self::None | Self::Key(_) => "",
        }
    }

    /// Returns the text that requests carry: the API key, or the user and the password as RFC 7617 encodes them. Returns
    /// `None` if there are no credentials, and an error if they are invalid.
    pub(crate) fn token(&self) -> Result<Option<Zeroizing<String>>, String> {
        match self {
            Self::None => Ok(None),
            Self::Key(key) => match api_key_problem(key) {
                Some(problem) => Err(format!("the API key {problem}")),
                None => Ok(Some(key.clone())),
            },
            Self::Login { user, password } => Ok(Some(login_token(user, password)?)),
        }
    }
}

fn login_token(user: &str, password: &str) -> Result<Zeroizing<String>, &'static str> {
    if user.is_empty() {
        return Err("the user is empty");
    }
    // Bytes, because `str::contains` compiles to much more code.
    if user.as_bytes().contains(&b':') {
        return Err("the user contains a colon");
    }
    if user.contains(char::is_control) || password.contains(char::is_control) {
        return Err("the user or the password contains a control character");
    }
    let text = Zeroizing::new([user, ":", password].concat());
    Ok(base64::encode(text.as_bytes()))
}

/// Returns the value of an environment variable, or a description of its problem.
fn variable(name: &str, value: Result<String, VarError>) -> Result<String, String> {
    value.map_err(|error| match error {
        VarError::NotPresent => problem(name, "is not set"),
        // The error itself would print the value.
        VarError::NotUnicode(_) => problem(name, "is not valid Unicode"),
    })
}

/// Returns a function that rejects an empty value.
fn not_empty(name: &str) -> impl Fn(String) -> Result<String, String> {
    move |value| {
        if value.is_empty() {
            Err(problem(name, "is empty"))
        } else {
            Ok(value)
        }
    }
}

/// Returns a function that rejects an invalid API key.
fn valid_key(name: &str) -> impl Fn(String) -> Result<String, String> {
    move |key| match api_key_problem(&key) {
        Some(reason) => Err(problem(name, reason)),
        None => Ok(key),
    }
}

fn problem(name: &str, problem: &str) -> String {
    format!("the environment variable {name} {problem}")
}

/// Combines the values of the variables of a user and a password, or their problems. Only the password may be empty.
fn login(user_variable: &str, [user, password]: [Result<String, String>; 2]) -> Result<Credentials, String> {
    match (user.and_then(not_empty(user_variable)), password) {
        (Ok(user), Ok(password)) => Ok(Credentials::login(user, password)),
        (Err(problem), Ok(_)) | (Ok(_), Err(problem)) => Err(problem),
        (Err(first), Err(second)) => Err(format!("{first}; {second}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(value: Result<&str, VarError>) -> Result<String, String> {
        variable("KEY", value.map(str::to_owned)).and_then(valid_key("KEY"))
    }

    #[test]
    fn rejects_missing_empty_and_non_unicode_variables() {
        assert_eq!(key(Ok("k")), Ok("k".to_owned()));
        for (value, expected) in [
            (Ok(""), "the environment variable KEY is empty"),
            (Ok("k\n"), "the environment variable KEY contains a line break"),
            (Err(VarError::NotPresent), "the environment variable KEY is not set"),
            (
                Err(VarError::NotUnicode("k".into())),
                "the environment variable KEY is not valid Unicode",
            ),
        ] {
            assert_eq!(key(value), Err(expected.to_owned()));
        }
    }

    #[test]
    fn reports_the_problems_of_both_variables() {
        let login = |user: &str, password: Result<&str, &str>| {
            let password = password.map(str::to_owned).map_err(str::to_owned);
            let login = login("USER", [Ok(user.to_owned()), password])?;
            Ok((login.user().to_owned(), login.password().to_owned()))
        };
        assert_eq!(login("u", Ok("p")), Ok(("u".to_owned(), "p".to_owned())));
        assert_eq!(login("u", Ok("")), Ok(("u".to_owned(), String::new())));
        assert_eq!(login("u", Err("no password")), Err("no password".to_owned()));
        let empty = "the environment variable USER is empty";
        assert_eq!(login("", Ok("p")), Err(empty.to_owned()));
        assert_eq!(login("", Err("no password")), Err(format!("{empty}; no password")));

        let unset = Credentials::login_from_variables("UNSET_USER=", "UNSET_PASSWORD=").err();
        assert_eq!(
            unset.expect("an error").to_string(),
            "the environment variable UNSET_USER= is not set; the environment variable UNSET_PASSWORD= is not set"
        );
        let unset = Credentials::key_from_variable("UNSET_KEY=").err();
        assert_eq!(
            unset.expect("an error").to_string(),
            "the environment variable UNSET_KEY= is not set"
        );
    }

    #[test]
    fn token_is_the_key_or_the_encoded_login() {
        let token = |credentials: &Credentials| {
            let token = credentials.token()?;
            Ok(token.map(|token| token.to_string()))
        };
        let text = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(token(&Credentials::None), Ok(None));
        assert_eq!(token(&Credentials::key("k")), text("k"));
        assert_eq!(token(&Credentials::key("")), Err("the API key is empty".to_owned()));
        // The examples of RFC 7617.
        assert_eq!(
            token(&Credentials::login("Aladdin", "open sesame")),
            text("QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
        );
        assert_eq!(token(&Credentials::login("test", "123£")), text("dGVzdDoxMjPCow=="));
        assert_eq!(token(&Credentials::login("key", "")), text("a2V5Og=="));
        assert_eq!(token(&Credentials::login("u", "a:b")), text("dTphOmI="));
        for (user, password, problem) in [
            ("", "p", "the user is empty"),
            ("a:b", "p", "the user contains a colon"),
            ("a\n", "p", "the user or the password contains a control character"),
            ("a", "p\n", "the user or the password contains a control character"),
        ] {
            assert_eq!(token(&Credentials::login(user, password)), Err(problem.to_owned()));
        }
    }
}
