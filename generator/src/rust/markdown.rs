//! Makes the Markdown of a schema inert: it neither runs as a doctest nor causes a warning of rustdoc.

use std::borrow::Cow;
use std::mem;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

/// The maximum number of times that a text is edited. An edit can reveal another link: brackets inside a tag that was escaped, or
/// those around a link that was escaped.
const MAX_ROUNDS: usize = 16;

/// A replacement of part of a text.
type Edit = (Range<usize>, String);

/// Returns a text that rustdoc renders as the author sees it elsewhere.
///
/// - A code block is Rust only if it is for reading: one without a language, or with attributes of a doctest, becomes
///   plain text.
/// - `<id>` is text instead of an HTML tag, and `[name]` is text instead of a link to an item.
/// - A URL becomes a link.
/// - A line that continues a list item or a block quote is indented or marked like it, as clippy demands.
pub fn inert(text: &str) -> Cow<'_, str> {
    let mut inert = Cow::Borrowed(text);
    for _ in 0..MAX_ROUNDS {
        if !may_contain_markup(&inert) {
            break;
        }
        let edits = edits(&inert);
        if edits.is_empty() {
            break;
        }
        inert = Cow::Owned(apply(&inert, edits));
    }
    inert
}

/// Applies edits to a text. Of edits that overlap, only the first is applied.
fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    // A bracket can belong to several links.
    edits.dedup();
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
    result
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
    text.contains(['<', '[', '\t', '\n']) || ["```", "~~~", "://", "    "].iter().any(|mark| text.contains(mark))
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
    let mut containers = Containers::default();
    let mut events = parser.into_offset_iter();
    for (_, definition) in events.reference_definitions().iter() {
        if !is_url(LinkType::Reference, &definition.dest) {
            edits.extend(escape_all(
                text,
                &(definition.span.start..definition.span.start + 1),
                '[',
            ));
        }
    }
    for (event, range) in events.by_ref() {
        edits.extend(containers.event(text, &event, &range));
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

/// The list items and block quotes that contain a position, from the outermost one.
#[derive(Default)]
struct Containers {
    open: Vec<Container>,
    /// `true` if the next event is the first one of its line.
    starts_line: bool,
}

enum Container {
    /// An item, with the index of its marker. Its content follows.
    Marker(usize),
    /// An item, with the width of its marker and the spaces after it.
    Item(usize),
    Quote,
}

impl Containers {
    /// Follows an event. Returns an edit if it is the start of a lazy continuation line, which lacks the indentation or the
    /// `>` of its container.
    fn event(&mut self, text: &str, event: &Event, range: &Range<usize>) -> Option<Edit> {
        if let Some(item) = self.open.last_mut()
            && let Container::Marker(start) = *item
        {
            *item = Container::Item(range.start.saturating_sub(start));
        }
        let starts_line = mem::take(&mut self.starts_line);
        match event {
            Event::Start(Tag::Item) => self.open.push(Container::Marker(range.start)),
            Event::Start(Tag::BlockQuote(_)) => self.open.push(Container::Quote),
            Event::End(TagEnd::Item | TagEnd::BlockQuote(_)) => drop(self.open.pop()),
            Event::SoftBreak | Event::HardBreak => self.starts_line = true,
            _ => {}
        }
        if starts_line && !self.open.is_empty() {
            self.mark(text, range.start)
        } else {
            None
        }
    }

    /// Replaces the start of a line with one that its containers require, unless it is the same.
    fn mark(&self, text: &str, content: usize) -> Option<Edit> {
        let line = text[..content].rfind('\n').map_or(0, |index| index + 1);
        let found = &text[line..content];
        let required: String = self.open.iter().map(Container::start).collect();
        let is_start = found.chars().all(|c| matches!(c, ' ' | '\t' | '>'));
        (is_start && found != required).then_some((line..content, required))
    }
}

impl Container {
    fn start(&self) -> String {
        match self {
            Self::Marker(_) => String::new(),
            Self::Item(width) => " ".repeat(*width),
            Self::Quote => "> ".to_owned(),
        }
    }
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
    found.filter(|index| !is_escaped(&text[..*index])).map(escape).collect()
}

/// Returns `true` if the character after a text is escaped. A backslash can be escaped itself.
fn is_escaped(before: &str) -> bool {
    let backslashes = before.len() - before.trim_end_matches('\\').len();
    !backslashes.is_multiple_of(2)
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
        || (target.starts_with("mailto:") && target.contains('.'))
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
            ("<b>C:\\\\</b>", "\\<b>C:\\\\\\</b>"),
            ("m[0][1][2]", "m\\[0]\\[1]\\[2]"),
            ("*[a*][b][c]", "*\\[a*]\\[b]\\[c]"),
            ("[a\\][b][c]", "\\[a\\]\\[b]\\[c]"),
            ("[[a]][b]", "\\[\\[a]]\\[b]"),
            ("[![a](b)](c)", "\\[!\\[a](b)](c)"),
            ("<pre>[a]</pre>", "\\<pre>\\[a]\\</pre>"),
            ("<!-- [a] -->", "\\<!-- \\[a] -->"),
            ("<div>\n[a]\n</div>", "\\<div>\n\\[a]\n\\</div>"),
            ("[a](mailto:x)", "\\[a](mailto:x)"),
            ("[a](mailto:x@b.example)", "[a](mailto:x@b.example)"),
            ("[x]: y", "\\[x]: y"),
            ("[x]: y\n\n[x]", "\\[x]: y\n\n\\[x]"),
            ("- [x]: y", "- \\[x]: y"),
            ("> [x]:\n> y", "> \\[x]:\n> y"),
            ("[x]: https://a.example\n\n[x]", "[x]: https://a.example\n\n[x]"),
        ] {
            assert_eq!(inert(text), expected);
        }
    }

    #[test]
    fn marks_lazy_continuation_lines() {
        for (text, expected) in [
            ("- a\nb", "- a\n  b"),
            ("- a\n b\n  c", "- a\n  b\n  c"),
            ("10. a\nb", "10. a\n    b"),
            ("- a\n  - b\n  c", "- a\n  - b\n    c"),
            ("- a\n\n  b\nc", "- a\n\n  b\n  c"),
            ("> a\nb", "> a\n> b"),
            ("> - a\nb", "> - a\n>   b"),
            ("> - a\n> b", "> - a\n>   b"),
            ("- > a\nb", "- > a\n  > b"),
            ("- a  \nb", "- a  \n  b"),
            ("- é\nü", "- é\n  ü"),
            ("- a\n<b>", "- a\n  \\<b>"),
            ("- a\n\nb\nc", "- a\n\nb\nc"),
            ("a\nb", "a\nb"),
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
