//! Makes the Markdown of a schema inert: it neither runs as a doctest nor causes a warning of rustdoc.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

/// A replacement of part of a text.
type Edit = (Range<usize>, String);

/// Returns a text that rustdoc renders as the author sees it elsewhere.
///
/// - A code block is Rust only if it is for reading: one without a language, or with attributes of a doctest, becomes
///   plain text.
/// - `<id>` is text instead of an HTML tag, and `[name]` is text instead of a link to an item.
/// - A URL becomes a link.
pub fn inert(text: &str) -> Cow<'_, str> {
    if !may_contain_markup(text) {
        return Cow::Borrowed(text);
    }
    let mut edits = edits(text);
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut result = String::new();
    let mut end = 0;
    for (range, replacement) in edits {
        if range.start >= end {
            result.push_str(&text[end..range.start]);
            result.push_str(&replacement);
            end = range.end;
        }
    }
    result.push_str(&text[end..]);
    Cow::Owned(result)
}

/// Returns a value as a code span.
pub fn code(value: &str) -> String {
    let value = value.replace('\n', " ");
    if value.contains('`') {
        let longest = value.split(|c| c != '`').map(str::len).max().unwrap_or_default();
        let fence = "`".repeat(longest + 1);
        format!("{fence} {value} {fence}")
    } else {
        format!("`{value}`")
    }
}

/// Returns `false` for texts that cannot need an edit, which are nearly all.
fn may_contain_markup(text: &str) -> bool {
    text.contains(['<', '[', '\t']) || ["```", "~~~", "://", "    "].iter().any(|mark| text.contains(mark))
}

fn edits(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut unresolved = Vec::new();
    let mut on_unresolved = |link: pulldown_cmark::BrokenLink<'_>| {
        unresolved.push(link.span);
        None::<(CowStr<'_>, CowStr<'_>)>
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let parser = Parser::new_with_broken_link_callback(text, options, Some(&mut on_unresolved));
    let mut links = 0_usize;
    let mut code = None;
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                edits.extend(is_doctest(&info).then(|| label_fence(text, &range)));
                code = Some(None);
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => code = Some(Some((range, String::new()))),
            Event::End(TagEnd::CodeBlock) => edits.extend(code.take().flatten().map(|block| fence(text, block))),
            Event::Text(content) if code.is_some() => {
                if let Some(Some((_, lines))) = &mut code {
                    lines.push_str(&content);
                }
            }
            Event::Text(_) if links == 0 => edits.extend(link_urls(text, &range)),
            Event::Html(_) | Event::InlineHtml(_) => edits.extend(escape_all(text, &range, '<')),
            Event::Start(
                Tag::Link {
                    link_type, dest_url, ..
                }
                | Tag::Image {
                    link_type, dest_url, ..
                },
            ) => {
                links += 1;
                if !is_url(link_type, &dest_url) {
                    edits.extend(escape_all(text, &range, '['));
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image) => links -= 1,
            _ => {}
        }
    }
    edits.extend(unresolved.iter().flat_map(|range| escape_all(text, range, '[')));
    edits
}

/// Returns `true` if rustdoc runs a code block with this info string.
fn is_doctest(info: &str) -> bool {
    const ATTRIBUTES: [&str; 7] = [
        "rust",
        "no_run",
        "should_panic",
        "compile_fail",
        "test_harness",
        "ignore",
        "standalone_crate",
    ];
    let mut words = info.split([',', ' ', '\t']).filter(|word| !word.is_empty());
    words.all(|word| ATTRIBUTES.contains(&word) || word.starts_with("ignore-") || word.starts_with("edition"))
}

/// Labels a fenced code block as text.
fn label_fence(text: &str, block: &Range<usize>) -> Edit {
    let line_end = text[block.start..]
        .find('\n')
        .map_or(text.len(), |length| block.start + length);
    let opening = &text[block.start..line_end];
    let fence = opening.trim_start_matches(['`', '~']);
    (line_end - fence.len()..line_end, "text".to_owned())
}

/// Replaces an indented code block with a fenced one.
fn fence(text: &str, (range, lines): (Range<usize>, String)) -> Edit {
    let line_start = text[..range.start].rfind('\n').map_or(0, |index| index + 1);
    let indent = " ".repeat((range.start - line_start).saturating_sub(4));
    let mut block = format!("{indent}```text\n");
    for line in lines.lines() {
        block.extend([&indent, line, "\n"]);
    }
    block.extend([&indent, "```\n"]);
    (line_start..range.end, block)
}

/// Turns the URLs of a text into links.
fn link_urls(text: &str, range: &Range<usize>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut rest = range.clone();
    while let Some(start) = ["http://", "https://"]
        .iter()
        .filter_map(|scheme| text[rest.clone()].find(scheme))
        .min()
    {
        let start = rest.start + start;
        let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`');
        let end = text[start..range.end]
            .find(is_end)
            .map_or(range.end, |length| start + length);
        let url = text[start..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
        let is_template = url.contains(['{', '}', '*']) || url.ends_with("://");
        if !is_template {
            edits.push((start..start + url.len(), format!("<{url}>")));
        }
        rest = end..range.end;
    }
    edits
}

/// Escapes every unescaped occurrence of a character.
fn escape_all(text: &str, range: &Range<usize>, character: char) -> Vec<Edit> {
    let found = text[range.clone()]
        .match_indices(character)
        .map(|(index, _)| range.start + index);
    found
        .filter(|index| !text[..*index].ends_with('\\'))
        .map(escape)
        .collect()
}

/// Inserts a backslash.
fn escape(index: usize) -> Edit {
    (index..index, "\\".to_owned())
}

/// Returns `false` for links that rustdoc resolves to an item.
fn is_url(kind: LinkType, target: &str) -> bool {
    matches!(kind, LinkType::Autolink | LinkType::Email)
        || target.contains("://")
        || target.starts_with(['#', '/', '.'])
        || target.starts_with("mailto:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_plain_text() {
        for text in [
            "",
            "a `b<c>` d",
            "1 < 2",
            "see <https://a.example/>",
            "[a](https://b.example)",
            "```json\n{}\n```",
            "a\\[b\\]",
        ] {
            assert_eq!(inert(text), text);
        }
    }

    #[test]
    fn labels_code_blocks() {
        for (text, expected) in [
            ("```\nlet\n```", "```text\nlet\n```"),
            ("a\n\n~~~rust,no_run\nlet\n~~~", "a\n\n~~~text\nlet\n~~~"),
            ("````edition2021\n```\n````", "````text\n```\n````"),
            ("- a\n\n  ```\n  let\n  ```", "- a\n\n  ```text\n  let\n  ```"),
            ("a\n\n    let x;\n    y\n\nb", "a\n\n```text\nlet x;\ny\n```\n\nb"),
            ("```", "```text"),
        ] {
            assert_eq!(inert(text), expected);
        }
    }

    #[test]
    fn escapes_tags_and_brackets() {
        for (text, expected) in [
            ("the <id> of", "the \\<id> of"),
            ("<script>\nx</script>", "\\<script>\nx\\</script>"),
            ("<!-- a -->", "\\<!-- a -->"),
            ("an [id] and [x](y) and [a][b]", "an \\[id] and \\[x](y) and \\[a]\\[b]"),
            ("![a](b)", "!\\[a](b)"),
        ] {
            assert_eq!(inert(text), expected);
        }
    }

    #[test]
    fn delimits_code_spans() {
        for (value, expected) in [
            ("a", "`a`"),
            ("a\nb", "`a b`"),
            ("`", "`` ` ``"),
            ("a``b`", "``` a``b` ```"),
        ] {
            assert_eq!(code(value), expected);
        }
    }

    #[test]
    fn links_urls() {
        for (text, expected) in [
            ("See https://a.example/b?c=d.", "See <https://a.example/b?c=d>."),
            ("(http://a.example)", "(<http://a.example>)"),
            ("https://{region}.a.example", "https://{region}.a.example"),
            ("`https://a.example`", "`https://a.example`"),
            (
                "https:// and http://a.example, https://b.example",
                "https:// and <http://a.example>, <https://b.example>",
            ),
        ] {
            assert_eq!(inert(text), expected);
        }
    }
}
