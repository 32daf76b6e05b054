//! Rejects texts that a YAML parser cannot parse in time proportional to their length, or only without a location.

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

/// Checks the characters, the number of documents and the nesting depth of a file.
pub fn check(text: &str) -> Result<(), LimitError> {
    if let Some((start, c)) = text.char_indices().find(|(_, c)| is_forbidden(*c)) {
        let message = format!("control character U+{:04X} is not allowed", u32::from(c));
        return Err(error(message, start..start + c.len_utf8()));
    }
    if !may_exceed_limits(text) {
        return Ok(());
    }
    let mut depth = 0_usize;
    let mut documents = 0;
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
            let message = "a file contains one YAML document".to_owned();
            let mut error = error(message, bytes(text, span));
            error.help = Some("remove `---`, or move the second document to a file of its own".to_owned());
            return Err(error);
        }
    }
    Ok(())
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
        depth > MAX_DEPTH || line.starts_with("---")
    })
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
