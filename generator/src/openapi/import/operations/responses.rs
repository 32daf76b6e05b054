//! Converts responses.

use super::bodies::{is_json, json, report_others};
use super::left_out::LeftOut;
use crate::openapi::import::document::Document;
use crate::openapi::import::draft::{Expr, Origin, ReturnsDraft};
use crate::openapi::import::types::Types;
use crate::openapi::json::{Json, Object};

/// The successful responses of an operation.
pub struct Responses<'a> {
    /// The status and the content of each response.
    successes: Vec<(u16, Option<&'a Object>)>,
    /// The names of response headers.
    pub headers: Vec<String>,
    /// Examples of the values.
    examples: Vec<(Expr, &'a Json)>,
}

impl Responses<'_> {
    /// Adds the examples of responses to the fields of their types.
    pub fn add_examples(&self, types: &mut Types) {
        for (expr, example) in &self.examples {
            types.add_example(expr, example);
        }
    }

    /// Returns the status of the first response.
    pub fn status(&self) -> Option<u16> {
        self.successes.first().map(|(status, _)| *status)
    }
}

/// Finds the successful responses. Fails if the client cannot read them.
pub fn responses<'a>(types: &mut Types<'a>, operation: &'a Json) -> Result<Responses<'a>, LeftOut> {
    let document = types.document;
    let responses = operation.get("responses").and_then(Json::as_object);
    let all: Vec<_> = responses
        .into_iter()
        .flat_map(Object::iter)
        .map(|(status, response)| (status, document.target(response)))
        .collect();
    let mut successes: Vec<_> = all
        .iter()
        .filter_map(|(status, response)| Some((success(status)?, *response)))
        .collect();
    if successes.is_empty() {
        successes.extend(
            all.iter()
                .filter(|(status, _)| *status == "default")
                .map(|(_, response)| (200, *response)),
        );
    }
    if successes.is_empty() {
        if all.iter().any(|(status, _)| status.starts_with('3')) {
            return Err(LeftOut("it only responds with redirects".to_owned()));
        }
        if all.iter().any(|(status, _)| *status == "101") {
            return Err(LeftOut("it switches to another protocol".to_owned()));
        }
    }
    let headers = successes
        .iter()
        .filter_map(|(_, response)| response.get("headers")?.as_object());
    let headers = headers
        .flat_map(Object::iter)
        .map(|(name, _)| name.to_ascii_lowercase())
        .collect();
    let content = |response: &'a Json| {
        let content = response.get("content").and_then(Json::as_object);
        content.filter(|content| !content.is_empty())
    };
    let successes: Vec<_> = successes
        .into_iter()
        .map(|(status, response)| (status, content(response).filter(|_| !matches!(status, 204 | 205))))
        .collect();
    if let Some(content) = successes
        .iter()
        .filter_map(|(_, content)| *content)
        .find(|content| json(content).is_none())
    {
        let media: Vec<_> = content.iter().map(|(name, _)| name).collect();
        return Err(LeftOut(format!(
            "a response of `{}` is not supported yet",
            media.join("`, `")
        )));
    }
    Ok(Responses {
        successes,
        headers,
        examples: Vec::new(),
    })
}

/// Returns a status of success. A range stands for its first status.
fn success(status: &str) -> Option<u16> {
    match status {
        "2XX" | "2xx" => Some(200),
        _ => status.parse().ok().filter(|status| (200..300).contains(status)),
    }
}

/// Converts the values of the responses.
pub fn returns<'a>(types: &mut Types<'a>, place: &str, responses: &mut Responses<'a>, index: usize) -> ReturnsDraft {
    let mut results: Vec<(u16, Option<Expr>)> = Vec::new();
    for (status, content) in &responses.successes {
        if results.iter().any(|(known, _)| known == status) {
            continue;
        }
        let place = format!("{place}: response {status}");
        let Some((content, (_, schema))) = content.and_then(|content| Some((content, json(content)?))) else {
            results.push((*status, None));
            continue;
        };
        report_others(types, &place, content, "read");
        let any = &Json::Null;
        let value = types.value(
            schema.unwrap_or(any),
            &place,
            Origin::Operation(index, word(*status, results.is_empty())),
        );
        if value.nullable && value.expr != Expr::JSON {
            types.weaker(&place, "null instead of a value is an error");
        }
        responses
            .examples
            .extend(example(types.document, content).map(|example| (value.expr.clone(), example)));
        results.push((*status, Some(value.expr)));
    }
    match results.as_slice() {
        [] | [(_, None)] => ReturnsDraft::Nothing,
        [(_, Some(expr))] => ReturnsDraft::Value {
            expr: expr.clone(),
            key: None,
        },
        _ => ReturnsDraft::ByStatus(results),
    }
}

/// Returns the word that names the type of a response.
fn word(status: u16, is_first: bool) -> String {
    match status {
        _ if is_first => "response".to_owned(),
        201 => "created".to_owned(),
        202 => "accepted".to_owned(),
        _ => format!("response_{status}"),
    }
}

/// Returns the first example of a JSON response.
fn example<'a>(document: &'a Document, content: &'a Object) -> Option<&'a Json> {
    let (_, media) = content.iter().find(|(name, _)| is_json(name))?;
    let named = media
        .get("examples")
        .and_then(Json::as_object)
        .and_then(|examples| examples.iter().next());
    let named = named.and_then(|(_, example)| document.target(example).get("value"));
    media.get("example").or(named)
}

/// Sets the type of results by status, now that all types are known.
pub fn settle(types: &mut Types, place: &str, returns: &mut ReturnsDraft) {
    let ReturnsDraft::ByStatus(results) = returns else {
        return;
    };
    for (_, expr) in results.iter_mut() {
        *expr = expr.as_ref().map(|expr| types.resolved(expr).required().clone());
    }
    let mut distinct: Vec<&Expr> = Vec::new();
    for expr in results.iter().filter_map(|(_, expr)| expr.as_ref()) {
        if !distinct.contains(&expr) {
            distinct.push(expr);
        }
    }
    let has_empty = results.iter().any(|(_, expr)| expr.is_none());
    let are_named = distinct.iter().all(|expr| matches!(expr, Expr::Named(_)));
    let only = match distinct.as_slice() {
        [] => {
            *returns = ReturnsDraft::Nothing;
            return;
        }
        [only] if !has_empty => Some((*only).clone()),
        [_] => None,
        _ if are_named => None,
        _ if has_empty => {
            types.weaker(place, "responses without names of their types are `json`");
            let results = results
                .iter()
                .map(|(status, expr)| (*status, expr.as_ref().map(|_| Expr::JSON)));
            *returns = ReturnsDraft::ByStatus(results.collect());
            return;
        }
        _ => {
            types.weaker(place, "responses without names of their types are `json`");
            Some(Expr::JSON)
        }
    };
    if let Some(expr) = only {
        *returns = ReturnsDraft::Value { expr, key: None };
    }
}
