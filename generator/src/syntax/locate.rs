//! Converts places to byte ranges. Each file with errors is parsed again, once.

use std::collections::BTreeMap;
use std::ops::Range;

use super::spans::Spans;
use super::{Diagnostics, Place};
use crate::diagnostics::{self, Span};
use crate::source::Source;

/// Replaces the place of each error with its byte range.
pub fn locate(errors: Diagnostics, sources: &[Source]) -> diagnostics::Diagnostics {
    let mut spans = BTreeMap::new();
    errors.map(|place| {
        let text = &sources[place.source].text;
        let spans = spans.entry(place.source).or_insert_with(|| Spans::new(text));
        let Range { start, end } = span(spans, &place, text);
        Span {
            source: place.source,
            start,
            end,
        }
    })
}

/// Returns the bytes of a place, or of its nearest ancestor that exists in the file.
fn span(spans: &Spans, place: &Place, text: &str) -> Range<usize> {
    let found = spans.nearest(&place.path, place.part);
    match &place.word {
        Some(word) => narrow(text, &found, word).unwrap_or(found),
        None => found,
    }
}

/// Finds the first occurrence of a whole word in a span.
fn narrow(text: &str, span: &Range<usize>, word: &str) -> Option<Range<usize>> {
    let token = &text[span.clone()];
    let is_word_char = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    token.match_indices(word).find_map(|(start, _)| {
        let end = start + word.len();
        let is_whole = !is_word_char(token[..start].chars().next_back()) && !is_word_char(token[end..].chars().next());
        is_whole.then_some(span.start + start..span.start + end)
    })
}

#[cfg(test)]
mod tests {
    use super::super::Diagnostic;
    use super::*;

    const TEXT: &str = "types:\n  A: { b: list<Ab> }\n";

    /// Returns the source text of a place.
    fn located(place: &Place) -> String {
        let spans = Spans::new(TEXT);
        let Range { start, end } = span(&spans, place, TEXT);
        TEXT[start..end].to_owned()
    }

    #[test]
    fn locates_keys_values_and_words() {
        let file = Place::file(0);
        let a = file.entry("types").entry("A");
        assert_eq!(located(&a), "A");
        assert_eq!(located(&a.value("b")), "list<Ab>");
        assert_eq!(located(&a.value("b").word("Ab")), "Ab");
        assert_eq!(located(&file.entry("types").value("A")), "{");
    }

    #[test]
    fn missing_places_fall_back_to_an_ancestor() {
        let a = Place::file(0).entry("types").entry("A");
        assert_eq!(located(&a.entry("c")), "A");
        assert_eq!(located(&a.value("b").word("A")), "list<Ab>");
    }

    #[test]
    fn locates_errors_in_several_files() {
        let source = |text: &str| Source {
            path: String::new(),
            name: String::new(),
            text: text.to_owned(),
        };
        let sources = [source("a: 1\n"), source("# comment\na: 2\n")];
        let mut errors = Diagnostics::default();
        for file in [0, 1] {
            errors.push(Diagnostic::new(Place::file(file).value("a"), "invalid"));
        }
        let rendered = locate(errors, &sources).render(&sources, diagnostics::Style::Plain);
        assert!(
            rendered.contains("1 | a: 1") && rendered.contains("2 | a: 2"),
            "{rendered}"
        );
    }
}
