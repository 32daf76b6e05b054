//! Writes YAML as people write schemas: one entry a line where it fits.

use std::fmt::Write;

/// The length of a line, in characters.
const WIDTH: usize = 120;

/// A value of a schema.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Yaml {
    /// A scalar that is written as it is, such as a type or a number.
    Plain(String),
    /// A string in quotes, or in a block if it is long.
    Text(String),
    List(Vec<Yaml>),
    /// A mapping in braces if it fits in a line.
    Map(Vec<(String, Yaml)>),
    /// A mapping with an entry on each line.
    Block(Vec<(String, Yaml)>),
    /// A mapping with integers as keys.
    Numbered(Vec<(i64, Yaml)>),
}

impl Yaml {
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Plain(text.into())
    }

    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// Returns the lines of a file.
pub fn file(entries: &[(String, Yaml)]) -> String {
    let mut text = String::new();
    for (key, value) in entries {
        let is_section = matches!(value, Yaml::Block(_));
        if is_section {
            text.push('\n');
        }
        entry(&mut text, 0, key, value);
    }
    text
}

/// Writes an entry of a mapping.
fn entry(text: &mut String, indent: usize, key: &str, value: &Yaml) {
    written_entry(text, indent, &scalar(key), value);
}

fn written_entry(text: &mut String, indent: usize, key: &str, value: &Yaml) {
    let start = format!("{:indent$}{key}:", "");
    let flow = flow(value)
        .filter(|flow| !matches!(value, Yaml::Block(_)) && start.chars().count() + 1 + flow.chars().count() <= WIDTH);
    if let Some(flow) = flow {
        let separator = if flow.is_empty() { "" } else { " " };
        let _ = writeln!(text, "{start}{separator}{flow}");
        return;
    }
    match value {
        Yaml::Plain(_) => {
            let _ = writeln!(text, "{start} {}", self::flow(value).unwrap_or_default());
        }
        Yaml::Text(value) => block_text(text, &start, indent + 2, value),
        Yaml::List(items) => list(text, &start, indent, items),
        Yaml::Map(entries) | Yaml::Block(entries) => {
            let _ = writeln!(text, "{start}");
            for (key, value) in entries {
                entry(text, indent + 2, key, value);
            }
        }
        Yaml::Numbered(entries) => {
            let _ = writeln!(text, "{start}");
            for (key, value) in entries {
                written_entry(text, indent + 2, &key.to_string(), value);
            }
        }
    }
}

/// Writes a list with an item on each line.
fn list(text: &mut String, start: &str, indent: usize, items: &[Yaml]) {
    let _ = writeln!(text, "{start}");
    for item in items {
        let flow = flow(item);
        let is_short = |flow: &String| indent + 4 + flow.chars().count() <= WIDTH;
        match (item, flow) {
            (_, Some(flow)) if is_short(&flow) => {
                let _ = writeln!(text, "{:indent$}  - {flow}", "");
            }
            (Yaml::Map(entries) | Yaml::Block(entries), _) => {
                let mut inner = String::new();
                for (key, value) in entries {
                    entry(&mut inner, indent + 4, key, value);
                }
                let _ = write!(text, "{:indent$}  - {}", "", inner.trim_start());
            }
            (item, flow) => {
                let flow = flow.unwrap_or_else(|| match item {
                    Yaml::Text(text) => quoted(text),
                    _ => String::new(),
                });
                let _ = writeln!(text, "{:indent$}  - {flow}", "");
            }
        }
    }
}

/// Returns a value in a single line, or `None` for a text with several lines.
fn flow(value: &Yaml) -> Option<String> {
    match value {
        Yaml::Plain(text) => Some(text.clone()),
        Yaml::Text(text) if text.contains('\n') => None,
        Yaml::Text(text) => Some(quoted(text)),
        Yaml::List(items) => {
            let items: Option<Vec<_>> = items.iter().map(flow).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Yaml::Map(entries) | Yaml::Block(entries) => braces(entries.iter().map(|(key, value)| (scalar(key), value))),
        Yaml::Numbered(entries) => braces(entries.iter().map(|(key, value)| (key.to_string(), value))),
    }
}

/// Returns a mapping in a single line.
fn braces<'a>(entries: impl Iterator<Item = (String, &'a Yaml)>) -> Option<String> {
    let mut written = Vec::new();
    for (key, value) in entries {
        let value = flow(value)?;
        // In braces, a key without a value needs no colon.
        let separator = if value.is_empty() { "" } else { ": " };
        written.push(format!("{key}{separator}{value}"));
    }
    Some(if written.is_empty() {
        "{}".to_owned()
    } else {
        format!("{{ {} }}", written.join(", "))
    })
}

/// Writes a text that is too long for a line: as it is if it has several lines, and folded if it has only one.
fn block_text(text: &mut String, start: &str, indent: usize, value: &str) {
    if value.starts_with([' ', '\n']) || value.ends_with([' ', '\n']) || value.contains(needs_escape) {
        let _ = writeln!(text, "{start} {}", quoted(value));
        return;
    }
    if value.contains('\n') {
        let _ = writeln!(text, "{start} |-");
        for line in value.split('\n') {
            let line = if line.is_empty() {
                String::new()
            } else {
                format!("{:indent$}{line}", "")
            };
            let _ = writeln!(text, "{line}");
        }
        return;
    }
    let _ = writeln!(text, "{start} >-");
    for line in folded(value, WIDTH.saturating_sub(indent)) {
        let _ = writeln!(text, "{:indent$}{line}", "");
    }
}

/// Splits a text at single spaces.
fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let is_space = word.is_empty();
        match lines.last_mut() {
            // Spaces next to each other stay on their line.
            Some(line)
                if is_space || line.ends_with(' ') || line.chars().count() + 1 + word.chars().count() <= width =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Returns a key or a name, in quotes if necessary.
pub fn scalar(text: &str) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && text.chars().all(is_word);
    let is_reserved =
        ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_lowercase().as_str());
    if is_plain && !is_reserved {
        text.to_owned()
    } else {
        quoted(text)
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if needs_escape(c) => {
                let _ = write!(quoted, "\\U{:08X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Returns `true` for characters that a YAML file does not contain as they are.
fn needs_escape(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: Yaml) -> String {
        file(&[("key".to_owned(), value)])
    }

    #[test]
    fn names_are_quoted_if_necessary() {
        for (name, expected) in [
            ("name", "name"),
            ("no", "\"no\""),
            ("Null", "\"Null\""),
            ("1", "\"1\""),
            ("-a", "\"-a\""),
            ("a b", "\"a b\""),
            ("", "\"\""),
            ("\u{feff}\"", "\"\\U0000FEFF\\\"\""),
        ] {
            assert_eq!(scalar(name), expected);
        }
    }

    #[test]
    fn short_values_are_on_one_line() {
        let value = Yaml::Map(vec![
            ("a".to_owned(), Yaml::plain("1")),
            ("b".to_owned(), Yaml::plain("")),
            ("c".to_owned(), Yaml::List(vec![Yaml::text("d: e")])),
        ]);
        assert_eq!(written(value), "key: { a: 1, b, c: [\"d: e\"] }\n");
        assert_eq!(written(Yaml::Map(Vec::new())), "key: {}\n");
    }

    #[test]
    fn long_texts_are_folded_and_lines_are_kept() {
        let text = "word ".repeat(40);
        for text in [text.trim_end(), "one\n\n  two", "one  two", "", " one\n", "a\u{85}b\nc"] {
            let written = written(Yaml::text(text));
            let read: std::collections::BTreeMap<String, String> = serde_yaml::from_str(&written).unwrap();
            assert_eq!(read["key"], text, "{written}");
            assert!(written.lines().all(|line| line.chars().count() <= WIDTH), "{written}");
        }
    }
}
