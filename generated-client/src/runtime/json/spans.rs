//! The bounds of values in a document, found without decoding the values.
//!
//! Only strings, brackets and separators are recognized, without recursion. A value can therefore be found in a document
//! that also contains values that cannot be decoded.

use std::ops::Range;

use serde_json::Value;

use super::selection::split;

/// The bounds of a value in a document, in bytes.
pub(crate) type Span = Range<usize>;

/// Returns the bounds of the value at a location, which is a key or a JSON pointer, or those of the whole document if the
/// location is empty. Returns `None` if there is no such value, or if the structure of the document is invalid.
pub(crate) fn find_value(document: &[u8], location: &'static str) -> Option<Span> {
    let mut scanner = Scanner::new(document, 0);
    // RFC 8259 allows a decoder to ignore a byte order mark.
    scanner.position = if document.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let mut span = scanner.value()?;
    scanner.skip_whitespace();
    if scanner.position != document.len() {
        return None;
    }
    let mut rest = Some(location).filter(|location| !location.is_empty());
    while let Some(location) = rest {
        let (key, inner) = split(location);
        span = match document[span.start] {
            b'[' => array_items(document, span)?.get(key.parse::<usize>().ok()?)?.clone(),
            _ => find_key(document, span, &key)?,
        };
        rest = inner;
    }
    Some(span)
}

/// Decodes any value, or returns `None` if it is invalid.
///
/// From a string, as response bodies are decoded, because the compiler would compile another decoder for bytes.
pub(crate) fn parse(value: &[u8]) -> Option<Value> {
    serde_json::from_str(std::str::from_utf8(value).ok()?).ok()
}

/// Returns the bounds of the values of an array, or `None` if it is not an array.
pub(crate) fn array_items(document: &[u8], array: Span) -> Option<Vec<Span>> {
    let mut scanner = Scanner::new(&document[..array.end], array.start);
    let mut items = Vec::new();
    scanner.expect(b'[')?;
    if scanner.expect(b']').is_some() {
        return Some(items);
    }
    loop {
        items.push(scanner.value()?);
        if scanner.expect(b',').is_none() {
            break;
        }
    }
    scanner.expect(b']').map(|()| items)
}

/// Returns the bounds of the value of a key in an object. The last of several equal keys wins.
fn find_key(document: &[u8], object: Span, key: &str) -> Option<Span> {
    let mut scanner = Scanner::new(&document[..object.end], object.start);
    let mut found = None;
    scanner.expect(b'{')?;
    if scanner.expect(b'}').is_some() {
        return None;
    }
    loop {
        let name = scanner.string()?;
        scanner.expect(b':')?;
        let value = scanner.value()?;
        if parse(&document[name]).is_some_and(|name| name == *key) {
            found = Some(value);
        }
        if scanner.expect(b',').is_none() {
            break;
        }
    }
    scanner.expect(b'}')?;
    found
}

/// A position in a document.
struct Scanner<'a> {
    document: &'a [u8],
    position: usize,
}

impl<'a> Scanner<'a> {
    fn new(document: &'a [u8], position: usize) -> Self {
        Self { document, position }
    }

    fn next_byte(&self) -> Option<u8> {
        self.document.get(self.position).copied()
    }

    fn skip_whitespace(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.next_byte() {
            self.position += 1;
        }
    }

    /// Skips whitespace and this byte, or returns `None` if another one follows.
    fn expect(&mut self, byte: u8) -> Option<()> {
        self.skip_whitespace();
        if self.next_byte()? != byte {
            return None;
        }
        self.position += 1;
        Some(())
    }

    /// Skips whitespace and a value.
    fn value(&mut self) -> Option<Span> {
        self.skip_whitespace();
        let start = self.position;
        // The brackets that are not closed yet.
        let mut open = Vec::new();
        loop {
            match self.next_byte()? {
                b'"' => {
                    self.string()?;
                }
                opening @ (b'[' | b'{') => {
                    open.push(opening);
                    self.position += 1;
                }
                closing @ (b']' | b'}') => {
                    let matching = if closing == b']' { b'[' } else { b'{' };
                    if open.pop()? != matching {
                        return None;
                    }
                    self.position += 1;
                }
                _ if open.is_empty() => return self.primitive(),
                _ => self.position += 1,
            }
            if open.is_empty() {
                return Some(start..self.position);
            }
        }
    }

    /// Skips a number, a boolean or null.
    fn primitive(&mut self) -> Option<Span> {
        let start = self.position;
        while self.next_byte().is_some_and(|byte| !b" \t\n\r,:[]{}\"".contains(&byte)) {
            self.position += 1;
        }
        (start < self.position).then_some(start..self.position)
    }

    /// Skips whitespace and a string, and returns its bounds with the quotation marks.
    fn string(&mut self) -> Option<Span> {
        self.expect(b'"')?;
        let start = self.position - 1;
        loop {
            let byte = self.next_byte()?;
            // The byte after a backslash does not end the string.
            self.position += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                return Some(start..self.position);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value<'a>(document: &'a [u8], location: &'static str) -> Option<&'a [u8]> {
        find_value(document, location).map(|span| &document[span])
    }

    fn items<'a>(document: &'a [u8], location: &'static str) -> Option<Vec<&'a [u8]>> {
        let spans = array_items(document, find_value(document, location)?)?;
        Some(spans.into_iter().map(|span| &document[span]).collect())
    }

    #[test]
    fn finds_values_by_key_and_pointer() {
        let document = br#" {"a": "]}\"\\", "b" : {"c":[1, {}],"x/y":null}, "\u0065":-1e9 , "f":[ ]} "#;
        for (location, expected) in [
            ("a", Some(&br#""]}\"\\""#[..])),
            ("b", Some(br#"{"c":[1, {}],"x/y":null}"#)),
            ("/b/c", Some(b"[1, {}]")),
            ("/b/x~1y", Some(b"null")),
            ("e", Some(b"-1e9")),
            ("f", Some(b"[ ]")),
            ("d", None),
            ("/a/b", None),
            ("/f/0", None),
            ("/b/c/1", Some(b"{}")),
            ("/b/c/2", None),
            ("/b/c/x", None),
        ] {
            assert_eq!(value(document, location), expected, "{location}");
        }
        assert_eq!(value(br#"{"a": 1, "a": 2}"#, "a"), Some(&b"2"[..]));
        assert_eq!(value(b"\xef\xbb\xbf[1]", ""), Some(&b"[1]"[..]));
    }

    #[test]
    fn splits_arrays() {
        for (array, expected) in [
            ("[]", &[] as &[&str]),
            ("[ ]", &[]),
            ("[1,true , null]", &["1", "true", "null"]),
            (r#"["a,b", "\\", "\""]"#, &[r#""a,b""#, r#""\\""#, r#""\"""#]),
            (
                r#"[{"a": [1, 2]}, [[3], 4], {}]"#,
                &[r#"{"a": [1, 2]}"#, "[[3], 4]", "{}"],
            ),
        ] {
            let expected: Vec<_> = expected.iter().map(|item| item.as_bytes()).collect();
            assert_eq!(items(array.as_bytes(), ""), Some(expected), "{array}");
        }
    }

    #[test]
    fn finds_the_bounds_of_values_that_cannot_be_decoded() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        for item in [
            &b"\"\\ud800\""[..],
            b"1e999999",
            b"{\"a\": \"\xff\"}",
            b"tru",
            deep.as_bytes(),
        ] {
            let document = [b"{\"items\": [", item, b", 1], \"next\": 2}"].concat();
            assert_eq!(items(&document, "items"), Some(vec![item, b"1"]));
            assert_eq!(value(&document, "next"), Some(&b"2"[..]));
        }
    }

    #[test]
    fn rejects_an_invalid_structure() {
        for document in [
            "",
            " ",
            "[1",
            "[1 2]",
            "[1,]",
            "[,1]",
            "[1}",
            r#"[{"a":[1}, {"b":2}]"#,
            "[1]]",
            "[1] x",
            r#"["a]"#,
            r#"["\"]"#,
            r#"["a" "b"]"#,
            "{}",
            "1",
            "\"[]\"",
        ] {
            assert_eq!(items(document.as_bytes(), ""), None, "{document}");
        }
        for document in [r#"{"a" 1}"#, r#"{"a": 1,}"#, r#"{"a": 1 "b": 2}"#, "{a: 1}", "[]"] {
            assert_eq!(value(document.as_bytes(), "a"), None, "{document}");
        }
    }
}
