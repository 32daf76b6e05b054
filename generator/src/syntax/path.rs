//! Path templates, such as `/things/{id}`.

use std::fmt;
use std::str::FromStr;

/// A path with parameters, parsed into segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTemplate {
    segments: Vec<Segment>,
}

/// A path segment. Only this file matches on it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Literal(String),
    /// A parameter with this name.
    Parameter(String),
}

/// A path template without parameter names. Templates of the same shape match the same requests.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PathShape<'a>(Vec<Option<&'a str>>);

impl PathTemplate {
    /// Returns the parameter names in path order.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(Segment::parameter)
    }

    pub fn shape(&self) -> PathShape<'_> {
        PathShape(self.segments.iter().map(Segment::literal).collect())
    }

    /// Returns the path without its last segment.
    pub fn parent(&self) -> Self {
        self.prefix(self.segments.len().saturating_sub(1))
    }

    /// Returns the path up to and including the second-to-last parameter: the object that contains this one.
    pub fn holder(&self) -> Option<Self> {
        let is_parameter = |segment: &Segment| segment.parameter().is_some();
        let last = self.segments.iter().rposition(is_parameter)?;
        let before = self.segments[..last].iter().rposition(is_parameter)?;
        Some(self.prefix(before + 1))
    }

    /// Returns the segments after a prefix. Parameter names may differ.
    pub fn strip_prefix(&self, prefix: &Self) -> Option<Self> {
        let length = prefix.segments.len();
        let starts = self.segments.len() >= length && self.prefix(length).shape() == prefix.shape();
        starts.then(|| Self {
            segments: self.segments[length..].to_vec(),
        })
    }

    /// Returns the path with a parameter appended.
    pub fn with_parameter(&self, name: &str) -> Self {
        let mut segments = self.segments.clone();
        segments.push(Segment::Parameter(name.to_owned()));
        Self { segments }
    }

    /// Returns the name of the first segment if it is a parameter.
    pub fn first_parameter(&self) -> Option<&str> {
        self.segments.first()?.parameter()
    }

    /// Returns `true` if the last segment is a parameter.
    pub fn ends_with_parameter(&self) -> bool {
        self.segments.last().is_some_and(|last| last.parameter().is_some())
    }

    /// Returns `true` if the path is empty.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// Returns the only segment if it is a literal.
    pub fn as_literal(&self) -> Option<&str> {
        match self.segments.as_slice() {
            [segment] => segment.literal(),
            _ => None,
        }
    }

    fn prefix(&self, length: usize) -> Self {
        Self {
            segments: self.segments[..length].to_vec(),
        }
    }
}

impl Segment {
    fn parameter(&self) -> Option<&str> {
        match self {
            Self::Literal(_) => None,
            Self::Parameter(name) => Some(name),
        }
    }

    fn literal(&self) -> Option<&str> {
        match self {
            Self::Literal(text) => Some(text),
            Self::Parameter(_) => None,
        }
    }
}

impl FromStr for PathTemplate {
    type Err = String;

    fn from_str(path: &str) -> Result<Self, String> {
        let segments = path
            .strip_prefix('/')
            .ok_or_else(|| format!("path `{path}` does not start with `/`"))?;
        let segments = segments.split('/').map(str::parse).collect::<Result<_, String>>()?;
        Ok(Self { segments })
    }
}

impl FromStr for Segment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parameter = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let name = parameter.unwrap_or(text);
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '~');
        // HTTP clients resolve `.` and `..` before sending a request.
        let relative = parameter.is_none() && matches!(name, "." | "..");
        if name.is_empty() || relative || !name.chars().all(is_allowed) {
            return Err(format!(
                "invalid path segment `{text}`: use letters, digits and `-._~`, or a parameter such as `{{id}}`"
            ));
        }
        Ok(match parameter {
            Some(name) => Self::Parameter(name.to_owned()),
            None => Self::Literal(name.to_owned()),
        })
    }
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        self.segments
            .iter()
            .try_for_each(|segment| write!(formatter, "/{segment}"))
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Literal(text) => formatter.write_str(text),
            Self::Parameter(name) => write!(formatter, "{{{name}}}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> PathTemplate {
        text.parse().unwrap()
    }

    #[test]
    fn displays_as_written() {
        for text in ["/things", "/things/{id}", "/a-b/{c.d}/e~f/{g}"] {
            assert_eq!(path(text).to_string(), text);
        }
    }

    #[test]
    fn lists_parameters_in_order() {
        assert_eq!(path("/a/{b}/c/{d}").parameters().collect::<Vec<_>>(), ["b", "d"]);
    }

    #[test]
    fn shape_ignores_parameter_names() {
        assert_eq!(path("/a/{b}").shape(), path("/a/{c}").shape());
        assert_ne!(path("/a/{b}").shape(), path("/a/b").shape());
    }

    #[test]
    fn holder_ends_at_the_second_to_last_parameter() {
        let holder = |text| path(text).holder().map(|holder| holder.to_string());
        assert_eq!(holder("/a/{b}/c/{d}").as_deref(), Some("/a/{b}"));
        assert_eq!(holder("/a/{b}/{c}/d").as_deref(), Some("/a/{b}"));
        assert_eq!(holder("/a/{b}"), None);
        assert_eq!(holder("/a"), None);
    }

    #[test]
    fn strips_prefixes_at_segment_boundaries() {
        let rest = |text, prefix| path(text).strip_prefix(&path(prefix)).map(|rest| rest.to_string());
        assert_eq!(rest("/a/{b}/c", "/a/{x}").as_deref(), Some("/c"));
        assert_eq!(rest("/a/{b}", "/a/{x}").as_deref(), Some(""));
        assert_eq!(rest("/ab", "/a"), None);
        assert_eq!(rest("/a", "/a/b"), None);
    }

    #[test]
    fn as_literal_requires_a_single_literal() {
        let rest = path("/a/{b}/c").strip_prefix(&path("/a/{b}")).unwrap();
        assert_eq!(rest.as_literal(), Some("c"));
        assert_eq!(path("/a/b").as_literal(), None);
        assert_eq!(path("/{a}").as_literal(), None);
        assert_eq!(path("/{a}/b").first_parameter(), Some("a"));
        assert_eq!(path("/a").parent().with_parameter("id").to_string(), "/{id}");
    }
}
