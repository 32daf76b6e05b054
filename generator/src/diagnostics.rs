//! Errors with a location, collected by each stage and rendered like those of rustc. Independent of YAML.

use std::collections::HashSet;
use std::fmt;
use std::hash::Hash;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::source::Source;

/// The maximum number of errors that are rendered. A larger number has a common cause, and each takes time.
const MAX_RENDERED: usize = 100;

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
    fn render(&self, sources: &[Source], renderer: &Renderer) -> String {
        let mut group = Group::with_title(Level::ERROR.primary_title(self.message.as_str()));
        if let Some(at) = &self.at {
            let (here, elsewhere): (Vec<_>, Vec<_>) =
                self.related.iter().partition(|(span, _)| span.source == at.source);
            let label = Some(self.label.as_str()).filter(|label| !label.is_empty());
            let annotation = AnnotationKind::Primary.span(at.start..at.end).label(label);
            let mut primary = snippet(&sources[at.source], annotation);
            for (span, label) in here {
                primary = primary.annotation(context(span, label));
            }
            group = group.element(primary);
            for (span, label) in elsewhere {
                group = group.element(snippet(&sources[span.source], context(span, label)));
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

fn context<'a>(span: &Span, label: &'a str) -> Annotation<'a> {
    AnnotationKind::Context.span(span.start..span.end).label(label)
}

/// Returns a help line with the candidate that was probably meant.
fn did_you_mean<S: AsRef<str>>(name: &str, candidates: impl IntoIterator<Item = S>) -> Option<String> {
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
        let mut errors: Vec<_> = self.errors.iter().collect();
        errors.sort_by_key(|error| error.at.as_ref().map(|at| (at.source, at.start)));
        let mut texts: Vec<_> = errors
            .iter()
            .take(MAX_RENDERED)
            .map(|error| error.render(sources, &renderer))
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
