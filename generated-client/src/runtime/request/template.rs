//! Path templates, such as `/things/{id}` and `/files/{path*}`.

/// The next parameter of a path template.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TemplateParameter<'a> {
    /// The literal text before the parameter.
    pub(crate) before: &'a str,
    pub(crate) name: &'a str,
    /// `true` for `{name*}`, whose value keeps its slashes.
    pub(crate) spans_segments: bool,
    /// The template after the parameter.
    pub(crate) after: &'a str,
}

/// Splits a path template at its next parameter. Returns `None` if it has no more parameters.
pub(crate) fn next_parameter(template: &str) -> Option<TemplateParameter<'_>> {
    let (before, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    let stem = name.strip_suffix('*');
    Some(TemplateParameter {
        before,
        name: stem.unwrap_or(name),
        spans_segments: stem.is_some(),
        after,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_at_each_parameter() {
        let first = next_parameter("/a/{b}.c/{d*}").expect("a parameter");
        assert_eq!((first.before, first.name, first.spans_segments), ("/a/", "b", false));
        let second = next_parameter(first.after).expect("a parameter");
        assert_eq!((second.before, second.name, second.spans_segments), (".c/", "d", true));
        assert_eq!((second.after, next_parameter(second.after)), ("", None));
    }
}
