//! Rejects texts that a YAML parser cannot parse in time proportional to their length, or only without a location.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

/// The maximum nesting depth of a file. Schemas need a tenth of it.
const MAX_DEPTH: usize = 64;

/// A text that exceeds a limit.
#[derive(Debug)]
pub struct LimitError {
    pub message: String,
    /// The byte range of the error.
    pub span: Range<usize>,
    pub help: Option<String>,
}

/// Checks the characters, the number of documents and the nesting depth of a file, and that it contains no tags.
pub fn check(text: &str) -> Result<(), LimitError> {
    if let Some((start, c)) = text.char_indices().find(|(_, c)| is_forbidden(*c)) {
        let message = format!("control character U+{:04X} is not allowed", u32::from(c));
        return Err(error(message, start..start + c.len_utf8()));
    }
    if let Some(start) = text.rfind('\u{feff}').filter(|start| *start > 0) {
        let message = "a byte order mark is only allowed at the start of a file".to_owned();
        let mut error = error(message, start..start + '\u{feff}'.len_utf8());
        error.help = Some("remove the invisible character U+FEFF".to_owned());
        return Err(error);
    }
    if !may_exceed_limits(text) {
        return Ok(());
    }
    let mut depth = 0_usize;
    let mut documents = 0;
    let mut previous_end = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            // The parser itself limits the depth of brackets. `serde_yaml` describes other errors.
            Err(error) if error.info().contains("recursion limit") => {
                let start = byte_offset(text, error.marker().index());
                return Err(too_deep(start..start));
            }
            Err(_) => return Ok(()),
        };
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
            Event::SequenceEnd | Event::MappingEnd => depth -= 1,
            Event::DocumentStart(_) => documents += 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(too_deep(bytes(text, span)));
        }
        if documents > 1 {
            return Err(second_document(text, bytes(text, span)));
        }
        if has_tag(&event) {
            return Err(unsupported_tag(text, previous_end, span));
        }
        previous_end = span.end.index();
    }
    Ok(())
}

fn has_tag(event: &Event) -> bool {
    match event {
        Event::Scalar(_, _, _, tag) | Event::SequenceStart(_, tag) | Event::MappingStart(_, tag) => tag.is_some(),
        _ => false,
    }
}

/// Returns an error at the tag of a value. `previous_end` is the index of the character after the previous value.
fn unsupported_tag(text: &str, previous_end: usize, span: Span) -> LimitError {
    let before = byte_offset(text, previous_end);
    let start = bytes(text, span).start;
    // The span of a value starts at its properties, an anchor and a tag, or after them.
    let words = |range: Range<usize>| {
        let is_end = |c: char| c.is_whitespace() || matches!(c, '[' | '{' | ',');
        let mut end = range.start;
        let pieces = text[range].split_inclusive(is_end).map(move |piece| {
            let start = end;
            end += piece.len();
            start..start + piece.trim_end_matches(is_end).len()
        });
        pieces.filter(|word| !word.is_empty()).collect::<Vec<_>>()
    };
    let is_tag = |word: &Range<usize>| text[word.clone()].starts_with('!');
    let is_property = |word: &Range<usize>| text[word.clone()].starts_with(['&', '!']);
    let inside = words(start..text.len())
        .into_iter()
        .take_while(is_property)
        .find(is_tag);
    let span = inside.or_else(|| words(before..start).into_iter().rfind(is_tag));
    let mut error = error("YAML tags are not supported".to_owned(), span.unwrap_or(start..start));
    error.help = Some("remove the tag; quote a value to make it a string".to_owned());
    error
}

fn second_document(text: &str, span: Range<usize>) -> LimitError {
    let mark = if text[span.start..].starts_with("---") {
        "---"
    } else {
        "..."
    };
    let mut error = error("a file contains one YAML document".to_owned(), span);
    error.help = Some(format!(
        "remove `{mark}`, or move the second document to a file of its own"
    ));
    error
}

/// Returns an error at the alias with which a text exceeds the limit of `serde_yaml`: a hundred
/// aliases for each value, counting the aliases in repeated values.
pub fn too_many_aliases(text: &str) -> LimitError {
    let events: Vec<_> = Parser::new_from_str(text).map_while(Result::ok).collect();
    let limit = events.len().saturating_mul(100);
    // The number of aliases in each anchored value, and in the open collections with their anchors.
    let mut anchored: HashMap<usize, usize> = HashMap::new();
    let mut open = vec![(0, 0)];
    let mut place = 0..0;
    for (event, span) in events {
        match event {
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => open.push((anchor, 0)),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((anchor, inner)) = open.pop() {
                    anchored.insert(anchor, inner);
                    count(&mut open, inner);
                }
            }
            Event::Alias(anchor) => {
                let inner = anchored.get(&anchor).copied().unwrap_or_default();
                count(&mut open, inner.saturating_add(1));
                place = bytes(text, span);
            }
            _ => {}
        }
        let total = open
            .iter()
            .fold(0_usize, |total, (_, inner)| total.saturating_add(*inner));
        if total > limit {
            break;
        }
    }
    let mut error = error("the aliases of this file repeat too many values".to_owned(), place);
    error.help = Some("write a named type instead of repeating the same values".to_owned());
    error
}

/// Adds aliases to the innermost open collection.
fn count(open: &mut [(usize, usize)], aliases: usize) {
    if let Some((_, inner)) = open.last_mut() {
        *inner = inner.saturating_add(aliases);
    }
}

/// Returns `true` for characters that YAML does not allow.
fn is_forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Returns an upper bound of the depth, without parsing: most files need no second parse.
fn may_exceed_limits(text: &str) -> bool {
    let mut brackets = 0_usize;
    text.lines().any(|line| {
        let indent = line.len() - line.trim_start_matches([' ', '-', '?', ':']).len();
        let opened = line.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count();
        let closed = line.bytes().filter(|byte| matches!(byte, b']' | b'}')).count();
        let depth = brackets + indent + opened;
        brackets = (brackets + opened).saturating_sub(closed);
        depth > MAX_DEPTH || line.starts_with("---") || line.starts_with("...") || may_contain_tag(line)
    })
}

/// Returns `true` if a line contains a `!` that does not follow a word.
fn may_contain_tag(line: &str) -> bool {
    let mut marks = line.match_indices('!');
    marks.any(|(index, _)| index == 0 || line[..index].ends_with([' ', '\t', '[', '{', ',']))
}

/// Converts a span in characters to bytes. An empty span becomes the rest of its line.
fn bytes(text: &str, span: Span) -> Range<usize> {
    let [start, end] = [span.start, span.end].map(|mark| byte_offset(text, mark.index()));
    if end > start {
        start..end
    } else {
        start..start + text[start..].lines().next().map_or(0, |line| line.trim_end().len())
    }
}

fn byte_offset(text: &str, characters: usize) -> usize {
    let mut indices = text.char_indices();
    indices.nth(characters).map_or(text.len(), |(index, _)| index)
}

fn too_deep(span: Range<usize>) -> LimitError {
    error(format!("values are nested more than {MAX_DEPTH} levels deep"), span)
}

fn error(message: String, span: Range<usize>) -> LimitError {
    LimitError {
        message,
        span,
        help: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the text of the place of the error.
    fn place(text: &str) -> Option<&str> {
        check(text).err().map(|error| &text[error.span])
    }

    #[test]
    fn rejects_tags_at_their_place() {
        for (text, tag) in [
            ("a: !!python/object \"x\"", "!!python/object"),
            ("a: !!binary aGk=", "!!binary"),
            ("a: !local { b: 1 }", "!local"),
            ("a: !<tag:x,1:y> b", "!<tag:x"),
            ("a: ! b", "!"),
            ("# wow!\na: [é, !x y]", "!x"),
            ("a:\n  - !x\n    b: c", "!x"),
            ("!x a: b", "!x"),
            ("!!str a: b", "!!str"),
            ("a: &b !x c", "!x"),
            ("a: !x &b c", "!x"),
        ] {
            assert_eq!(place(text), Some(tag), "{text}");
        }
        for text in ["a: \"!x\"", "a: wow !", "# !x\na: b", "a: |\n  !x\n", "a: b!c"] {
            assert_eq!(place(text), None, "{text}");
        }
    }

    #[test]
    fn rejects_second_documents_at_their_place() {
        for (text, second) in [
            ("a: 1\n---\nb: 2\n", "---"),
            ("a: 1\n...\nb: 2\n", "b: 2"),
            ("a: 1\n... # end\n---\nb: 2\n", "---"),
            ("---\na: 1\n...\n- b\n", "- b"),
        ] {
            assert_eq!(place(text), Some(second), "{text}");
        }
        for text in ["a: 1\n...\n", "---\na: 1\n", "a: b...\n"] {
            assert_eq!(place(text), None, "{text}");
        }
    }

    #[test]
    fn alias_that_exceeds_the_limit_is_located() {
        let bomb = |levels: usize| {
            let lists = (1..=levels).map(|level| {
                let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
                format!("a{level}: &a{level} [{aliases}]\n")
            });
            format!("a0: &a0 [1, 2]\n{}", lists.collect::<String>())
        };
        let text = bomb(6);
        assert_eq!(&text[too_many_aliases(&text).span], "*a3");
        let text = bomb(100);
        assert_eq!(&text[too_many_aliases(&text).span], "*a5");
    }
}
