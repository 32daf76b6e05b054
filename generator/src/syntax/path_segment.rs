//! Segments of path templates, such as `{id}.json`.

use std::fmt::{self, Write};
use std::str::FromStr;

/// A path segment: literal texts and parameters, which alternate. Empty after a trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathSegment {
    parts: Vec<PathPart>,
}

/// A part of a path segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPart {
    /// A text that is sent as written.
    Literal(String),
    /// A parameter with this name.
    Parameter(String, ParameterKind),
}

/// The text that a path parameter stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterKind {
    /// A segment, or a part of one.
    Segment,
    /// The rest of the path, with its slashes.
    Rest,
}

impl PathPart {
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::Literal(_) => None,
            Self::Parameter(name, _) => Some(name),
        }
    }
}

impl PathSegment {
    pub fn from_parts(parts: &[PathPart]) -> Self {
        Self { parts: parts.to_vec() }
    }

    pub fn parts(&self) -> &[PathPart] {
        &self.parts
    }

    /// Returns the name of the parameter if the segment is nothing else.
    pub fn as_parameter(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [part] => part.parameter(),
            _ => None,
        }
    }

    /// Returns the text if the segment has no parameter.
    pub fn as_literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [PathPart::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// Returns the name of the parameter if it is the rest of the path.
    pub fn rest_parameter(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [PathPart::Parameter(name, ParameterKind::Rest)] => Some(name),
            _ => None,
        }
    }

    /// Returns the segment without the extension `.json`.
    pub fn without_extension(&self) -> Self {
        let mut parts = self.parts.clone();
        match (parts.pop(), parts.is_empty()) {
            (Some(PathPart::Literal(text)), is_whole) => {
                let stem = text.strip_suffix(".json").filter(|stem| !is_whole || !stem.is_empty());
                let stem = stem.map_or(text.as_str(), |stem| stem).to_owned();
                parts.extend((!stem.is_empty()).then_some(PathPart::Literal(stem)));
            }
            (other, _) => parts.extend(other),
        }
        Self { parts }
    }
}

impl FromStr for PathSegment {
    type Err = String;

    /// Parses a segment. The second line of an error is the fix.
    fn from_str(segment: &str) -> Result<Self, String> {
        check_spelling(segment)?;
        let mut parts = Vec::new();
        let mut rest = segment;
        while let Some((literal, after)) = rest.split_once('{') {
            if !literal.is_empty() {
                parts.push(literal_part(literal)?);
            } else if let Some(PathPart::Parameter(previous, _)) = parts.last() {
                return Err(format!(
                    "nothing separates the parameters in the path segment `{segment}`\n\
                     write a text after `{{{previous}}}`, or use a single parameter"
                ));
            }
            let Some((name, after)) = after.split_once('}') else {
                return Err(format!(
                    "missing `}}` in the path segment `{segment}`\nwrite `{{{after}}}`"
                ));
            };
            parts.push(parameter(name)?);
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(literal_part(rest)?);
        }
        let is_rest = |part: &PathPart| matches!(part, PathPart::Parameter(_, ParameterKind::Rest));
        if let ([_, _, ..], Some(PathPart::Parameter(name, _))) =
            (parts.as_slice(), parts.iter().find(|part| is_rest(part)))
        {
            return Err(format!(
                "the parameter `{{{name}*}}` is only a part of the path segment `{segment}`\n\
                 write `{{{name}*}}` as a segment of its own, or `{{{name}}}`"
            ));
        }
        // HTTP clients resolve `.` and `..` before sending a request.
        if matches!(parts.as_slice(), [PathPart::Literal(text)] if matches!(normalize(text).as_str(), "." | "..")) {
            return Err(format!(
                "the path segment `{segment}` is relative\nwrite the path without `.` and `..`"
            ));
        }
        Ok(Self { parts })
    }
}

/// Rejects the spellings of path parameters in other notations.
fn check_spelling(segment: &str) -> Result<(), String> {
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let colon = segment.strip_prefix(':').filter(|name| is_name(name));
    let star = segment.strip_prefix('*').filter(|name| is_name(name));
    let angles = segment.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    let angles = angles.map(|name| name.rsplit(':').next().unwrap_or(name));
    let correct = match (colon.or(angles), star) {
        (Some(name), _) => format!("`{{{name}}}`"),
        (None, Some(name)) => format!("`{{{name}*}}`"),
        (None, None) => return Ok(()),
    };
    Err(format!("`{segment}` is not a path parameter\nwrite {correct}"))
}

fn literal_part(text: &str) -> Result<PathPart, String> {
    if text.contains('}') {
        return Err(format!(
            "missing `{{` in the path segment `{text}`\nwrite parameters as `{{id}}`"
        ));
    }
    check_characters(text, is_path_character)?;
    Ok(PathPart::Literal(text.to_owned()))
}

fn parameter(name: &str) -> Result<PathPart, String> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '~');
    let is_name = |name: &str| !name.is_empty() && name.chars().all(is_allowed) && !name.ends_with("..");
    if is_name(name) {
        return Ok(PathPart::Parameter(name.to_owned(), ParameterKind::Segment));
    }
    if let Some(name) = name.strip_suffix('*').filter(|name| is_name(name)) {
        return Ok(PathPart::Parameter(name.to_owned(), ParameterKind::Rest));
    }
    let stem = name.trim_matches(|c: char| matches!(c, '*' | '+' | '.'));
    let typed = name.split_once(':').map(|(name, _)| name).filter(|name| is_name(name));
    let help = match typed {
        _ if name.starts_with(['?', '&']) => "declare query parameters under the key `query`".to_owned(),
        Some(name) => format!("write `{{{name}}}`, and its type under the key `params`"),
        None if is_name(stem) && stem != name => {
            format!("write `{{{stem}*}}` for the rest of the path, with its slashes")
        }
        None => "write a name of letters, digits and `-._~`, such as `{id}`".to_owned(),
    };
    Err(format!("invalid path parameter `{{{name}}}`\n{help}"))
}

/// Checks the characters and percent-escapes of a literal text in a URI.
pub fn check_characters(text: &str, is_allowed: fn(char) -> bool) -> Result<(), String> {
    for (index, c) in text.char_indices() {
        if c == '%' {
            let digits = text.get(index + 1..index + 3);
            if !digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit())) {
                return Err(format!(
                    "`%` in `{text}` is not followed by two hexadecimal digits\nwrite `%25` for a percent sign"
                ));
            }
        } else if !is_allowed(c) {
            return Err(match c {
                '#' => format!("`#` in `{text}` starts a fragment, which is never sent\nremove it, or write `%23`"),
                _ => format!("`{}` is not allowed in `{text}`\nwrite {}", c.escape_debug(), escape(c)),
            });
        }
    }
    Ok(())
}

fn escape(c: char) -> String {
    let mut escaped = "`".to_owned();
    for byte in c.to_string().bytes() {
        // Writing to a string never fails.
        let _ = write!(escaped, "%{byte:02X}");
    }
    escaped + "`"
}

/// Returns `true` for characters that a path segment can contain unescaped (RFC 3986).
pub fn is_path_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@".contains(c)
}

/// Decodes all percent-escapes. Invalid UTF-8 becomes replacement characters.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let escape = after.split_at_checked(2);
        let escape = escape.and_then(|(digits, rest)| Some((u8::from_str_radix(digits, 16).ok()?, rest)));
        let (byte, following) = escape.unwrap_or((b'%', after));
        bytes.push(byte);
        rest = following;
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Decodes percent-escapes of unreserved characters, and writes others in upper case.
pub fn normalize(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut normalized = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2).unwrap_or((piece, ""));
        match u8::from_str_radix(digits, 16) {
            Ok(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => normalized.push(char::from(byte)),
            _ => {
                normalized.push('%');
                normalized.push_str(&digits.to_ascii_uppercase());
            }
        }
        normalized.push_str(rest);
    }
    normalized
}

impl fmt::Display for PathSegment {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        self.parts.iter().try_for_each(|part| match part {
            PathPart::Literal(text) => formatter.write_str(text),
            PathPart::Parameter(name, ParameterKind::Segment) => write!(formatter, "{{{name}}}"),
            PathPart::Parameter(name, ParameterKind::Rest) => write!(formatter, "{{{name}*}}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_errors(errors: &[(&str, &str, &str)]) {
        for (text, message, help) in errors {
            assert_eq!(text.parse::<PathSegment>().unwrap_err(), format!("{message}\n{help}"));
        }
    }

    #[test]
    fn rejects_segments_with_a_fix() {
        let names = "write a name of letters, digits and `-._~`, such as `{id}`";
        assert_errors(&[
            ("{id", "missing `}` in the path segment `{id`", "write `{id}`"),
            (
                "id}",
                "missing `{` in the path segment `id}`",
                "write parameters as `{id}`",
            ),
            ("{}", "invalid path parameter `{}`", names),
            ("{a b}", "invalid path parameter `{a b}`", names),
            ("{*}", "invalid path parameter `{*}`", names),
            (
                "{a}{b}",
                "nothing separates the parameters in the path segment `{a}{b}`",
                "write a text after `{a}`, or use a single parameter",
            ),
            (
                "v{path*}",
                "the parameter `{path*}` is only a part of the path segment `v{path*}`",
                "write `{path*}` as a segment of its own, or `{path}`",
            ),
            (
                ".",
                "the path segment `.` is relative",
                "write the path without `.` and `..`",
            ),
            (
                "%2e.",
                "the path segment `%2e.` is relative",
                "write the path without `.` and `..`",
            ),
            (
                "a#b",
                "`#` in `a#b` starts a fragment, which is never sent",
                "remove it, or write `%23`",
            ),
            ("a b", "` ` is not allowed in `a b`", "write `%20`"),
            ("é", "`é` is not allowed in `é`", "write `%C3%A9`"),
            (
                "100%",
                "`%` in `100%` is not followed by two hexadecimal digits",
                "write `%25` for a percent sign",
            ),
        ]);
    }

    #[test]
    fn suggests_the_spelling_of_parameters_in_other_notations() {
        assert_errors(&[
            (":id", "`:id` is not a path parameter", "write `{id}`"),
            ("<id>", "`<id>` is not a path parameter", "write `{id}`"),
            ("<int:id>", "`<int:id>` is not a path parameter", "write `{id}`"),
            ("*path", "`*path` is not a path parameter", "write `{path*}`"),
            (
                "{id:int}",
                "invalid path parameter `{id:int}`",
                "write `{id}`, and its type under the key `params`",
            ),
            (
                "things{?limit}",
                "invalid path parameter `{?limit}`",
                "declare query parameters under the key `query`",
            ),
        ]);
        for text in ["{+path}", "{*path}", "{**path}", "{path+}", "{path...}"] {
            let error = text.parse::<PathSegment>().unwrap_err();
            assert!(
                error.ends_with("write `{path*}` for the rest of the path, with its slashes"),
                "{error}"
            );
        }
    }
}
