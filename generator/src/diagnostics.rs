//! What is wrong with a schema, where, and what to do about it: collected by each stage, rendered as rustc does.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::source::Source;
use crate::syntax::yaml::{self, Part, YamlError};

/// A place in a schema: a key, a value, or a word within one of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    source: usize,
    path: Vec<String>,
    part: Part,
    word: Option<String>,
}

impl Place {
    /// The whole of a file, by its index among the sources.
    pub(crate) fn file(source: usize) -> Self {
        Self {
            source,
            path: Vec::new(),
            part: Part::Value,
            word: None,
        }
    }

    /// The entry with this key, below this place; its key is what is pointed at.
    pub(crate) fn entry(&self, key: &str) -> Self {
        let mut path = self.path.clone();
        path.push(key.to_owned());
        Self {
            source: self.source,
            path,
            part: Part::Key,
            word: None,
        }
    }

    /// The value of the entry with this key.
    pub(crate) fn value(&self, key: &str) -> Self {
        Self {
            part: Part::Value,
            ..self.entry(key)
        }
    }

    /// A word of the value that stands here.
    pub(crate) fn word(&self, word: &str) -> Self {
        Self {
            word: Some(word.to_owned()),
            ..self.clone()
        }
    }

    /// The index of its file among the sources.
    pub(crate) fn source(&self) -> usize {
        self.source
    }

    fn span(&self, text: &str) -> Range<usize> {
        let found = (0..=self.path.len())
            .rev()
            .find_map(|length| yaml::locate(text, &self.path[..length], self.part));
        let span = found.unwrap_or(0..0);
        match &self.word {
            Some(word) => narrow(text, &span, word).unwrap_or(span),
            None => span,
        }
    }
}

/// The first place of a whole word within a span.
fn narrow(text: &str, span: &Range<usize>, word: &str) -> Option<Range<usize>> {
    let token = &text[span.clone()];
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    token.match_indices(word).find_map(|(start, _)| {
        let end = start + word.len();
        let whole = !is_part(token[..start].chars().next_back()) && !is_part(token[end..].chars().next());
        whole.then_some(span.start + start..span.start + end)
    })
}

/// One thing that is wrong.
#[derive(Debug)]
pub struct Diagnostic {
    message: String,
    at: Location,
    label: String,
    related: Vec<(Place, String)>,
    notes: Vec<String>,
    help: Option<String>,
}

/// A place, or the bytes that a failed parse pointed at.
#[derive(Debug, PartialEq)]
enum Location {
    Place(Place),
    Span {
        source: usize,
        span: Range<usize>,
    },
    /// No place in particular.
    Nowhere,
}

impl Diagnostic {
    /// What is wrong, and where.
    pub(crate) fn new(place: Place, message: impl Into<String>) -> Self {
        Self::at(Location::Place(place), message)
    }

    /// What is wrong with the schema as a whole.
    pub(crate) fn homeless(message: impl Into<String>) -> Self {
        Self::at(Location::Nowhere, message)
    }

    fn at(at: Location, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            at,
            label: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
        }
    }

    /// A file that could not be read as its type.
    pub(crate) fn unreadable(source: usize, error: YamlError) -> Self {
        let near = error.found.and_then(|found| did_you_mean(&found, &error.expected));
        let help = near.or(error.help);
        let notes = match error.expected.as_slice() {
            [] => Vec::new(),
            expected => vec![format!("known here: {}", expected.join(", "))],
        };
        let at = Location::Span {
            source,
            span: error.span,
        };
        Self {
            notes,
            help,
            ..Self::at(at, error.message)
        }
    }

    /// What to say beneath the underlined place.
    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Another place that has to do with it.
    pub(crate) fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    /// What the rule is, or why it holds.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// What to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The candidate that was probably meant, where one is near.
    pub(crate) fn suggest<S: AsRef<str>>(mut self, name: &str, candidates: impl IntoIterator<Item = S>) -> Self {
        self.help = did_you_mean(name, candidates).or(self.help);
        self
    }

    /// The file and the bytes in it that the error is about.
    fn span(&self, sources: &[Source]) -> Option<(usize, Range<usize>)> {
        match &self.at {
            Location::Place(place) => Some((place.source, place.span(&sources[place.source].text))),
            Location::Span { source, span } => Some((*source, span.clone())),
            Location::Nowhere => None,
        }
    }

    fn render(&self, sources: &[Source], renderer: &Renderer) -> String {
        let mut group = Group::with_title(Level::ERROR.primary_title(self.message.as_str()));
        if let Some((source, span)) = self.span(sources) {
            let (here, elsewhere): (Vec<_>, Vec<_>) =
                self.related.iter().partition(|(place, _)| place.source == source);
            let label = Some(self.label.as_str()).filter(|label| !label.is_empty());
            let mut shown = snippet(&sources[source], AnnotationKind::Primary.span(span).label(label));
            for (place, label) in here {
                shown = shown.annotation(context(&sources[source], place, label));
            }
            group = group.element(shown);
            for (place, label) in elsewhere {
                let source = &sources[place.source];
                group = group.element(snippet(source, context(source, place, label)));
            }
        }
        for note in &self.notes {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }
}

fn snippet<'a>(source: &'a Source, annotation: Annotation<'a>) -> Snippet<'a, Annotation<'a>> {
    Snippet::source(&source.text).path(&source.path).annotation(annotation)
}

/// A place that has to do with an error.
fn context<'a>(source: &Source, place: &Place, label: &'a str) -> Annotation<'a> {
    AnnotationKind::Context.span(place.span(&source.text)).label(label)
}

/// A help line with the candidate that is nearest to a name, where one is near enough to be a slip.
fn did_you_mean<S: AsRef<str>>(name: &str, candidates: impl IntoIterator<Item = S>) -> Option<String> {
    candidates
        .into_iter()
        .map(|candidate| {
            let candidate = candidate.as_ref().to_owned();
            let distance = strsim::damerau_levenshtein(&name.to_lowercase(), &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().max(name.chars().count()).div_ceil(3))
        .min()
        .map(|(_, candidate)| format!("did you mean `{candidate}`?"))
}

/// The errors of a stage.
#[derive(Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds an error, unless the same was found from elsewhere.
    pub(crate) fn push(&mut self, new: Diagnostic) {
        if !self
            .0
            .iter()
            .any(|known| known.at == new.at && known.message == new.message)
        {
            self.0.push(new);
        }
    }

    /// The value, unless there are errors: the end of a stage.
    pub(crate) fn or_ok<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }

    /// How many errors there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The errors in the order of their places, as a terminal shows them.
    #[must_use]
    pub fn render(&self, sources: &[Source], style: Style) -> String {
        let renderer = match style {
            Style::Plain => Renderer::plain(),
            Style::Coloured => Renderer::styled(),
        };
        let mut errors: Vec<_> = self.0.iter().map(|error| (error.span(sources), error)).collect();
        errors.sort_by_key(|(span, _)| span.as_ref().map(|(source, span)| (*source, span.start)));
        let texts: Vec<_> = errors
            .iter()
            .map(|(_, error)| error.render(sources, &renderer))
            .collect();
        texts.join("\n\n")
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }
}

/// How diagnostics are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without escape codes.
    Plain,
    /// With colours, for a terminal.
    Coloured,
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let messages: Vec<_> = self.0.iter().map(|error| error.message.as_str()).collect();
        formatter.write_str(&messages.join("; "))
    }
}
