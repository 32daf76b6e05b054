//! Filling the path of an operation with the values of its parameters.

use super::{TemplateParameter, escape, escape_path, next_parameter};

/// Fills the parameters of a path template with percent-encoded values. Only a parameter such as `{path*}` keeps slashes.
///
/// Rejects an empty value, and values that result in an empty segment, `.` or `..`, because these change the path even if
/// encoded.
pub(super) fn fill_path(template: &'static str, values: &[String]) -> Result<String, String> {
    // Room for typical parameters, because growing the string costs more than writing it.
    let mut path = String::with_capacity(template.len() + 64);
    let mut rest = template;
    for value in values {
        let parameter = next_parameter(rest).ok_or("too many path parameters")?;
        path.push_str(parameter.before);
        rest = parameter.after;
        let start = path.len();
        if parameter.spans_segments {
            escape_path(&mut path, value);
        } else {
            escape(&mut path, value);
        }
        check_segments(&path, &parameter, start)?;
    }
    if let Some(TemplateParameter { name, .. }) = next_parameter(rest) {
        return Err(format!("the path parameter `{name}` is missing"));
    }
    path.push_str(rest);
    Ok(path)
}

/// Checks the segments of the path from a parameter on, whose value begins at `start`.
fn check_segments(path: &str, parameter: &TemplateParameter<'static>, start: usize) -> Result<(), String> {
    let name = parameter.name;
    if parameter.spans_segments {
        let mut segments = path[start..].split('/');
        if segments.any(|segment| matches!(segment, "" | "." | "..")) {
            return Err(format!(
                "no segment of the path parameter `{name}` must be empty, `.` or `..`"
            ));
        }
        return Ok(());
    }
    let segment_start = path.rfind('/').map_or(0, |slash| slash + 1);
    let following = parameter.after.split(['/', '{']).next().unwrap_or_default();
    let segment = &path[segment_start..];
    let is_short = segment.len() + following.len() <= 2;
    let has_only_dots = |text: &str| text.bytes().all(|byte| byte == b'.');
    if path.len() == start || (is_short && has_only_dots(segment) && has_only_dots(following)) {
        return Err(format!("the path parameter `{name}` must not be empty, `.` or `..`"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &'static str, values: &[&str]) -> Result<String, String> {
        let values: Vec<_> = values.iter().map(ToString::to_string).collect();
        fill_path(template, &values)
    }

    fn path(id: &str) -> Result<String, String> {
        filled("/things/{id}/parts/{part}", &[id, "p"])
    }

    #[test]
    fn parameter_is_one_segment() {
        assert_eq!(
            path("a/b ?#%2f..\r\né").as_deref(),
            Ok("/things/a%2Fb%20%3F%23%252f..%0D%0A%C3%A9/parts/p")
        );
        assert_eq!(path("..%2f").as_deref(), Ok("/things/..%252f/parts/p"));
        assert_eq!(path("a-b_c.d~e").as_deref(), Ok("/things/a-b_c.d~e/parts/p"));
    }

    #[test]
    fn rejects_segments_that_change_the_path() {
        for id in ["", ".", ".."] {
            assert_eq!(
                path(id),
                Err("the path parameter `id` must not be empty, `.` or `..`".to_owned())
            );
        }
    }

    #[test]
    fn fills_parameters_within_a_segment() {
        for (template, values, expected) in [
            ("/things/{id}.json", &["a/b.c"][..], "/things/a%2Fb.c.json"),
            ("/things/{id}:stop", &["a:b"], "/things/a%3Ab:stop"),
            ("/compare/{a}...{b}", &["v1", "v2"], "/compare/v1...v2"),
            ("/v1.{minor}/x", &["."], "/v1../x"),
            ("/!$&'()*+,;=:@%2F/{id}/", &["1"], "/!$&'()*+,;=:@%2F/1/"),
            ("/", &[], "/"),
        ] {
            assert_eq!(filled(template, values).as_deref(), Ok(expected), "{template}");
        }
        for (template, values) in [
            ("/things/{id}.json", &[""][..]),
            ("/things/.{id}", &["."]),
            ("/things/{id}./x", &["."]),
            ("/compare/{a}...{b}", &["v1", ""]),
        ] {
            let problem = filled(template, values).expect_err(template);
            assert!(
                problem.ends_with("must not be empty, `.` or `..`"),
                "{template}: {problem}"
            );
        }
    }

    #[test]
    fn parameter_over_segments_keeps_slashes() {
        let path = |value: &str| filled("/repos/{id}/contents/{path*}", &["a/b", value]);
        assert_eq!(
            path("src/a b?.rs").as_deref(),
            Ok("/repos/a%2Fb/contents/src/a%20b%3F.rs")
        );
        assert_eq!(path("a%2Fb/...").as_deref(), Ok("/repos/a%2Fb/contents/a%252Fb/..."));
        for value in ["", "/", "/a", "a/", "a//b", ".", "a/../b", "./a", "a/.."] {
            let problem = path(value).expect_err(value);
            assert!(
                problem.starts_with("no segment of the path parameter `path`"),
                "{value}: {problem}"
            );
        }
    }

    #[test]
    fn rejects_missing_and_surplus_parameters() {
        let template = "/things/{id}/parts/{part}";
        assert_eq!(
            filled(template, &["a"]).err().as_deref(),
            Some("the path parameter `part` is missing")
        );
        assert_eq!(
            filled(template, &["a", "b", "c"]).err().as_deref(),
            Some("too many path parameters")
        );
    }

    #[test]
    fn reports_the_first_problem() {
        let problem = filled("/things/{id}/parts/{part}", &["..", ""]);
        assert!(problem.is_err_and(|text| text.contains("`id`")));
    }
}
