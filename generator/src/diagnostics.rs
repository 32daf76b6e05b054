//! Errors with a location, collected by each stage and rendered like those of rustc. Independent of YAML.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::hash::Hash;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::source::Source;

/// The maximum number of errors that are rendered. A larger number has a common cause, and each takes time.
const MAX_RENDERED: usize = 100;

/// The maximum length of a quoted name in a message, in characters.
const MAX_QUOTED: usize = 100;

/// The maximum length of a message, in characters.
const MAX_MESSAGE: usize = 1000;

/// The maximum number of bytes that are underlined.
const MAX_UNDERLINED: usize = 200;

/// A byte range in a source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The index of the file in the sources.
    pub(crate) source: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// An error at a location. It can be rendered if the location is a [`Span`].
#[derive(Debug)]
pub struct Diagnostic<At = Span> {
    message: String,
    /// The location. `None` for an error in the schema as a whole.
    at: Option<At>,
    label: String,
    related: Vec<(At, String)>,
    notes: Vec<String>,
    help: Option<String>,
}

impl<At> Diagnostic<At> {
    /// Creates an error at a location.
    pub(crate) fn new(at: At, message: impl Into<String>) -> Self {
        Self {
            at: Some(at),
            ..Self::without_location(message)
        }
    }

    /// Creates an error about the whole schema, without a location.
    pub(crate) fn without_location(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            at: None,
            label: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// Sets the label of the underlined location.
    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds a related location.
    pub(crate) fn related(mut self, at: At, label: impl Into<String>) -> Self {
        self.related.push((at, label.into()));
        self
    }

    /// Adds a note with the broken rule, or the reason for it.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Sets the help text: how to fix the error.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Suggests the candidate that was probably meant, if one is similar.
    pub(crate) fn suggest<S: AsRef<str>>(mut self, name: &str, candidates: impl IntoIterator<Item = S>) -> Self {
        self.help = did_you_mean(name, candidates).or(self.help);
        self
    }

    fn map<B>(self, locate: &mut impl FnMut(At) -> B) -> Diagnostic<B> {
        Diagnostic {
            message: self.message,
            at: self.at.map(&mut *locate),
            label: self.label,
            related: self
                .related
                .into_iter()
                .map(|(at, label)| (locate(at), label))
                .collect(),
            notes: self.notes,
            help: self.help,
        }
    }
}

impl Diagnostic {
    fn render(&self, sources: &[Excerpt], renderer: &Renderer) -> String {
        let mut group = Group::with_title(Level::ERROR.primary_title(shown(&self.message)));
        if let Some(at) = &self.at {
            let (here, elsewhere): (Vec<_>, Vec<_>) =
                self.related.iter().partition(|(span, _)| span.source == at.source);
            let label = Some(shown(&self.label)).filter(|label| !label.is_empty());
            let source = &sources[at.source];
            let annotation = AnnotationKind::Primary.span(source.underlined(at)).label(label);
            let mut primary = source.snippet(annotation);
            for (span, label) in here {
                primary = primary.annotation(source.context(span, label));
            }
            group = group.element(primary);
            for (span, label) in elsewhere {
                let source = &sources[span.source];
                group = group.element(source.snippet(source.context(span, label)));
            }
        }
        for note in &self.notes {
            group = group.element(Level::NOTE.message(shown(note)));
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(shown(help)));
        }
        renderer.render(&[group])
    }
}

/// A source as it is shown.
struct Excerpt<'a> {
    path: String,
    /// The text of the source. Invisible characters are replaced with others of the same length.
    text: Cow<'a, str>,
}

impl<'a> Excerpt<'a> {
    fn new(source: &'a Source) -> Self {
        let text = &source.text;
        let text = if text.contains(is_invisible) {
            Cow::Owned(text.chars().map(with_same_length).collect())
        } else {
            Cow::Borrowed(text.as_str())
        };
        Self {
            path: visible(&source.path),
            text,
        }
    }

    fn snippet<'b>(&'b self, annotation: Annotation<'b>) -> Snippet<'b, Annotation<'b>> {
        Snippet::source(self.text.as_ref())
            .path(self.path.as_str())
            .annotation(annotation)
    }

    fn context<'b>(&self, span: &Span, label: &'b str) -> Annotation<'b> {
        AnnotationKind::Context.span(self.underlined(span)).label(shown(label))
    }

    /// Returns the bytes of a span that are underlined.
    fn underlined(&self, span: &Span) -> Range<usize> {
        let mut end = span.end.min(span.start + MAX_UNDERLINED);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        span.start..end
    }
}

/// Returns a character to show instead of an invisible one, with the same length in UTF-8.
fn with_same_length(c: char) -> char {
    match c.len_utf8() {
        _ if !is_invisible(c) => c,
        // The renderer replaces ASCII control characters.
        1 => c,
        2 => '¿',
        3 => char::REPLACEMENT_CHARACTER,
        _ => '\u{1f7e6}',
    }
}

/// Returns `true` for control characters and for characters without a shape, such as U+FEFF.
fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Returns a text in which control characters, including line breaks, and invisible characters are escaped.
#[must_use]
pub fn visible(text: &str) -> String {
    let is_escaped = |c: char| c.is_control() || is_invisible(c);
    if !text.contains(is_escaped) {
        return text.to_owned();
    }
    let mut result = String::new();
    for c in text.chars() {
        if is_escaped(c) {
            result.extend(c.escape_default());
        } else {
            result.push(c);
        }
    }
    result
}

/// Returns a message as it is shown: long names and long messages are shortened, invisible characters are escaped.
fn shown(message: &str) -> String {
    let parts = message.split('`').enumerate().map(|(index, part)| {
        if index % 2 == 1 {
            shortened(part, MAX_QUOTED)
        } else {
            Cow::Borrowed(part)
        }
    });
    let message = parts.collect::<Vec<_>>().join("`");
    visible(&shortened(&message, MAX_MESSAGE))
}

/// Returns the start of a text that is longer than a number of characters.
fn shortened(text: &str, max: usize) -> Cow<'_, str> {
    match text.char_indices().nth(max) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// Returns a help line with the candidate that was probably meant. A long name is compared with no candidate, because it
/// is no typo, and the comparison would take long.
fn did_you_mean<S: AsRef<str>>(name: &str, candidates: impl IntoIterator<Item = S>) -> Option<String> {
    if name.len() > MAX_MESSAGE {
        return None;
    }
    let candidates: Vec<S> = candidates.into_iter().collect();
    let candidates: Vec<&str> = candidates.iter().map(AsRef::as_ref).collect();
    let meant = nearest(name, &candidates).or_else(|| same_last_word(name, &candidates))?;
    Some(format!("did you mean `{meant}`?"))
}

/// Returns the nearest candidate if it is near enough to be a typo.
fn nearest<'a>(name: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let distances = candidates.iter().map(|candidate| {
        let distance = strsim::damerau_levenshtein(&name.to_lowercase(), &candidate.to_lowercase());
        (distance, *candidate)
    });
    let near = distances
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().max(name.chars().count()).div_ceil(3));
    near.min().map(|(_, candidate)| candidate)
}

/// Returns the candidate that ends in the same word, if there is only one: `request_id` for `operation_id`.
fn same_last_word<'a>(name: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let (_, word) = name.rsplit_once('_')?;
    let mut same = candidates
        .iter()
        .filter(|candidate| candidate.rsplit_once('_').is_some_and(|(_, last)| last == word));
    let candidate = same.next()?;
    same.next().is_none().then_some(*candidate)
}

/// The errors of a stage, without duplicates.
#[derive(Debug)]
pub struct Diagnostics<At = Span> {
    errors: Vec<Diagnostic<At>>,
    /// The locations and messages of the errors.
    known: HashSet<(Option<At>, String)>,
}

impl<At> Diagnostics<At> {
    /// Returns the value, or the errors if there are any. Called at the end of a stage.
    pub(crate) fn or_ok<T>(self, value: T) -> Result<T, Self> {
        if self.errors.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl<At: Clone + Eq + Hash> Diagnostics<At> {
    /// Converts the locations of all errors.
    pub(crate) fn map<B: Clone + Eq + Hash>(self, mut locate: impl FnMut(At) -> B) -> Diagnostics<B> {
        self.errors.into_iter().map(|error| error.map(&mut locate)).collect()
    }

    /// Adds an error with the candidate that was probably meant.
    ///
    /// Among many errors, nothing is suggested: comparing each name with all candidates would take quadratic time.
    pub(crate) fn push_with_suggestion<S: AsRef<str>>(
        &mut self,
        new: Diagnostic<At>,
        name: &str,
        candidates: impl IntoIterator<Item = S>,
    ) {
        let is_rendered = self.errors.len() < MAX_RENDERED;
        self.push(if is_rendered {
            new.suggest(name, candidates)
        } else {
            new
        });
    }

    /// Adds an error, unless there is an equal one.
    pub(crate) fn push(&mut self, new: Diagnostic<At>) {
        if self.known.insert((new.at.clone(), new.message.clone())) {
            self.errors.push(new);
        }
    }
}

impl Diagnostics {
    /// Returns the number of errors.
    #[must_use]
    pub fn count(&self) -> usize {
        self.errors.len()
    }

    /// Renders the errors for a terminal, sorted by location. Of more than 100 errors, the first 100 are rendered.
    #[must_use]
    pub fn render(&self, sources: &[Source], style: Style) -> String {
        let renderer = match style {
            Style::Plain => Renderer::plain(),
            Style::Coloured => Renderer::styled(),
        };
        let sources: Vec<_> = sources.iter().map(Excerpt::new).collect();
        let mut errors: Vec<_> = self.errors.iter().collect();
        errors.sort_by_key(|error| error.at.as_ref().map(|at| (at.source, at.start)));
        let mut texts: Vec<_> = errors
            .iter()
            .take(MAX_RENDERED)
            .map(|error| error.render(&sources, &renderer))
            .collect();
        if errors.len() > MAX_RENDERED {
            let others = errors.len() - MAX_RENDERED;
            let title = Level::NOTE.primary_title(format!("{others} more errors are not shown"));
            texts.push(renderer.render(&[Group::with_title(title)]));
        }
        texts.join("\n\n")
    }
}

impl<At> Default for Diagnostics<At> {
    fn default() -> Self {
        Self {
            errors: Vec::new(),
            known: HashSet::new(),
        }
    }
}

impl<At: Clone + Eq + Hash> From<Diagnostic<At>> for Diagnostics<At> {
    fn from(diagnostic: Diagnostic<At>) -> Self {
        [diagnostic].into_iter().collect()
    }
}

impl<At: Clone + Eq + Hash> FromIterator<Diagnostic<At>> for Diagnostics<At> {
    fn from_iter<I: IntoIterator<Item = Diagnostic<At>>>(diagnostics: I) -> Self {
        let mut collected = Self::default();
        collected.extend(diagnostics);
        collected
    }
}

impl<At: Clone + Eq + Hash> Extend<Diagnostic<At>> for Diagnostics<At> {
    fn extend<I: IntoIterator<Item = Diagnostic<At>>>(&mut self, diagnostics: I) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }
}

/// The style of rendered diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// No escape codes.
    Plain,
    /// Coloured output, for a terminal.
    Coloured,
}

impl<At> fmt::Display for Diagnostics<At> {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let messages: Vec<_> = self.errors.iter().map(|error| error.message.as_str()).collect();
        formatter.write_str(&messages.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source {
            path: path.to_owned(),
            name: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// Renders an error at the whole text of a source.
    fn render(source: Source, message: &str) -> String {
        let (start, end) = (0, source.text.len());
        let span = Span { source: 0, start, end };
        let error = Diagnostic::new(span.clone(), message)
            .label(message)
            .related(span, message)
            .note(message)
            .help(message);
        Diagnostics::from(error).render(&[source], Style::Plain)
    }

    #[test]
    fn escapes_invisible_characters() {
        for c in [
            '\0',
            '\u{1b}',
            '\u{7f}',
            '\u{9b}',
            '\u{ad}',
            '\u{200b}',
            '\u{202e}',
            '\u{feff}',
            '\u{e0041}',
        ] {
            let text = render(
                source(&format!("a{c}.yaml"), &format!("{c}a{c}b: 1")),
                &format!("key `{c}a`"),
            );
            assert!(!text.contains(c), "{text:?}");
            assert_eq!(
                text.matches(&format!("key `{}a`", c.escape_unicode())).count(),
                5,
                "{text}"
            );
            assert!(text.contains(&format!("a{}.yaml:1:1", c.escape_unicode())), "{text}");
        }
        for visible in ["a b", "é", "日本", "😀", "`a` – b…"] {
            assert_eq!(super::visible(visible), visible);
        }
        assert_eq!(visible("a\n\tb"), "a\\n\\tb");
    }

    #[test]
    fn shortens_names_messages_and_underlines() {
        let name = "日".repeat(100_000);
        let text = render(source("a.yaml", &name), &format!("unknown type `{name}`"));
        assert!(text.len() < 10_000, "{} bytes", text.len());
        assert!(
            text.starts_with(&format!("error: unknown type `{}…`\n", "日".repeat(MAX_QUOTED))),
            "{text}"
        );
        let text = render(source("a.yaml", "a"), &"no name ".repeat(100_000));
        assert!(text.len() < 10_000, "{} bytes", text.len());
    }

    #[test]
    fn long_name_is_no_typo() {
        assert_eq!(
            did_you_mean("limt", ["limit"]).as_deref(),
            Some("did you mean `limit`?")
        );
        let long = "a".repeat(MAX_MESSAGE + 1);
        assert_eq!(did_you_mean(&long, [&long]), None);
    }
}
