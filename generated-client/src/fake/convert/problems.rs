//! The problems of a request body.

use crate::fake::rejection::Rejection;

/// The maximum number of problems that a response reports.
const MAX_PROBLEMS: usize = 20;

/// The problems of a request body, each with the path of a field.
#[derive(Default)]
pub(crate) struct Problems(Vec<String>);

impl Problems {
    /// Adds a problem of the value at a path. The body itself has an empty path.
    pub(crate) fn add(&mut self, path: &str, what: &str) {
        let problem = if path.is_empty() {
            format!("the body {what}")
        } else {
            format!("`{path}` {what}")
        };
        // If two response fields are set from the same request value, its problem is found twice.
        if self.0.len() < MAX_PROBLEMS && !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }

    /// Rejects the request if there is any problem.
    pub(crate) fn into_result(self) -> Result<(), Rejection> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Rejection::invalid(self.0.join("; ")))
        }
    }
}

/// Returns the path of a field of the object at a path.
pub(crate) fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_each_problem_once_up_to_the_limit() {
        let mut problems = Problems::default();
        for _ in 0..2 {
            problems.add("", "must be an object");
            problems.add(&join("a", "b"), "is required");
        }
        assert_eq!(problems.0, ["the body must be an object", "`a.b` is required"]);
        for index in 0..100 {
            problems.add(&index.to_string(), "is required");
        }
        assert_eq!(problems.0.len(), MAX_PROBLEMS);
        assert!(problems.into_result().is_err());
    }
}
