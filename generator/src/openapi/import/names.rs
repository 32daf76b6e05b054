//! Names for what an OpenAPI document names differently or not at all.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::Ident;

use crate::names::{Scope, whole_acronyms};

/// The longest name, in characters.
const MAX_NAME: usize = 80;

/// Words that are written in capitals.
const ACRONYMS: [&str; 18] = [
    "api", "cpu", "dns", "html", "http", "https", "id", "ip", "json", "sha", "sms", "sso", "ssh", "tls", "ui", "uri",
    "url", "uuid",
];

/// Returns the words of a name, such as `created at` for `createdAt`.
pub fn words(name: &str) -> String {
    let snake = whole_acronyms(name).to_snake_case();
    let words = snake.split('_').map(|word| match word.strip_suffix('s') {
        _ if ACRONYMS.contains(&word) => word.to_uppercase(),
        Some(stem) if ACRONYMS.contains(&stem) => format!("{}s", stem.to_uppercase()),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Returns a name in `snake_case` that starts with a letter.
pub fn snake(name: &str) -> String {
    let ascii: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    let name = shortened(&whole_acronyms(&ascii).to_snake_case());
    match name.chars().next() {
        None => "unnamed".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("n{name}"),
        Some(_) => name,
    }
}

/// Returns the words of a name that fit.
fn shortened(name: &str) -> String {
    let Some((fits, rest)) = name.split_at_checked(MAX_NAME) else {
        return name.to_owned();
    };
    let words = if rest.starts_with('_') {
        Some(fits)
    } else {
        fits.rsplit_once('_').map(|(words, _)| words)
    };
    words.unwrap_or(fits).to_owned()
}

/// Returns the name of a type in `UpperCamelCase`, with acronyms as words.
pub fn camel(name: &str) -> String {
    let ascii: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    let mut camel = String::new();
    for c in whole_acronyms(&ascii).to_upper_camel_case().chars().take(MAX_NAME) {
        let mut last = camel.chars().rev();
        let is_run =
            last.next().is_some_and(|c| c.is_ascii_uppercase()) && last.next().is_some_and(|c| c.is_ascii_uppercase());
        camel.push(if is_run { c.to_ascii_lowercase() } else { c });
    }
    match camel.chars().next() {
        None => "Unnamed".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("Type{camel}"),
        // YAML does not read these as strings.
        Some(_) if matches!(camel.as_str(), "True" | "False" | "Null") => format!("{camel}Value"),
        Some(_) => camel,
    }
}

/// Returns the singular of an English word, or of the last word of a name.
pub fn singular(word: &str) -> String {
    if is_singular(word) {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    let sibilant = ["sses", "shes", "ches", "xes", "zes"]
        .iter()
        .any(|ending| word.ends_with(ending));
    let ending = if sibilant { "es" } else { "s" };
    word.strip_suffix(ending).unwrap_or(word).to_owned()
}

/// Returns the plural of an English word, or of the last word of a name.
pub fn plural(word: &str) -> String {
    let before_y = word
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    match before_y {
        Some(stem) => format!("{stem}ies"),
        None if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") => format!("{word}es"),
        None => format!("{word}s"),
    }
}

/// Returns `true` for a word in the singular, even if it ends with an s.
pub fn is_singular(word: &str) -> bool {
    let last = word.rsplit(['_', ' ', '-']).next().unwrap_or(word);
    let endings = [
        "ss", "us", "sis", "news", "sms", "dns", "aws", "https", "tls", "series", "species",
    ];
    !last.ends_with('s') || endings.iter().any(|ending| last.ends_with(ending)) || last.len() < 3
}

/// Claims the first of some names whose identifiers are all free, or else the last one with a number. Returns the name.
pub fn claim<const N: usize>(scope: &mut Scope<()>, names: &[&str], idents: impl Fn(&str) -> [Ident; N]) -> String {
    free(names, |name| claim_all(scope, &idents(name)))
}

/// Returns the first of some names that can be claimed, or else the last one with a number. `claim` returns `true` if it
/// claimed a name.
pub fn free(names: &[&str], mut claim: impl FnMut(&str) -> bool) -> String {
    if let Some(name) = names.iter().find(|name| claim(name)) {
        return (*name).to_owned();
    }
    let last = names.last().copied().unwrap_or("unnamed");
    let separator = if last.starts_with(|c: char| c.is_ascii_uppercase()) {
        ""
    } else {
        "_"
    };
    let mut number = 2;
    loop {
        let name = format!("{last}{separator}{number}");
        if claim(&name) {
            return name;
        }
        number += 1;
    }
}

/// Claims identifiers if all are free.
pub fn claim_all(scope: &mut Scope<()>, idents: &[Ident]) -> bool {
    let are_free = idents.iter().all(|ident| scope.is_free(ident));
    if are_free {
        for ident in idents {
            // An identifier can be there twice.
            let _ = scope.claim(ident, ());
        }
    }
    are_free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words() {
        for (name, expected) in [
            ("createdAt", "created at"),
            ("userIds", "user IDs"),
            ("HTML_URL", "HTML URL"),
        ] {
            assert_eq!(words(name), expected);
        }
    }

    #[test]
    fn names_become_snake_case() {
        for (name, expected) in [
            ("userId", "user_id"),
            ("2fa", "n2fa"),
            ("", "unnamed"),
            ("a/b.c", "a_b_c"),
        ] {
            assert_eq!(snake(name), expected);
        }
        assert_eq!(snake(&"word ".repeat(50)).len(), 79);
        assert_eq!(snake(&"w".repeat(500)).len(), MAX_NAME);
    }

    #[test]
    fn names_become_camel_case() {
        for (name, expected) in [
            ("api_key", "ApiKey"),
            ("APIKey", "ApiKey"),
            ("x-y-z", "XYz"),
            ("2fa", "Type2fa"),
            ("true", "TrueValue"),
            ("-", "Unnamed"),
        ] {
            assert_eq!(camel(name), expected);
        }
    }

    #[test]
    fn words_have_a_singular_and_a_plural() {
        for (one, many) in [
            ("thing", "things"),
            ("policy", "policies"),
            ("key", "keys"),
            ("address", "addresses"),
            ("box", "boxes"),
            ("branch", "branches"),
            ("api_key", "api_keys"),
        ] {
            assert_eq!((plural(one), singular(many)), (many.to_owned(), one.to_owned()));
        }
        for word in ["status", "analysis", "news", "series", "dns", "is"] {
            assert_eq!(singular(word), word);
        }
    }

    #[test]
    fn taken_names_get_a_number() {
        let mut scope = Scope::methods();
        let mut claim = |names: &[&str]| claim(&mut scope, names, |name| [crate::names::method(name)]);
        assert_eq!(claim(&["get"]), "get");
        assert_eq!(claim(&["get", "fetch"]), "fetch");
        assert_eq!(claim(&["get", "fetch"]), "fetch_2");
        assert_eq!(claim(&["new"]), "new_2");
    }
}
