//! Places to bytes of the text. Costs one pass over each file that an error is about.

use std::collections::BTreeMap;
use std::ops::Range;

use super::spans::Spans;
use super::{Diagnostics, Place};
use crate::diagnostics::{self, Span};
use crate::source::Source;

/// Finds the bytes that errors are about.
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

/// The bytes of a place, or of the nearest one above it that is written out.
fn span(spans: &Spans, place: &Place, text: &str) -> Range<usize> {
    let found = spans.nearest(&place.path, place.part);
    match &place.word {
        Some(word) => narrow(text, &found, word).unwrap_or(found),
        None => found,
    }
}

/// The first occurrence of a whole word within a span.
fn narrow(text: &str, span: &Range<usize>, word: &str) -> Option<Range<usize>> {
    let token = &text[span.clone()];
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    token.match_indices(word).find_map(|(start, _)| {
        let end = start + word.len();
        let whole = !is_part(token[..start].chars().next_back()) && !is_part(token[end..].chars().next());
        whole.then_some(span.start + start..span.start + end)
    })
}
