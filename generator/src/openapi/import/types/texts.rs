//! The documentation of a schema.

use crate::openapi::import::names::words;
use crate::openapi::json::{Json, Object};

/// The longest pattern in the documentation, in characters.
const MAX_PATTERN: usize = 80;

/// The texts and values that describe a schema to people.
#[derive(Clone)]
pub struct Texts<'a> {
    schema: Option<&'a Object>,
}

impl<'a> Texts<'a> {
    pub fn new(schema: &'a Json) -> Self {
        Self {
            schema: schema.as_object(),
        }
    }

    fn get(&self, key: &str) -> Option<&'a Json> {
        self.schema?.get(key)
    }

    /// Returns the title if it is a name rather than a sentence.
    pub fn title(&self) -> Option<String> {
        let title = self.get("title")?.as_str()?.trim();
        let is_name = title.split_whitespace().count() <= 4 && title.len() <= 48 && title.is_ascii();
        (is_name && title.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| title.to_owned())
    }

    /// Returns the description.
    pub fn doc(&self) -> Option<String> {
        doc(self.get("description")?.as_str()?)
    }

    /// Returns the description, or else the title.
    pub fn doc_or_title(&self) -> Option<String> {
        self.doc()
            .or_else(|| doc(self.get("title")?.as_str()?).map(|title| sentence(&title)))
    }

    /// Returns the description of the first part of the schema that has one, without references to other schemas.
    pub fn doc_of_parts(&self) -> Option<String> {
        let parts = self
            .get("allOf")?
            .items()
            .iter()
            .filter(|part| part.get("$ref").is_none());
        parts.map(Texts::new).find_map(|part| part.doc())
    }

    pub fn is_deprecated(&self) -> bool {
        self.get("deprecated").and_then(Json::as_bool) == Some(true)
    }

    pub fn is_read_only(&self) -> bool {
        self.get("readOnly").and_then(Json::as_bool) == Some(true)
    }

    pub fn is_secret(&self) -> bool {
        self.get("format").and_then(Json::as_str) == Some("password")
    }

    pub fn default(&self) -> Option<&'a Json> {
        self.get("default")
    }

    /// Returns the first example.
    pub fn example(&self) -> Option<&'a Json> {
        self.get("examples")
            .and_then(|examples| examples.items().first())
            .or_else(|| self.get("example"))
    }

    pub fn number(&self, key: &str) -> Option<i64> {
        self.get(key)?.as_i64()
    }

    /// Returns `true` if the document allows integers that are larger than every `int64`.
    pub fn exceeds_int64(&self) -> bool {
        self.integer("maximum").is_some_and(|most| most > i64::MAX.into())
    }

    /// Returns `true` if the document allows no negative integers.
    pub fn is_not_negative(&self) -> bool {
        self.integer("minimum").is_some_and(|least| least >= 0)
    }

    fn integer(&self, key: &str) -> Option<i128> {
        match self.get(key)? {
            Json::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// Returns sentences about the limits of values, which the client does not check.
    pub fn limits(&self) -> Vec<String> {
        let mut limits = Vec::new();
        for (least, most, unit) in [
            ("minimum", "maximum", ""),
            ("minLength", "maxLength", " characters"),
            ("minItems", "maxItems", " items"),
            ("minProperties", "maxProperties", " keys"),
        ] {
            // Nothing has fewer than no characters.
            let least = self
                .get(least)
                .and_then(number)
                .filter(|least| unit.is_empty() || least != "0");
            let most = self.get(most).and_then(number);
            limits.extend(match (least, most) {
                (Some(least), Some(most)) if least == most => Some(format!("Exactly {least}{unit}.")),
                (Some(least), Some(most)) => Some(format!("From {least} to {most}{unit}.")),
                (Some(least), None) => Some(format!("At least {least}{unit}.")),
                (None, Some(most)) => Some(format!("At most {most}{unit}.")),
                (None, None) => None,
            });
        }
        for (key, words) in [
            ("exclusiveMinimum", "Greater than"),
            ("exclusiveMaximum", "Less than"),
            ("multipleOf", "A multiple of"),
        ] {
            limits.extend(
                self.get(key)
                    .and_then(number)
                    .map(|number| format!("{words} {number}.")),
            );
        }
        if self.get("uniqueItems").and_then(Json::as_bool) == Some(true) {
            limits.push("Without duplicates.".to_owned());
        }
        let pattern = self.get("pattern").and_then(Json::as_str);
        let is_short = |pattern: &&str| {
            !pattern.contains('`') && pattern.len() <= MAX_PATTERN && !pattern.contains(char::is_control)
        };
        limits.extend(pattern.filter(is_short).map(|pattern| format!("Matches `{pattern}`.")));
        limits
    }
}

fn number(value: &Json) -> Option<String> {
    match value {
        Json::Integer(number) => Some(number.to_string()),
        Json::Number(number) => Some(number.to_string()),
        Json::Null | Json::Boolean(_) | Json::String(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Returns a text without the spaces at the ends of its lines and without control characters, if anything is left.
pub fn doc(text: &str) -> Option<String> {
    let lines: Vec<_> = text.trim().lines().map(str::trim_end).collect();
    let text = lines.join("\n").replace('\t', "    ");
    let text: String = text.chars().filter(|c| !is_forbidden(*c)).collect();
    (!text.trim().is_empty()).then_some(text)
}

fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{2028}' | '\u{2029}')
}

/// Returns words as a sentence.
pub fn sentence(words: &str) -> String {
    let words = words.trim();
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>());
    let end = if words.ends_with(['.', '!', '?', ':']) { "" } else { "." };
    format!("{}{}{end}", first.unwrap_or_default(), letters.as_str())
}

/// Returns the documentation of a value that only has a name.
pub fn named(name: &str) -> String {
    let words = words(name);
    if words.chars().filter(|c| c.is_alphanumeric()).nth(1).is_some() {
        sentence(&words)
    } else {
        format!("The value of `{}`.", name.replace('`', "'"))
    }
}
