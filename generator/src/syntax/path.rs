//! Path templates, such as `/things/{id}`.

use std::fmt;
use std::str::FromStr;

use super::path_segment::{ParameterKind, PathPart, PathSegment, normalize};

/// A path with parameters, parsed into segments. A trailing slash is an empty segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTemplate {
    segments: Vec<PathSegment>,
}

/// A path template without parameter names. Templates of the same shape match the same requests.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PathShape(Vec<Vec<PartShape>>);

/// A part of a segment, without the name of a parameter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum PartShape {
    /// A text in which equivalent percent-escapes are equal.
    Literal(String),
    Parameter(ParameterKind),
}

impl PathTemplate {
    /// Returns the parameter names in path order.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.parts().filter_map(PathPart::parameter)
    }

    /// Returns the name of the parameter whose value keeps its slashes.
    pub fn rest_parameter(&self) -> Option<&str> {
        self.parts().find_map(|part| match part {
            PathPart::Parameter(name, ParameterKind::Rest) => Some(name.as_str()),
            PathPart::Parameter(_, ParameterKind::Segment) | PathPart::Literal(_) => None,
        })
    }

    pub fn shape(&self) -> PathShape {
        PathShape(self.segments.iter().map(|segment| shape(segment.parts())).collect())
    }

    /// Returns the path without a trailing slash and the extension `.json`. Paths of APIs that write one of these follow the same
    /// conventions as others.
    pub fn without_ending(&self) -> Self {
        let mut segments = self.segments.clone();
        if segments.last().is_some_and(|last| last.parts().is_empty()) {
            segments.pop();
        }
        if let Some(last) = segments.pop() {
            segments.push(last.without_extension());
        }
        Self { segments }
    }

    /// Returns the path without its last segment.
    pub fn parent(&self) -> Self {
        let length = self.segments.len().saturating_sub(1);
        Self {
            segments: self.segments[..length].to_vec(),
        }
    }

    /// Returns the path up to and including the second-to-last parameter: the object that contains this one.
    pub fn holder(&self) -> Option<Self> {
        let mut objects = self.up_to_parameters();
        objects.pop()?;
        objects.pop()
    }

    /// Returns the path up to and including each parameter.
    pub fn up_to_parameters(&self) -> Vec<Self> {
        let segments = self.segments.iter().enumerate();
        let ends = segments.flat_map(|(segment, parts)| {
            let parts = parts.parts().iter().enumerate();
            let parameters = parts.filter(|(_, part)| part.parameter().is_some());
            parameters.map(move |(part, _)| (segment, part))
        });
        let prefixes = ends.map(|(segment, part)| {
            let mut segments = self.segments[..segment].to_vec();
            segments.push(PathSegment::from_parts(&self.segments[segment].parts()[..=part]));
            Self { segments }
        });
        prefixes.collect()
    }

    /// Returns the path after a prefix, which may end within a segment, after a parameter or before one. Parameter names may
    /// differ.
    pub fn strip_prefix(&self, prefix: &Self) -> Option<Self> {
        let Some((last, whole)) = prefix.segments.split_last() else {
            return Some(self.clone());
        };
        let end = self.segments.get(whole.len())?;
        let rest = end.parts().get(last.parts().len()..)?;
        let mut before = self.segments.iter().zip(whole);
        let starts = before.all(|(own, other)| shape(own.parts()) == shape(other.parts()))
            && shape(&end.parts()[..last.parts().len()]) == shape(last.parts());
        let within = (!rest.is_empty()).then(|| PathSegment::from_parts(rest));
        let following = self.segments[prefix.segments.len()..].iter().cloned();
        starts.then(|| Self {
            segments: within.into_iter().chain(following).collect(),
        })
    }

    /// Returns the path with a parameter appended.
    pub fn with_parameter(&self, name: &str) -> Self {
        let parameter = PathPart::Parameter(name.to_owned(), ParameterKind::Segment);
        let mut segments = self.segments.clone();
        segments.push(PathSegment::from_parts(&[parameter]));
        Self { segments }
    }

    /// Returns the name of the first segment if it is a parameter.
    pub fn first_parameter(&self) -> Option<&str> {
        self.segments.first()?.as_parameter()
    }

    /// Returns `true` if the last segment is a parameter.
    pub fn ends_with_parameter(&self) -> bool {
        self.segments.last().is_some_and(|last| last.as_parameter().is_some())
    }

    /// Returns `true` if the path is empty.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// Returns the only segment if it is a literal.
    pub fn as_literal(&self) -> Option<&str> {
        match self.segments.as_slice() {
            [segment] => segment.as_literal(),
            _ => None,
        }
    }

    fn parts(&self) -> impl Iterator<Item = &PathPart> {
        self.segments.iter().flat_map(PathSegment::parts)
    }
}

fn shape(parts: &[PathPart]) -> Vec<PartShape> {
    let shapes = parts.iter().map(|part| match part {
        PathPart::Literal(text) => PartShape::Literal(normalize(text)),
        PathPart::Parameter(_, kind) => PartShape::Parameter(*kind),
    });
    shapes.collect()
}

impl FromStr for PathTemplate {
    type Err = String;

    fn from_str(path: &str) -> Result<Self, String> {
        let segments = path.strip_prefix('/').ok_or_else(|| {
            let help = match path.split_once("://") {
                Some(_) => "remove the base URL, which `base_url` in `api.yaml` sets".to_owned(),
                None => format!("write `/{path}`"),
            };
            format!("path `{path}` does not start with `/`\n{help}")
        })?;
        let segments: Vec<PathSegment> = segments.split('/').map(str::parse).collect::<Result<_, String>>()?;
        let others = &segments[..segments.len() - 1];
        if let Some(name) = others.iter().find_map(PathSegment::rest_parameter) {
            return Err(format!(
                "the parameter `{{{name}*}}` is not at the end of the path\nwrite `{{{name}}}`, whose value is one segment"
            ));
        }
        if others.iter().any(|segment| segment.parts().is_empty()) {
            return Err(format!(
                "path `{path}` has an empty segment\nremove the second `/` of `//`"
            ));
        }
        Ok(Self { segments })
    }
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        self.segments
            .iter()
            .try_for_each(|segment| write!(formatter, "/{segment}"))
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
        for text in [
            "/things",
            "/things/{id}",
            "/a-b/{c.d}/e~f/{g}",
            "/",
            "/things/",
            "/things/{id}.json",
            "/compare/{a}...{b}",
            "/!$&'()*+,;=:@%2F/{id}:stop",
            "/files/{path*}",
        ] {
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
        assert_eq!(path("/a/{b}.x/%2f%7e").shape(), path("/a/{c}.x/%2F~").shape());
        for (one, other) in [
            ("/a", "/a/"),
            ("/a/{b}", "/a/{b*}"),
            ("/a/{b}.x", "/a/{b}.y"),
            ("/a:b", "/a%3Ab"),
        ] {
            assert_ne!(path(one).shape(), path(other).shape());
        }
    }

    #[test]
    fn holder_ends_at_the_second_to_last_parameter() {
        let holder = |text| path(text).holder().map(|holder| holder.to_string());
        assert_eq!(holder("/a/{b}/c/{d}").as_deref(), Some("/a/{b}"));
        assert_eq!(holder("/a/{b}/{c}/d").as_deref(), Some("/a/{b}"));
        assert_eq!(holder("/a/{b}.c/{d*}").as_deref(), Some("/a/{b}"));
        assert_eq!(holder("/a/{b}...{c}").as_deref(), Some("/a/{b}"));
        assert_eq!(holder("/a/{b}"), None);
        assert_eq!(holder("/a"), None);
    }

    #[test]
    fn strips_prefixes_at_the_boundaries_of_segments_and_parameters() {
        let rest = |text, prefix| path(text).strip_prefix(&path(prefix)).map(|rest| rest.to_string());
        assert_eq!(rest("/a/{b}/c", "/a/{x}").as_deref(), Some("/c"));
        assert_eq!(rest("/a/{b}", "/a/{x}").as_deref(), Some(""));
        assert_eq!(rest("/a/{b}:c/d", "/a/{x}").as_deref(), Some("/:c/d"));
        assert_eq!(rest("/a/{b}...{c}", "/a/{x}").as_deref(), Some("/...{c}"));
        assert_eq!(rest("/a/", "/a").as_deref(), Some("/"));
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
    #[test]
    fn endings_are_a_trailing_slash_and_the_extension() {
        for (text, expected) in [
            ("/a", "/a"),
            ("/a/", "/a"),
            ("/", ""),
            ("/a.json", "/a"),
            ("/a/{b}.json", "/a/{b}"),
            ("/a.json/{b}/", "/a.json/{b}"),
            ("/a/{b}:c", "/a/{b}:c"),
            ("/a/.json", "/a/.json"),
            ("/a/{b}.xml", "/a/{b}.xml"),
        ] {
            assert_eq!(path(text).without_ending().to_string(), expected, "{text}");
        }
        assert!(path("/a/{b}.json/").without_ending().ends_with_parameter());
        assert!(!path("/a/{b}...{c}").ends_with_parameter());
    }

    #[test]
    fn rejects_paths_with_a_fix() {
        for (text, message) in [
            ("a", "path `a` does not start with `/`\nwrite `/a`"),
            (
                "https://h/a",
                "path `https://h/a` does not start with `/`\nremove the base URL, which `base_url` in `api.yaml` sets",
            ),
            (
                "/a//b",
                "path `/a//b` has an empty segment\nremove the second `/` of `//`",
            ),
            (
                "/a/{b*}/c",
                "the parameter `{b*}` is not at the end of the path\nwrite `{b}`, whose value is one segment",
            ),
            (
                "/a/{b*}/",
                "the parameter `{b*}` is not at the end of the path\nwrite `{b}`, whose value is one segment",
            ),
        ] {
            assert_eq!(text.parse::<PathTemplate>().unwrap_err(), message);
        }
    }
}
